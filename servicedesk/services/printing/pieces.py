"""Rendered pieces kept under `DESK_DATA/papers`, so that an unchanged sheet is never rendered twice.

A piece holds what is printed, full document numbers too: it is sealed like the columns it comes from,
its file name is a keyed hash of content and template, and it is thrown away when nobody asked for it for two
months: what was drawn in a month is still there when the month is bound.
"""

import hashlib
import hmac
import os
import time
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from uuid import uuid4

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

from servicedesk.services.printing import engine

KEPT_DAYS = 70
_SWEEP_EVERY = 200
# Another word here when the engine draws the same page otherwise than before.
_DRAWING = b"boxes for characters without a font"


@dataclass(frozen=True)
class Piece:
    """A rendered part of a document: its hash, its PDF, the characters it could not show."""

    key: str
    pdf: bytes
    missing: str = ""


@lru_cache(maxsize=1)
def _style_mark() -> str:
    """Changes with the style sheets and the engine, so that pieces of an older look are not used."""
    found = hashlib.sha256(_DRAWING)
    for path in sorted((engine.static_folder() / "css").glob("print*.css")):
        found.update(path.read_bytes())
    return found.hexdigest()


def piece_key(html: str, size: str) -> str:
    """Keyed hash of everything the piece is made from (64 hexadecimal characters)."""
    text = "\0".join((_style_mark(), size, html))
    return hmac.new(settings.DESK_DIGEST_KEY.encode(), text.encode("utf-8", "replace"), hashlib.sha256).hexdigest()


def _folder() -> Path:
    folder = Path(settings.DESK_DATA) / "papers"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _path(key: str) -> Path:
    return _folder() / f"{key}.piece"


def kept(key: str) -> Piece | None:
    """The piece of an earlier rendering, or None."""
    path = _path(key)
    try:
        plain = Fernet(settings.DESK_FIELD_KEY.encode()).decrypt(path.read_bytes())
        os.utime(path)
    except (OSError, InvalidToken):
        return None
    missing, _, pdf = plain.partition(b"\n")
    return Piece(key, pdf, missing.decode())


def is_kept(key: str) -> bool:
    """Whether a piece lies there; asked for, it stays for the next weeks."""
    try:
        os.utime(_path(key))
    except OSError:
        return False
    return True


def forget_piece(key: str) -> None:
    """A piece that cannot be read is drawn anew the next time."""
    _path(key).unlink(missing_ok=True)


def keep(piece: Piece) -> None:
    """Store a piece. A full disk costs only the next rendering."""
    token = Fernet(settings.DESK_FIELD_KEY.encode()).encrypt(piece.missing.encode() + b"\n" + piece.pdf)
    path = _path(piece.key)
    fresh = path.with_suffix(f".{uuid4().hex[:8]}")
    try:
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(token)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except OSError:
        engine.log.warning("a rendered piece could not be kept")
        fresh.unlink(missing_ok=True)
    if int(piece.key[:4], 16) % _SWEEP_EVERY == 0:
        forget_pieces(older_than_days=KEPT_DAYS)


def forget_pieces(older_than_days: float = 0) -> int:
    """Throw kept pieces away: all of them after a purge of personal data, else the old ones."""
    limit, count = time.time() - older_than_days * 86400, 0
    for path in _folder().iterdir():
        try:
            if path.stat().st_mtime <= limit:
                path.unlink()
                count += 1
        except OSError:
            continue
    return count


def piece_of(html: str, size: str) -> Piece:
    """The piece of a page of HTML: the kept one, else rendered now and kept."""
    key = piece_key(html, size)
    found = kept(key)
    if found is None:
        pdf, missing = engine.render(html, size)
        found = Piece(key, pdf, missing)
        keep(found)
    return found
