"""`manage.py verify`: are closed days still what was sealed? Says each day that is not, and ends with 1."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from dutylog.models import DaySeal
from dutylog.services.verifying import verify_all


class Command(BaseCommand):
    help = "逐条核对锁定记录和已闭班的值班日;有不符的逐项列出,并以 1 结束。"

    def handle(self, *args: Any, **options: Any) -> None:
        findings = verify_all()
        for finding in findings:
            self.stdout.write(str(finding))
        if findings:
            days = len({finding.number for finding in findings})
            raise CommandError(f"发现 {len(findings)} 处不符,涉及 {days} 处值班日或服务点。", returncode=1)
        self.stdout.write(f"全部相符:{DaySeal.objects.count()} 条锁定记录。")
