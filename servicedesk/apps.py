"""App configuration of the ground floor."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules

from servicedesk.tablemarks import set_marks


class ServiceDeskConfig(AppConfig):
    name = "servicedesk"
    verbose_name = "游客服务台"

    def ready(self) -> None:
        # Declarations announce themselves when their module is read.
        autodiscover_modules(
            "checks", "kept", "preferences", "topics", "papers", "registers", "gates", "handoffs", "intakes", "today",
            "jobs", "personal", "sealed", "visitors", "figures", "monthgaps", "verifiers",
            "oldbooks", "loans",
        )
        post_migrate.connect(set_marks, sender=self)
