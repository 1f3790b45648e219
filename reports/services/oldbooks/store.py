"""Where an uploaded ledger lies until it is written or given up: sealed, with what was found in it."""

import io
import json
import secrets
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings

from reports.errors.oldbooks import UploadGone
from servicedesk.services.sealedfiles import SealBroken, read_sealed, write_sealed

FILE, PREVIEW, ERRORS = "file", "preview", "errors"
# A file lies there before its batch is saved.
STRAY_SECONDS = 24 * 3600


def folder() -> Path:
    return Path(settings.DESK_DATA) / "oldbooks"


def new_name() -> str:
    return secrets.token_hex(16)


def keep(name: str, kind: str, content: bytes) -> None:
    write_sealed(io.BytesIO(content), folder() / f"{name}.{kind}")


def fetch(name: str, kind: str) -> bytes:
    """Raises UploadGone."""
    try:
        return b"".join(read_sealed(folder() / f"{name}.{kind}"))
    except SealBroken:
        raise UploadGone from None


def fetch_preview(name: str) -> dict[str, Any] | None:
    """What the check found; None before it, and after the file is gone."""
    try:
        return json.loads(fetch(name, PREVIEW)) if name else None
    except UploadGone:
        return None


def forget(name: str) -> None:
    for kind in (FILE, PREVIEW, ERRORS) if name else ():
        (folder() / f"{name}.{kind}").unlink(missing_ok=True)


def sweep(known: set[str]) -> None:
    """Files of no batch go: whoever was to throw them away was killed, or wrote them after they were given up."""
    for path in folder().glob("*"):
        with suppress(FileNotFoundError):
            if path.name.partition(".")[0] not in known and path.stat().st_mtime < time.time() - STRAY_SECONDS:
                path.unlink()
