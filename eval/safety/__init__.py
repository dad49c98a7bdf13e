"""Attacks on the assistant, harmless look-alikes, an engine that obeys everybody, and who judges what came of them."""
