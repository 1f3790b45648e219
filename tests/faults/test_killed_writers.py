"""A worker of gunicorn is killed while desks register finds and try again: what was acknowledged is there, once."""

import os
import random
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
import uuid
from collections import Counter
from http.cookies import SimpleCookie
from pathlib import Path

import pytest
from django.conf import settings as project
from django.test import Client
from PIL import Image

from lostfound.models import CustodyMove, FoundItem
from servicedesk.models import Photo
from servicedesk.services.photos import photo_path

KILLS = 20
DESKS = 4
LONGEST = 50
EMPTY_LINES = {f"{prefix}-{name}_FORMS": "0" for prefix in ("contents", "cash") for name in ("TOTAL", "INITIAL")}
TOKEN = "a" * 32


class Stay(urllib.request.HTTPRedirectHandler):
    """The answer is the redirect itself: it names the record."""

    def redirect_request(self, *args):  # noqa: ARG002
        return None


class Desk(threading.Thread):
    """Registers finds as a browser does that sends a form again until it is answered."""

    def __init__(self, url: str, cookie: str, zone: int, photo: bytes, stop: threading.Event):
        super().__init__(daemon=True)
        self.url, self.zone, self.photo, self.stop = url, zone, photo, stop
        self.headers = {"Cookie": f"{cookie}; csrftoken={TOKEN}", "Referer": url}
        self.opener = urllib.request.build_opener(Stay)
        self.acknowledged: list[str] = []
        self.odd: list[object] = []

    def run(self) -> None:
        while not self.stop.is_set():
            thing = uuid.uuid4().hex[:12]
            body, kind = self._form(thing)
            while not self._is_answered(body, kind, thing) and not self.stop.is_set():
                time.sleep(0.05)

    def _form(self, thing: str) -> tuple[bytes, str]:
        fields = {
            "thing": thing, "zone": self.zone, "found_at": "-30", "finder_is_anonymous": "on", "quantity": 1,
            "unit": "把", "submission_key": uuid.uuid4(), "csrfmiddlewaretoken": TOKEN, **EMPTY_LINES,
        }
        lines = [
            f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in fields.items()
        ]
        head = b'--x\r\nContent-Disposition: form-data; name="photos"; filename="a.jpg"\r\n\r\n'
        return b"".join([*lines, head, self.photo, b"\r\n--x--\r\n"]), "multipart/form-data; boundary=x"

    def _is_answered(self, body: bytes, kind: str, thing: str) -> bool:
        request = urllib.request.Request(self.url, body, {**self.headers, "Content-Type": kind})
        try:
            self.odd.append(self.opener.open(request, timeout=20).status)
        except urllib.error.HTTPError as answer:
            if answer.code == 302 and re.search(r"/items/\d+/$", answer.headers["Location"]):
                self.acknowledged.append(thing)
                return True
            self.odd.append(answer.code)
        except (OSError, ValueError):  # the worker died under the request, or its answer was cut off
            return False
        return False


@pytest.fixture
def served(desk_environment, tmp_path):
    """The desk under gunicorn; gives its address and the process that keeps the workers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = desk_environment | {"DESK_BIND": f"127.0.0.1:{port}", "DESK_WORKERS": "2", "DESK_DEBUG": "1"}
    with (tmp_path / "server.log").open("w") as log:
        command = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "servicedesk.wsgi"]
        server = subprocess.Popen(command, cwd=project.BASE_DIR, env=environment, stdout=log, stderr=log)
        try:
            _wait_for(port, server, tmp_path / "server.log")
            yield f"http://127.0.0.1:{port}", server
        finally:
            server.terminate()
            server.wait(timeout=40)


def _wait_for(port: int, server: subprocess.Popen, log: Path) -> None:
    for _ in range(600):
        assert server.poll() is None, log.read_text()[-2000:]
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError("the desk does not answer")


def _wait_for_an_answer(desks: list[Desk]) -> None:
    """Until a desk has been answered again, and then into the middle of the next forms."""
    before = sum(len(desk.acknowledged) for desk in desks)
    for _ in range(40):
        if sum(len(desk.acknowledged) for desk in desks) > before:
            break
        time.sleep(0.05)
    time.sleep(random.uniform(0, 0.15))


def workers_of(server: subprocess.Popen) -> list[int]:
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children")
    return [int(pid) for pid in children.read_text().split()]


@pytest.mark.django_db(transaction=True)
def test_nothing_acknowledged_is_lost_and_nothing_is_there_twice(
    served, point, clerk, zone, tmp_path
):
    url, server = served
    session = Client()
    session.force_login(clerk)
    cookie = SimpleCookie({"sessionid": session.cookies["sessionid"].value}).output(header="", attrs=[]).strip()
    Image.new("RGB", (800, 600), "navy").save(tmp_path / "a.jpg")
    stop, killed = threading.Event(), 0
    address = f"{url}/lost-and-found/items/new/"
    desks = [Desk(address, cookie, zone.pk, (tmp_path / "a.jpg").read_bytes(), stop) for _ in range(DESKS)]
    began = time.monotonic()
    for desk in desks:
        desk.start()
    while killed < KILLS and time.monotonic() - began < LONGEST:
        _wait_for_an_answer(desks)
        for worker in workers_of(server)[:1]:
            os.kill(worker, signal.SIGKILL)
            killed += 1
    time.sleep(1)
    stop.set()
    for desk in desks:
        desk.join(timeout=40)

    acknowledged = [thing for desk in desks for thing in desk.acknowledged]
    kept = Counter(FoundItem.objects.values_list("thing", flat=True))
    assert killed >= KILLS // 2
    assert len(acknowledged) >= killed // 2, Counter(str(odd) for desk in desks for odd in desk.odd)
    assert [thing for thing in acknowledged if thing not in kept] == []
    assert [thing for thing, count in kept.items() if count > 1] == []
    last = sorted(int(number.rsplit("-", 1)[1]) for number in FoundItem.objects.values_list("number", flat=True))
    assert last == list(range(1, len(last) + 1))
    assert CustodyMove.objects.count() == Photo.objects.count() == len(last)
    for photo in Photo.objects.all():
        with Image.open(photo_path(photo.file)) as picture:
            picture.load()
