"""What would lose or leak data later is refused when the desk starts."""

import sqlite3

import pytest
from django.conf import settings as project

from servicedesk import checks
from servicedesk.services.demo import DEMO_PASSWORD


def ids(found) -> list[str]:
    return [error.id for error in found]


@pytest.fixture
def on_file_of_sqlite(monkeypatch):
    """A project whose database is SQLite, whatever the tests run on."""
    monkeypatch.setitem(project.DATABASES["default"], "ENGINE", "django.db.backends.sqlite3")


@pytest.fixture
def production(settings):
    settings.DESK_PRODUCTION = True


@pytest.mark.parametrize(
    ("version", "journal", "expected"),
    [
        ((3, 40, 1), "WAL", ["servicedesk.E001"]),
        ((3, 51, 2), "wal", ["servicedesk.E001"]),
        ((3, 51, 3), "WAL", []),
        ((3, 40, 1), "DELETE", []),
    ],
)
def test_an_unsafe_pair_of_sqlite_and_journal_is_refused(
    on_file_of_sqlite, settings, monkeypatch, version, journal, expected
):
    monkeypatch.setattr(sqlite3, "sqlite_version_info", version)
    settings.SQLITE_JOURNAL_MODE = journal
    assert ids(checks.check_sqlite_journal(None)) == expected


def test_the_sqlite_of_this_desk_is_safe(on_file_of_sqlite):
    assert checks.check_sqlite_journal(None) == []


def test_debug_in_production_is_refused(production, settings):
    settings.DEBUG = True
    assert ids(checks.check_production(None)) == ["servicedesk.E002"]


@pytest.mark.parametrize("key", ["short", "a" * 80])
@pytest.mark.parametrize("name", ["SECRET_KEY", "DESK_DIGEST_KEY", "DESK_SEAL_KEY", "DESK_FIELD_KEY"])
def test_a_weak_key_in_production_is_refused(production, settings, name, key):
    setattr(settings, name, key)
    found = checks.check_production(None)
    assert ids(found) == ["servicedesk.E003"]
    assert found[0].is_serious()
    assert f"{name.removeprefix('DESK_')} is weak" in found[0].msg


def test_every_fault_in_production_is_named(production, settings):
    settings.DEBUG, settings.DESK_SEAL_KEY, settings.DESK_FIELD_KEY = True, "x", "x"
    assert ids(checks.check_production(None)) == ["servicedesk.E002", "servicedesk.E003", "servicedesk.E003"]


def test_the_key_that_the_desk_makes_is_strong_enough(production):
    assert len(project.SECRET_KEY) >= 50
    assert checks.check_production(None) == []


def test_the_demo_password_in_production_is_refused(production, clerk):
    clerk.set_password(DEMO_PASSWORD)
    clerk.save()
    found = checks.check_demo_password(None, databases=["default"])
    assert ids(found) == ["servicedesk.E004"]
    assert clerk.staff_no in found[0].msg


def test_people_with_passwords_of_their_own_may_work_in_production(production, clerk):
    assert checks.check_demo_password(None, databases=["default"]) == []


def test_the_demo_password_is_no_fault_while_trying_out(settings, clerk):
    settings.DESK_PRODUCTION = False
    clerk.set_password(DEMO_PASSWORD)
    clerk.save()
    assert checks.check_demo_password(None, databases=["default"]) == []
