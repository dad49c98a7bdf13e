"""Recommendation: from what people did to what suits them next, and why. Knows no language model and no page."""
