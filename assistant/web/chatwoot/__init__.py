"""Drafts for agents who work in Chatwoot: its webhook in, a private note with the draft back over its HTTP API."""
