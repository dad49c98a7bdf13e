"""Regulars: a shopping assistant that a shop runs itself."""
