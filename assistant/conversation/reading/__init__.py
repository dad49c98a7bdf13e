"""What a message says, read without a language model: language, prices, the catalogue's words, references, intent."""
