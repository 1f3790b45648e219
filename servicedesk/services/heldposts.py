"""A form that arrives on a locked session: sealed into the lock page, offered again after unlocking.

Nothing is kept on the server, so nothing has to be thrown away; the seal keeps what was typed from
whoever stands at the locked screen.
"""

import json
from dataclasses import dataclass

from servicedesk.models import User
from servicedesk.sealing import seal, unseal

LARGEST = 1_000_000
# A second person's password must not lie in a page.
NEVER_HELD = ("csrfmiddlewaretoken", "password")


@dataclass(frozen=True)
class HeldPost:
    """Where the form was going, what was typed, and whether it carried files, which cannot be held."""

    path: str
    fields: list[tuple[str, str]]
    had_files: bool


def hold(user: User, path: str, fields: list[tuple[str, str]], had_files: bool) -> str:
    """The sealed form; empty when it is too large to travel in a page."""
    kept = [(name, value) for name, value in fields if not any(word in name for word in NEVER_HELD)]
    text = json.dumps({"user": user.pk, "path": path, "fields": kept, "files": had_files})
    return seal(text) if len(text) <= LARGEST else ""


def read_held(token: str, user: User) -> HeldPost | None:
    """The held form of this very person; None for none, another's or a broken one."""
    if not token:
        return None
    try:
        found = json.loads(unseal(token))
    except ValueError:
        return None
    if not isinstance(found, dict) or found.get("user") != user.pk:
        return None
    return HeldPost(found["path"], [tuple(pair) for pair in found["fields"]], found["files"])
