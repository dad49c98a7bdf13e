"""The pages of those who work in the shop: customers with what is expected of them, and what the shop has learned.

Shoppers never see them; `access` decides who does.
"""
