"""Orders, carts and policies: what the shop does for its customers, and its rules."""
