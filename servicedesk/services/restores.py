"""Putting a backup back. Everything is unpacked and checked beside the data before anything is replaced."""

import hashlib
import json
import os
import shutil
import tarfile
import tempfile
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from servicedesk.errors import (
    BackupDamaged,
    BackupFromNewerProgram,
    BackupKeysDiffer,
    BackupOfOtherDatabase,
    BackupUnreadable,
    PlaceNotEmpty,
)
from servicedesk.services import database_copies
from servicedesk.services.backups import FOLDERS, FORMAT, KEYS, MANIFEST, fingerprints


def restore_backup(source: Path, *, force: bool = False) -> dict:
    """Put database, photos, papers and keys of a backup in place and return its manifest.

    With `force`, what was there stays beside it under names that end in `.replaced` (a PostgreSQL database
    is replaced in one transaction). The desk must not be running. Nothing is changed when it is refused.

    Raises:
        PlaceNotEmpty: there is data, and no `force`.
        BackupUnreadable, BackupDamaged: not a backup of ours; a checksum does not agree.
        BackupOfOtherDatabase, BackupFromNewerProgram, BackupKeysDiffer: it does not fit this place.
    """
    if not force:
        _refuse_unless_empty()
    root = Path(settings.DESK_DATA)
    root.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=root, prefix=".restore-") as folder:
        unpacked = Path(folder)
        manifest = _unpack(source, unpacked)
        _refuse_unless_fitting(manifest)
        _refuse_damage(manifest, unpacked)
        database_copies.read_copy(unpacked / database_copies.copy_name())
        for name in FOLDERS:
            _replace_folder(unpacked / name, root / name)
    return manifest


def _refuse_unless_empty() -> None:
    people = get_user_model()
    # Keys alone are no data: the program makes them whenever it starts.
    for name in set(FOLDERS) - {"keys"}:
        if any(path.is_file() for path in (Path(settings.DESK_DATA) / name).rglob("*")):
            raise PlaceNotEmpty(what=f"{name}/")
    tables = connection.introspection.table_names()
    if people._meta.db_table in tables and people._default_manager.exists():
        raise PlaceNotEmpty(what="数据库")


def _unpack(source: Path, target: Path) -> dict:
    try:
        with tarfile.open(source, "r:") as archive:
            for entry in archive:
                _unpack_file(archive, entry, target, source)
        manifest = json.loads((target / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, tarfile.TarError, ValueError) as error:
        raise BackupUnreadable(path=source) from error
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise BackupUnreadable(path=source)
    return manifest


def _unpack_file(archive: tarfile.TarFile, entry: tarfile.TarInfo, target: Path, source: Path) -> None:
    """Write one file below `target`. By hand: the safe filter of tarfile is missing in Debian 12's Python."""
    content = archive.extractfile(entry) if entry.isfile() else None
    if content is None or not _is_ours(PurePosixPath(entry.name)):
        raise BackupUnreadable(path=source)
    path = target / entry.name
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "wb") as file:
        shutil.copyfileobj(content, file)
        file.flush()
        os.fsync(file.fileno())


def _is_ours(name: PurePosixPath) -> bool:
    if len(name.parts) == 1:
        return name.name in {MANIFEST, *database_copies.NAMES.values()}
    return name.parts[0] in FOLDERS and ".." not in name.parts


def _refuse_unless_fitting(manifest: dict) -> None:
    if manifest["engine"] != database_copies.engine():
        raise BackupOfOtherDatabase(theirs=manifest["engine"], ours=database_copies.engine())
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    unknown = sorted(set(manifest["migrations"]) - known)
    if unknown:
        raise BackupFromNewerProgram(migration=unknown[0])
    ours = fingerprints()
    # Keys in files come with the backup; those that the environment holds must be the same.
    # A backup of an older program may not know a key yet.
    theirs = {**ours, **manifest["keys"]}
    differing = [name for name in KEYS if os.environ.get(name) and ours[name] != theirs[name]]
    if differing:
        raise BackupKeysDiffer(names="、".join(differing))


def _refuse_damage(manifest: dict, unpacked: Path) -> None:
    files = {str(path.relative_to(unpacked)) for path in unpacked.rglob("*") if path.is_file()}
    strange = (files - {MANIFEST}) ^ set(manifest["files"])
    if strange:
        raise BackupDamaged(name=min(strange))
    for name, checksum in manifest["files"].items():
        with open(unpacked / name, "rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != checksum:
                raise BackupDamaged(name=name)


def _replace_folder(fresh: Path, place: Path) -> None:
    """Put a folder in place; a former one that holds files stays beside it as `<name>.replaced`."""
    fresh.mkdir(exist_ok=True, mode=0o700)
    former = place.with_name(f"{place.name}.replaced")
    shutil.rmtree(former, ignore_errors=True)
    if place.exists():
        place.rename(former)
    fresh.rename(place)
