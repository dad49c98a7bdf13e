"""The order of what was found: what is known of each candidate, the models that score it, and how sure the best is."""
