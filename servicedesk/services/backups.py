"""A backup: database, photos, papers and keys in one .tar, each file with its checksum.

How far the chain of seals reached is read first: the copy of the database may know more of it, never less.
Then the database is copied. A photo lies on the disk before its row is committed and is never rewritten,
so every photo that the copy knows is in the folders when they are read afterwards.
"""

import hashlib
import hmac
import json
import os
import tarfile
import tempfile
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from servicedesk.errors import BackupExists
from servicedesk.services import database_copies

FORMAT = 1
MANIFEST = "manifest.json"
FIRST_FOLDERS = ("seals",)
FOLDERS = (*FIRST_FOLDERS, "photos", "papers", "archives", "keys")
# Without the first two phones and ID numbers stay unread, with another third no sealed day fits.
KEYS = ("DESK_FIELD_KEY", "DESK_DIGEST_KEY", "DESK_SEAL_KEY")
UNFINISHED = ".part"


def make_backup(target: Path) -> dict:
    """Write a backup to `target` and return its manifest.

    The file appears under its name only when it is whole, and only its owner can read it: it holds personal
    data and the keys that open them.

    Raises:
        BackupExists: a file of that name is there.
        DatabaseToolFailed: PostgreSQL's own program did not succeed.
    """
    target = target.absolute()
    if target.exists():
        raise BackupExists(path=target)
    draft = target.with_name(f".{target.name}.{os.getpid()}{UNFINISHED}")
    try:
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            manifest = _write_archive(file, target.parent)
            file.flush()
            os.fsync(file.fileno())
        # A hard link refuses to replace a file that came meanwhile; a rename would not.
        _give_name(draft, target)
    finally:
        draft.unlink(missing_ok=True)
    return manifest


def fingerprints() -> dict[str, str]:
    """Tell keys apart without telling them."""
    return {name: hmac.digest(getattr(settings, name).encode(), b"backup", "sha256").hex() for name in KEYS}


def data_files(folders: Iterable[str] = FOLDERS) -> Iterator[tuple[str, Path]]:
    """The files beside the database, by their names inside a backup."""
    root = Path(settings.DESK_DATA)
    for folder in folders:
        for path in sorted((root / folder).rglob("*")):
            if path.is_file() and path.suffix != UNFINISHED:
                yield str(path.relative_to(root)), path


def _write_archive(file, workplace: Path) -> dict:
    manifest: dict = {
        "format": FORMAT,
        "made_at": timezone.now().isoformat(timespec="seconds"),
        "engine": database_copies.engine(),
        "migrations": sorted(f"{app}.{name}" for app, name in _applied_migrations()),
        "keys": fingerprints(),
        "files": {},
    }
    with tarfile.open(fileobj=file, mode="w") as archive:
        for name, path in data_files(FIRST_FOLDERS):
            manifest["files"][name] = _add(archive, name, path)
        with tempfile.TemporaryDirectory(dir=workplace, prefix=".backup-") as folder:
            copy = Path(folder) / database_copies.copy_name()
            database_copies.write_copy(copy)
            manifest["files"][copy.name] = _add(archive, copy.name, copy)
        for name, path in data_files(FOLDERS[len(FIRST_FOLDERS):]):
            manifest["files"][name] = _add(archive, name, path)
        _add_text(archive, MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
    return manifest


def _applied_migrations():
    return MigrationRecorder(connection).applied_migrations()


def _add(archive: tarfile.TarFile, name: str, path: Path) -> str:
    """Add one file and return the checksum of exactly the bytes that went in."""
    with open(path, "rb") as file:
        entry = archive.gettarinfo(arcname=name, fileobj=file)
        entry.mode, entry.uid, entry.gid, entry.uname, entry.gname = 0o600, 0, 0, "", ""
        listener = _Listener(file)
        archive.addfile(entry, listener)
    return listener.checksum.hexdigest()


def _add_text(archive: tarfile.TarFile, name: str, text: str) -> None:
    content = text.encode()
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(content), 0o600
    archive.addfile(entry, BytesIO(content))


def _give_name(draft: Path, target: Path) -> None:
    try:
        os.link(draft, target)
    except FileExistsError as error:
        raise BackupExists(path=target) from error
    except OSError:  # a stick or a share without hard links
        draft.rename(target)


class _Listener:
    """A file whose bytes are summed up while they are read."""

    def __init__(self, file) -> None:
        self.file = file
        self.checksum = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        content = self.file.read(size)
        self.checksum.update(content)
        return content
