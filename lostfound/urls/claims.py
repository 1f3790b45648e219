"""Addresses of claims."""

urlpatterns: list = []
