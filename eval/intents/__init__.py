"""Messages to customer service with the intents that are right, and what wears them. Knows no understanding."""
