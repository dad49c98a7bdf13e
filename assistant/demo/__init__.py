"""The demo store: a written vocabulary and a seeded generator that grows it into a shop."""
