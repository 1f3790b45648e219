"""`manage.py purge_personal`: forget old people from a timer. It stands in somebody's name, as on the screen."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from servicedesk.errors import NothingToPurge, Refusal
from servicedesk.models import User
from servicedesk.services.purging import preview_purge, purge


class Command(BaseCommand):
    help = "清除到期的个人信息。--dry-run 只列出,不改动;清除时写明以谁的名义。重复运行无害。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="只列出到期的条数和编号")
        parser.add_argument("--by", default="", help="经办人工号,须有清除的权限")
        parser.add_argument("--reason", default="定期清除", help="清除原因")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["dry_run"]:
            self._list()
            return
        by = User.objects.filter(staff_no=options["by"], is_active=True).first()
        if by is None:
            raise CommandError("请用 --by 写明经办人的工号。")
        try:
            while True:
                done = purge(by=by, reason=options["reason"])
                self.stdout.write(done.sentence)
                if not done.waiting:
                    return
        except NothingToPurge as nothing:
            self.stdout.write(nothing.sentence)
        except Refusal as refusal:
            raise CommandError(refusal.sentence) from None

    def _list(self) -> None:
        for found in preview_purge():
            self.stdout.write(f"{found.data.label}:{found.count} 条({found.data.rule()})")
            for row in found.rows:
                self.stdout.write(f"  {row}")
            if found.kept_back:
                self.stdout.write(f"  留下(冻结、公安、争议):{' '.join(str(row) for row in found.kept_back)}")
