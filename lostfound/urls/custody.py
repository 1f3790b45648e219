"""Addresses of custody."""

urlpatterns: list = []
