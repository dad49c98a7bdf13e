"""One file a task: its examples, how each is played, what is scored and which figures come of it."""
