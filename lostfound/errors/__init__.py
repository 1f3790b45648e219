"""Refusals of lost and found, one module per noun."""
