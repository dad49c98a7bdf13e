"""The catalogue: a product feed in, search out.

This room knows products, variants, feeds, vectors and words. It knows nothing of people or of language models.
"""
