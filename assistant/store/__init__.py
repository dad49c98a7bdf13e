"""SQL tables and migrations for everything that is not the catalogue: customers, orders, carts, conversations, feedback."""
