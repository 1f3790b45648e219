"""SQLite's writers wait their turn, and say so when it never comes."""

import threading
import time

import pytest
from django.db import OperationalError, connection, transaction

from servicedesk.db.sqlite3.base import DatabaseWrapper

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


def test_of_many_threads_one_asks_at_a_time(other_writer, monkeypatch):
    asking, most, begin = [], [], DatabaseWrapper._begin

    def counted(wrapper, **how) -> bool:
        asking.append(1)
        most.append(len(asking))
        time.sleep(0.005)
        try:
            return begin(wrapper, **how)
        finally:
            asking.pop()

    def write() -> None:
        with transaction.atomic():
            done.append(1)
        connection.close()

    done: list[int] = []
    monkeypatch.setattr(DatabaseWrapper, "_begin", counted)
    desks = [threading.Thread(target=write) for _ in range(8)]
    for desk in desks:
        desk.start()
    time.sleep(0.2)
    other_writer.rollback()
    for desk in desks:
        desk.join()
    assert (len(done), max(most)) == (8, 1)
