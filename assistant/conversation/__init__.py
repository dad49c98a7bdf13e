"""One turn of a conversation: understand, gather evidence, have it worded, remember. Knows nothing of web pages."""
