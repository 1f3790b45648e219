"""Addresses of the duty day, one module per noun."""

app_name = "dutylog"
urlpatterns: list = []
