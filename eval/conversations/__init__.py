"""Golden conversations: what shoppers say to the demo store and what must hold after each turn, written by hand.

The data lies in `data/`, a YAML file an area; `golden` reads it, `stale` holds it against the shop before anything is
played, `stage` plays it, `judging` says what held. Judges with no code that the assistant decides by.
"""
