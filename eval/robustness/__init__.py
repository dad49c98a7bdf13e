"""The same wish asked clean and worn, and things that are no wish at all: is it understood, does it stand?

`wishes` draws wishes from the catalogue, `wearing` wears them out, `junk` holds what says nothing. Knows nothing of how
turns are made.
"""
