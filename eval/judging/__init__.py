"""Judging of replies: by checks that need no model first, then by a model whose agreement with people is measured.

`checks` are the deterministic ones, `judge` asks a model, `labels` are what people say, `agreement` is how far the two
agree, `cases` are the replies that a judge is tried on, `guards` tell when it is worth nothing. Knows no task.
"""
