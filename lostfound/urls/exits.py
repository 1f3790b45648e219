"""Addresses of exits."""

urlpatterns: list = []
