"""Results of long work under `DESK_DATA/results`, sealed: they hold what a list or an archive holds.

They are not in the backup: what they were made from is, and they are thrown away after some days.
"""

import os
import secrets
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

from servicedesk.errors import ResultGone


def _path(name: str) -> Path:
    folder = Path(settings.DESK_DATA) / "results"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder / name


def keep_result(content: bytes) -> str:
    """Write a result and return the name it is found by. It appears whole or not at all."""
    name = secrets.token_hex(16)
    token = Fernet(settings.DESK_FIELD_KEY.encode()).encrypt(content)
    draft = _path(f"{name}.part")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(token)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(_path(name))
    return name


def read_result(name: str) -> bytes:
    """Raises ResultGone when it was thrown away, or was sealed with another key."""
    try:
        return Fernet(settings.DESK_FIELD_KEY.encode()).decrypt(_path(name).read_bytes())
    except (OSError, InvalidToken):
        raise ResultGone from None


def forget_result(name: str) -> None:
    if name:
        _path(name).unlink(missing_ok=True)
