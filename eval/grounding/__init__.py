"""What reaches a shopper held against the records: the evaluation's own reading of what is true and what is claimed."""
