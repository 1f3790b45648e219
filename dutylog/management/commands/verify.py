"""`manage.py verify`: are closed days, and archives made of them, still what was sealed? Ends with 1 if not.

`manage.py verify DIR` checks a month archive that was taken out into a folder, against the database.
"""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from dutylog.models import DaySeal
from dutylog.services.verifying import verify_all
from servicedesk.errors import Refusal
from servicedesk.verifiers import Checked, verifiers


class Command(BaseCommand):
    help = "逐条核对锁定记录、已闭班的值班日和月度归档;有不符的逐项列出,并以 1 结束。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", nargs="?", help="核对拷出来的月度归档:它所在的文件夹")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["folder"]:
            self._folder(Path(options["folder"]))
            return
        findings = verify_all()
        for finding in findings:
            self.stdout.write(str(finding))
        faults = self._say([verifier.run() for verifier in verifiers()])
        if findings or faults:
            days = len({finding.number for finding in findings})
            where = f",涉及 {days} 处值班日或服务点" if days else ""
            raise CommandError(f"发现 {len(findings) + faults} 处不符{where}。", returncode=1)
        self.stdout.write(f"全部相符:{DaySeal.objects.count()} 条锁定记录。")

    def _folder(self, folder: Path) -> None:
        try:
            faults = self._say([verifier.run_folder(folder) for verifier in verifiers()])
        except Refusal as refusal:
            raise CommandError(refusal.sentence, returncode=1) from refusal
        if faults:
            raise CommandError(f"发现 {faults} 处不符。", returncode=1)

    def _say(self, checked: list[Checked]) -> int:
        """Write everything that was found; how many of it are faults."""
        for each in checked:
            for sentence in (*each.notes, *each.faults, *filter(None, [each.said])):
                self.stdout.write(sentence)
        return sum(len(each.faults) for each in checked)
