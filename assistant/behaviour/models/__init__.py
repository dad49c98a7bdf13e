"""What a shop learns of how people behave: who will buy, who will come back, what for and how much.

Knows tables of numbers; not pages, not language models, and no person by name.
"""
