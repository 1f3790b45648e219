"""App configuration of lost and found."""

from django.apps import AppConfig


class LostFoundConfig(AppConfig):
    name = "lostfound"
    verbose_name = "失物招领"
