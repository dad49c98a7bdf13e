"""Handing a conversation to a person: the queue, its order, and when somebody is there. Knows no page and no model."""
