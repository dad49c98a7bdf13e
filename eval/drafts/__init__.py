"""Tickets of the demo store, and what is true of the records that drafts of their answers cite."""
