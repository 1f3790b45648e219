"""The lock of a session left alone: what the session remembers of it."""

import time

from django.contrib.sessions.backends.base import SessionBase

LAST_SEEN = "last_seen"
LOCKED = "locked"
# Writing a session costs a write to the database: once a minute is enough.
NOTE_EVERY = 60


def lock(session: SessionBase) -> None:
    session[LOCKED] = True


def unlock(session: SessionBase) -> None:
    session.pop(LOCKED, None)
    session[LAST_SEEN] = int(time.time())


def is_locked(session: SessionBase, minutes: int) -> bool:
    """Whether the session is locked; one left alone for `minutes` is locked by asking."""
    now = int(time.time())
    seen = session.get(LAST_SEEN)
    if seen is not None and now - seen > minutes * 60:
        lock(session)
    return bool(session.get(LOCKED))


def note_presence(session: SessionBase) -> None:
    now = int(time.time())
    if now - session.get(LAST_SEEN, 0) >= NOTE_EVERY:
        session[LAST_SEEN] = now
