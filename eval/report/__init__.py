"""The report: one HTML file of the newest run of each task, readable without a network and without JavaScript.

Reads kept runs and what was found out about them; knows no task. `gathering` collects, `plots` draws, `writing` writes.
"""
