"""Language models behind one small contract. Knows nothing of shops."""
