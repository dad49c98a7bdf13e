"""The evaluators' pages of the desk: kept runs, two of them side by side, any example, and labels given by hand.

Reads the files that `python -m eval` keeps and computes no figure; writes nothing but labels.
"""
