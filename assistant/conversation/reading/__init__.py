"""What a message says, read without a language model: language, numbers, prices, the catalogue's words, references, intent."""
