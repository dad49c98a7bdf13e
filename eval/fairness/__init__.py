"""Whom and what the shop's lists favour: exposure of products against their share, and quality by group of shoppers."""
