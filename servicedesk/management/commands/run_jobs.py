"""`manage.py run_jobs`: the runner of background jobs. Any number may run; no job runs twice at the same time."""

import logging
import os
import secrets
import signal
import socket
import threading
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone

from servicedesk.services import jobs
from servicedesk.services.tasks import run_next_task

log = logging.getLogger(__name__)
BEAT_SECONDS = 15
IDLE_SECONDS = 2
AFTER_FAILURE_SECONDS = 10


class Command(BaseCommand):
    help = "Run background jobs until SIGTERM or Ctrl+C; a job that is running is finished first."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="run what is due now, then end")

    def handle(self, *args: Any, **options: Any) -> None:
        self.runner = f"{socket.gethostname()[:40]}:{os.getpid()}:{secrets.token_hex(3)}"
        self.started = timezone.now()
        self.ending = threading.Event()
        jobs.know_jobs()
        jobs.beat(self.runner, self.started)
        if options["once"]:
            jobs.run_due(self.runner, self._goes_on)
            run_next_task(self.runner)
            jobs.sign_off(self.runner)
            return
        for each in (signal.SIGTERM, signal.SIGINT):
            signal.signal(each, self._end)
        heart = threading.Thread(target=self._keep_beating, name="heart", daemon=True)
        # Long work has a thread of its own: an urgent notice does not wait for the archive of a month.
        hand = threading.Thread(target=self._keep_at_tasks, name="hand")
        heart.start()
        hand.start()
        self.stdout.write(f"jobs: {self.runner} at work")
        while not self.ending.is_set():
            self.ending.wait(self._turn(self._run_due))
        hand.join()
        heart.join(timeout=BEAT_SECONDS)
        jobs.sign_off(self.runner)
        self.stdout.write("jobs: stopped")

    def _end(self, *args: Any) -> None:  # noqa: ARG002
        self.ending.set()

    def _turn(self, work: Callable[[], bool]) -> float:
        """One look at what is to be done; the seconds to rest after it."""
        close_old_connections()
        try:
            return 0 if work() else IDLE_SECONDS
        except DatabaseError:
            log.exception("jobs: the database did not answer")
            connection.close()
            return AFTER_FAILURE_SECONDS

    def _run_due(self) -> bool:
        jobs.know_jobs()
        jobs.run_due(self.runner, self._goes_on)
        return False

    def _keep_at_tasks(self) -> None:
        """One long work after the other; what runs when the end comes is finished first."""
        while not self.ending.is_set():
            self.ending.wait(self._turn(lambda: run_next_task(self.runner)))
        connection.close()

    def _goes_on(self) -> bool:
        return not self.ending.is_set()

    def _keep_beating(self) -> None:
        """In a thread of its own, so that a job of many minutes is not taken for a dead one."""
        while not self.ending.wait(BEAT_SECONDS):
            try:
                jobs.beat(self.runner, self.started)
            except DatabaseError:
                log.exception("jobs: no sign of life could be written")
                connection.close()
        connection.close()
