"""What a reply costs: calls of the language model, tokens, seconds, and energy where the machine tells it."""
