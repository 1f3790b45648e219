"""Where archives lie: sealed under `DESK_DATA/archives`, apart from what is still being made."""

import fcntl
import hashlib
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from reports.choices import WITH_PEOPLE, FileKind
from reports.errors.archives import BeingArchived, FileDamaged, FileGone
from reports.models import MonthArchive, MonthArchiveFile
from servicedesk.periods import Period
from servicedesk.services.sealedfiles import PIECE, UNFINISHED, SealBroken, read_sealed, sync_folder, write_sealed


@dataclass(frozen=True)
class Made:
    """A file that was made, not yet stored."""

    kind: FileKind
    name: str
    path: Path
    size: int
    sha256: str


def folder() -> Path:
    return Path(settings.DESK_DATA) / "archives"


@contextmanager
def alone(month: Period) -> Iterator[None]:
    """Of two who make a month at once one does; a process that is killed lets go.

    Raises:
        BeingArchived: somebody is at it.
    """
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder() / f"{month.key}.lock{UNFINISHED}").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise BeingArchived(month=month) from None
        yield


def fresh_workplace(month: Period) -> Path:
    """An empty folder for the files of a month while they are made; what a killed run left there is gone."""
    place = folder() / f"{month.key}{UNFINISHED}"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(mode=0o700, parents=True)
    return place


def sweep(month: Period) -> None:
    """What was made and never became an archive goes: the workplace, and stored files that no row knows."""
    shutil.rmtree(folder() / f"{month.key}{UNFINISHED}", ignore_errors=True)
    known = set(MonthArchiveFile.objects.filter(archive__month=month.first).values_list("stored", flat=True))
    for path in folder().glob(f"{month.key}-*"):
        if path.name not in known:
            path.unlink(missing_ok=True)


def made(kind: FileKind, path: Path) -> Made:
    """A file with its size and checksum."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            found.update(piece)
    return Made(kind, path.name, path, path.stat().st_size, found.hexdigest())


def store(month: Period, file: Made) -> str:
    """Seal a made file away; returns the name that it lies under."""
    name = f"{month.key}-{secrets.token_hex(12)}"
    with file.path.open("rb") as source:
        write_sealed(source, folder() / name)
    return name


def is_there(file: MonthArchiveFile) -> bool:
    return (folder() / file.stored).exists()


def read(file: MonthArchiveFile) -> Iterator[bytes]:
    """The content of a stored file, piece by piece.

    Raises:
        FileGone: it was thrown away.
        FileDamaged: at its end the content is not what the manifest says.
    """
    found = hashlib.sha256()
    try:
        for piece in read_sealed(folder() / file.stored):
            found.update(piece)
            yield piece
    except SealBroken:
        raise FileGone from None
    if found.hexdigest() != file.sha256:
        raise FileDamaged(name=file.name)


def check(file: MonthArchiveFile) -> None:
    """Read all of it once. Raises FileGone, FileDamaged."""
    for _ in read(file):
        pass


def write_out(archive: MonthArchive, target: Path) -> list[Path]:
    """Write the files of an archive, unsealed, into a folder, each whole or not at all; returns their paths.

    They are for their owner alone: names and numbers of visitors stand in them. Raises FileGone, FileDamaged.
    """
    target.mkdir(parents=True, exist_ok=True)
    return [_write_out(file, target / file.name) for file in archive.files.all()]


def _write_out(file: MonthArchiveFile, path: Path) -> Path:
    draft = path.with_name(path.name + UNFINISHED)
    draft.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            out.writelines(read(file))
            out.flush()
            os.fsync(out.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    sync_folder(path.parent)
    return path


def forget_people(months: set[Period]) -> None:
    """Throw away what bears names of visitors of these months; the manifests stay."""
    firsts = [month.first for month in months]
    for file in MonthArchiveFile.objects.filter(archive__month__in=firsts, kind__in=WITH_PEOPLE):
        (folder() / file.stored).unlink(missing_ok=True)
