"""Large files that hold what the records hold, kept sealed beside the database, a piece at a time.

A line of the file is a sealed piece of a megabyte: neither writing nor reading takes memory for the whole.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

PIECE = 1024 * 1024
UNFINISHED = ".part"


class SealBroken(Exception):
    """The file is not there, was sealed with another key, or is not whole."""


def _lock() -> Fernet:
    return Fernet(settings.DESK_FIELD_KEY.encode())


def write_sealed(source: BinaryIO, target: Path) -> None:
    """Seal all of `source` into `target`, which appears whole or not at all, readable by its owner alone."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft, lock = target.with_name(target.name + UNFINISHED), _lock()
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        while piece := source.read(PIECE):
            file.write(lock.encrypt(piece) + b"\n")
        file.flush()
        os.fsync(file.fileno())
    draft.replace(target)
    sync_folder(target.parent)


def read_sealed(path: Path) -> Iterator[bytes]:
    """The pieces in their order. Raises SealBroken."""
    lock = _lock()
    try:
        with path.open("rb") as file:
            for line in file:
                yield lock.decrypt(line.rstrip(b"\n"))
    except (OSError, InvalidToken) as error:
        raise SealBroken(path.name) from error


def sync_folder(folder: Path) -> None:
    """A new name outlives a power cut only when its folder was written too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
