"""Filters of the books, one module per noun."""
