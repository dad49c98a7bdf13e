"""What every evaluation has in common: examples, outputs, scores, metrics, and runs that are kept and compared.

Knows no task. `task` says what a task is, `scores` and `reducers` how outputs become figures, `running` plays and
resumes, `book` keeps runs, `comparing` tells what got worse, `guard` finds engines that only seem to work.
"""
