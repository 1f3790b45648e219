"""Addresses of deeds."""

urlpatterns: list = []
