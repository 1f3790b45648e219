"""What the house adds to Django's database backends."""
