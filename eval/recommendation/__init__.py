"""Histories held out person by person, and recommenders fitted to what is left of them."""
