"""SQLite's writers wait their turn, and say so when it never comes."""

import threading
import time

import pytest
from django.db import OperationalError, connection, transaction

pytestmark = [pytest.mark.one_database, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def other_writer():
    """A connection of another desk that holds the lock."""
    other = connection.copy()
    other.inc_thread_sharing()
    other.ensure_connection()
    other.connection.execute("BEGIN IMMEDIATE")
    yield other.connection
    other.connection.rollback()
    other.close()


def busy_timeout() -> int:
    return connection.connection.execute("PRAGMA busy_timeout").fetchone()[0]


def test_a_writer_begins_as_soon_as_the_other_has_done(other_writer):
    threading.Timer(0.3, other_writer.rollback).start()
    begun = time.monotonic()
    with transaction.atomic():
        waited = time.monotonic() - begun
    assert 0.2 < waited < 5
    assert busy_timeout() == 30_000


def test_a_writer_whose_turn_never_comes_is_told_and_may_try_again(other_writer, monkeypatch):
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", 0.1)
    with pytest.raises(OperationalError, match="locked"), transaction.atomic():
        pass
    other_writer.rollback()
    with transaction.atomic():
        assert connection.in_atomic_block
