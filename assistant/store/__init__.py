"""SQL tables and migrations for all that is not the catalogue: customers, orders, carts, conversations, feedback."""
