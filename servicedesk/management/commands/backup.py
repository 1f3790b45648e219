"""manage.py backup FILE"""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from servicedesk.errors import BackupRefused
from servicedesk.services.backups import make_backup


class Command(BaseCommand):
    help = "Write database, photos, papers and keys into one .tar, with checksums, while the desk is at work."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)

    def handle(self, *args, file: Path, **options):
        try:
            manifest = make_backup(file)
        except BackupRefused as refusal:
            raise CommandError(refusal.sentence) from refusal
        except OSError as error:
            raise CommandError(f"写不进 {file}:{error.strerror}") from error
        megabytes = file.stat().st_size / 1_000_000
        self.stdout.write(f"已备份 {len(manifest['files'])} 个文件,{megabytes:.1f} MB:{file}")
        self.stdout.write("内含个人信息和密钥,请妥善保管。")
