"""Addresses of lost and found."""

app_name = "lostfound"
urlpatterns: list = []
