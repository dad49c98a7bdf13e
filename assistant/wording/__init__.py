"""Evidence in, verified sentences out. Does not know where the evidence came from."""
