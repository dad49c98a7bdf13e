"""What the tasks that judge probabilities are made of: their data, their fits, their figures."""
