"""Accounts, sign-in and roles: who asks, and what they may see."""
