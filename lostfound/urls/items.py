"""Addresses of items."""

urlpatterns: list = []
