"""`manage.py month_archive 2026-10 --out DIR`: archive a month, and write its files into a folder."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from reports.errors.archives import NoSuchMonth
from reports.models import MonthArchive
from reports.services import store
from reports.services.archiving import archive_month, next_order
from servicedesk.errors import Refusal
from servicedesk.periods import read_month


class Command(BaseCommand):
    help = "归档一个月:工作簿、装订册和清单;已归档的月份不写原因就只取出最新一版。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("month", help="月份,如 2026-10")
        parser.add_argument("--out", help="把文件写到这个文件夹")
        parser.add_argument("--reason", default="", help="已归档的月份再做一版的原因")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            archive = self._archive(options["month"], options["reason"])
            self.stdout.write(f"{archive},缺漏 {archive.gap_count} 项,装订册 {archive.facts['pages']} 页。")
            for path in store.write_out(archive, Path(options["out"])) if options["out"] else ():
                self.stdout.write(str(path))
        except Refusal as refusal:
            raise CommandError(refusal.sentence) from refusal

    def _archive(self, code: str, reason: str) -> MonthArchive:
        try:
            month = read_month(code)
        except ValueError:
            raise NoSuchMonth from None
        last = MonthArchive.objects.filter(month=month.first).order_by("-version").first()
        if last is not None and not reason.strip():
            return last
        return archive_month(next_order(month, by=None, reason=reason), self._said)

    def _said(self, done: int, total: int) -> None:
        if done % 200 == 0:
            self.stdout.write(f"{done} / {total}")
