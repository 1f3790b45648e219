"""App configuration of the ground floor."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ServiceDeskConfig(AppConfig):
    name = "servicedesk"
    verbose_name = "游客服务台"

    def ready(self) -> None:
        # Declarations announce themselves when their module is read.
        autodiscover_modules(
            "checks", "preferences", "topics", "papers", "registers", "gates", "handoffs", "today", "jobs", "personal"
        )
