"""How good lists of found products are. Knows ids and gains, no search."""
