"""What a message is for, in its conversation: one order of cases (`deciding`), each told in a module of its own."""
