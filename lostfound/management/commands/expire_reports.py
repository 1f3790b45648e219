"""`manage.py expire_reports`: end the lost reports whose term is over. A daily job; idempotent."""

from django.core.management.base import BaseCommand

from lostfound.services.reports import expire_lost_reports


class Command(BaseCommand):
    help = "失物登记期满的,结案为“期满”。可每天运行,重复运行无害。"

    def handle(self, *args, **options):
        self.stdout.write(f"期满结案 {expire_lost_reports()} 份。")
