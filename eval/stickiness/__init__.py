"""Stickiness held against a second computation of every figure, written apart."""
