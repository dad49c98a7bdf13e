"""Faults that a shopping assistant may have, planted one by one, to see whether the evaluations catch them.

`fault` says what a fault is, `on_the_shelf`, `in_the_talk`, `about_people` and `in_the_engine` plant them, `stage`
runs the task that each concerns without and with it.
"""
