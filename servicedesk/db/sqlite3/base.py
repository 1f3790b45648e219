"""SQLite, with writers that wait their turn fairly.

SQLite's own wait sleeps longer the longer it waits, up to a tenth of a second, while a desk that has just come
asks again after one thousandth: under many writers the same desk loses time after time and ends in “database is
locked”. Here every waiting desk asks again after a short random pause, so that each has the same chance; of the
threads of one process one asks at a time, or their asking alone would keep the processor from the one that writes.
"""

import os
import random
import threading
import time

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

SHORTEST_PAUSE, LONGEST_PAUSE = 0.002, 0.02
_turn = threading.Lock()
# A process that was forked off while another thread asked must not wait for that thread.
os.register_at_fork(after_in_child=lambda: _turn._at_fork_reinit())


class DatabaseWrapper(base.DatabaseWrapper):
    def _start_transaction_under_autocommit(self) -> None:
        """Raises OperationalError when the lock was not to be had within the `timeout` of the settings."""
        longest = self.settings_dict["OPTIONS"].get("timeout", 5)
        deadline = time.monotonic() + longest
        self.ensure_connection()
        self.connection.execute("PRAGMA busy_timeout=0")
        has_turn = _turn.acquire(timeout=longest)
        try:
            while not self._begin(is_last=time.monotonic() > deadline):
                time.sleep(random.uniform(SHORTEST_PAUSE, LONGEST_PAUSE))  # noqa: S311
        finally:
            if has_turn:
                _turn.release()
            self.connection.execute(f"PRAGMA busy_timeout={int(longest * 1000)}")

    def _begin(self, *, is_last: bool) -> bool:
        """Whether the lock was free; the last try speaks its error out."""
        try:
            super()._start_transaction_under_autocommit()
        except OperationalError as error:
            if is_last or "locked" not in str(error):
                raise
            return False
        return True
