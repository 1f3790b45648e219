"""A desk that would lose or leak data does not start: each fault is seen refusing by the commands that start it."""

import os
import subprocess
import sys

import pytest
from django.conf import settings as project
from django.db import connection

pytestmark = pytest.mark.one_database

STRONG = "k7J2mQ9xV4bN8cR1tY6wZ3pL5sD0fG7hA2jE9uK4iO8nB1vC6x"
PRODUCTION = {
    "DESK_PRODUCTION": "1", "DESK_DEBUG": "0", "DESK_HOSTS": "desk.example.org",
    "DESK_ORIGINS": "https://desk.example.org", "DESK_SECRET_KEY": STRONG,
}


def check(tmp_path, **environment: str) -> subprocess.CompletedProcess:
    base = {"DATABASE_URL": f"sqlite:///{tmp_path / 'db.sqlite3'}", "DESK_DATA": str(tmp_path), **PRODUCTION}
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING", "--database", "default"]
    return subprocess.run(
        command, cwd=project.BASE_DIR, env=os.environ | base | environment, capture_output=True, text=True, check=False
    )


def test_the_production_settings_pass_without_a_word(tmp_path):
    done = check(tmp_path)
    assert (done.returncode, "no issues" in done.stdout) == (0, True), done.stderr


# Each fault alone is judged where the checks are: `tests/servicedesk/test_checks.py`.
FAULTY = {"DESK_DEBUG": "1", "DESK_SECRET_KEY": "a" * 80, "DESK_SEAL_KEY": "x", "DESK_FIELD_KEY": "x"}
SAID = ("DEBUG is on in production", "DESK_SECRET_KEY is weak", "DESK_SEAL_KEY is weak", "DESK_FIELD_KEY is weak")


def test_faults_in_production_are_refused_by_name(tmp_path):
    done = check(tmp_path, **FAULTY)
    assert done.returncode == 1
    assert [words for words in SAID if words not in done.stderr] == []


@pytest.mark.parametrize(("environment", "said"), [({}, ()), (FAULTY, SAID)])
def test_the_server_itself_does_not_start_with_a_fault(tmp_path, environment, said):
    base = {"DATABASE_URL": f"sqlite:///{tmp_path / 'db.sqlite3'}", "DESK_DATA": str(tmp_path), **PRODUCTION}
    done = subprocess.run(
        [sys.executable, "-c", "import servicedesk.wsgi"], cwd=project.BASE_DIR, env=os.environ | base | environment,
        capture_output=True, text=True, check=False,
    )
    assert done.returncode == int(bool(said))
    assert [words for words in said if words not in done.stderr] == []


def test_the_server_reads_the_file_of_the_site_and_the_environment_wins(tmp_path):
    (tmp_path / ".env").write_text("DESK_WORKERS=7\nDESK_THREADS=9\n")
    program = "import runpy, sys; found = runpy.run_path(sys.argv[1]); print(found['workers'], found['threads'])"
    environment = {k: v for k, v in os.environ.items() if not k.startswith("DESK_")} | {"DESK_THREADS": "3"}
    done = subprocess.run(
        [sys.executable, "-c", program, project.BASE_DIR / "deploy" / "gunicorn.conf.py"], cwd=tmp_path,
        env=environment, capture_output=True, text=True, check=True,
    )
    assert done.stdout.split() == ["7", "3"]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a journal of SQLite")
def test_the_fault_of_sqlite_is_refused_by_the_command_that_starts_the_desk(tmp_path):
    program = (
        "import servicedesk, sqlite3; import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'servicedesk.settings'; "
        "import django; django.setup(); from servicedesk import checks\n"
        "for version in ((3, 40, 1), (3, 51, 3)):\n"
        "    sqlite3.sqlite_version_info = version\n"
        "    print([fault.id for fault in checks.check_sqlite_journal(None)])"
    )
    environment = os.environ | {"DESK_DATA": str(tmp_path), "DATABASE_URL": f"sqlite:///{tmp_path / 'db.sqlite3'}",
                                "DESK_SQLITE_JOURNAL": "WAL"}
    command = [sys.executable, "-W", "ignore", "-c", program]
    done = subprocess.run(
        command, cwd=project.BASE_DIR, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines() == ["['servicedesk.E001']", "[]"]
