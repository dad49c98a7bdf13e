"""The retail world that service is judged in: its shop, right actions, forbidden attempts, adversarial dialogues.

State and consent are judged by code of this package's own.
"""
