"""The desk behind gunicorn on the loopback, as it is served in a park; people are signed in beforehand."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from importlib import import_module

from bench.databases import ROOT

STARTED_WITHIN = 90


@contextmanager
def served(workers: int = 2) -> Iterator[str]:
    """`127.0.0.1:PORT` of a running desk on this process's database."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    manage = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
    subprocess.run(manage, cwd=ROOT, check=True)
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "servicedesk.wsgi"], cwd=ROOT,
        env={**os.environ, "DESK_BIND": address, "DESK_WORKERS": str(workers)},
    )
    try:
        _wait_for(address)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=60)


def _wait_for(address: str) -> None:
    until = time.monotonic() + STARTED_WITHIN
    while time.monotonic() < until:
        try:
            connection = HTTPConnection(address, timeout=5)
            connection.request("GET", "/signin/")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the server did not start")


def signed_in(person) -> str:
    """The session key of a person who has just signed in."""
    from django.conf import settings  # noqa: PLC0415
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: PLC0415

    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session["last_seen"] = int(time.time())
    session.create()
    return session.session_key
