"""How the books are narrowed, one module per noun."""
