"""App configuration of the duty day."""

from django.apps import AppConfig


class DutyLogConfig(AppConfig):
    name = "dutylog"
    verbose_name = "值班"
