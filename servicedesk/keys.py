"""Secret keys kept as files below DESK_DATA, made on first use, readable by their owner alone."""

import os
import secrets
from pathlib import Path

from cryptography.fernet import Fernet


def read_or_make(path: Path, make) -> str:
    """Return the secret at `path`, making it with `make()` the first time.

    Two processes that start together agree: the first to create the file wins.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = path.with_name(f".{path.name}.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(make())
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()


def new_secret() -> str:
    """A random text of 64 URL-safe characters or more, for signing."""
    return secrets.token_urlsafe(64)


def new_field_key() -> str:
    """A Fernet key for columns that are encrypted at rest."""
    return Fernet.generate_key().decode()
