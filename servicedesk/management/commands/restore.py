"""manage.py restore FILE [--force]"""

from pathlib import Path

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from servicedesk.errors import BackupRefused
from servicedesk.services.restores import restore_backup


class Command(BaseCommand):
    help = "Put a backup in place and bring its database up to date. Stop the desk first."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--force", action="store_true", help="replace what is there (it stays as *.replaced)")

    def handle(self, *args, file: Path, force: bool, **options):
        try:
            manifest = restore_backup(file, force=force)
        except BackupRefused as refusal:
            raise CommandError(refusal.sentence) from refusal
        call_command("migrate", interactive=False, verbosity=0)
        self.stdout.write(f"已恢复 {manifest['made_at']} 的备份,共 {len(manifest['files'])} 个文件。")
