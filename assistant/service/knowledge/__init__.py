"""What the shop knows to say: texts taken in from files, questions that nothing answered, and articles proposed.

Nothing that nobody approved is ever current, and only what is current answers shoppers.
"""
