"""Simulated shoppers who play whole visits, and the judging of what became of their goals.

`goals` draws what somebody wants from the catalogue's own records, `shopper` decides what they do next by reading what
was shown, `phrases` words it, `checking` holds every turn against the records. Knows nothing of how turns are made:
what is true is read by this room's own loops over products, never by the assistant's filters.
"""
