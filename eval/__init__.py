"""Evaluations, one file a task. Reads what the app writes; nothing imports it."""
