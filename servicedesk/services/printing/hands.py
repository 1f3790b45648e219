"""Many sheets drawn on both cores: this process draws, and a helper process beside it.

The helper gets a sheet as a line of JSON, draws and keeps it, and answers with a line. It ends by itself when
the line from this process is cut, so that none is left behind when this one is killed.
"""

import json
import os
import select
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from django.conf import settings

from servicedesk.services.printing.engine import log
from servicedesk.services.printing.pieces import is_kept, piece_key, piece_of

COMMAND = "draw_papers"
KEYS = ("SECRET_KEY", "DESK_FIELD_KEY", "DESK_DIGEST_KEY", "DESK_SEAL_KEY")
# Starting the helper takes as long as drawing some sheets.
WORTH_A_HELPER = 8


class Hands:
    """`draw_once(html, size)` for one sheet after the other; `drawn` counts those that were not kept yet."""

    def __init__(self) -> None:
        self.drawn, self.helper = 0, None
        # What the helper draws now.
        self.given: tuple[str, str] | None = None

    def draw_once(self, html: str, size: str) -> str:
        """The key of a sheet, which is drawn when it is not kept yet."""
        key = piece_key(html, size)
        if not is_kept(key):
            self._draw(html, size)
        return key

    def _draw(self, html: str, size: str) -> None:
        """The helper does it when it is free."""
        self.drawn += 1
        if self.drawn == WORTH_A_HELPER and self.helper is None:
            self.helper = start_helper()
        if self.helper is not None and self._is_free():
            self.give(html, size)
        else:
            piece_of(html, size)

    def _is_free(self) -> bool:
        if self.given and self.helper and select.select([self.helper.stdout], [], [], 0)[0]:
            self.hear()
        return self.helper is not None and self.given is None

    def give(self, html: str, size: str) -> None:
        """Let the helper draw a sheet; it must be free."""
        self.given = (html, size)
        try:
            self.helper.stdin.write(json.dumps({"html": html, "size": size}).encode() + b"\n")  # type: ignore
            self.helper.stdin.flush()  # type: ignore
        except OSError:
            self._lose()

    def hear(self) -> None:
        if self.helper.stdout.readline():  # type: ignore
            self.given = None
        else:
            self._lose()

    def _lose(self) -> None:
        """The helper died: what it was given is drawn here."""
        log.warning("the helper that draws papers ended")
        given, helper, self.helper, self.given = self.given, self.helper, None, None
        _let_go(helper)
        if given:
            piece_of(*given)

    def end(self) -> None:
        """Wait for what is still being drawn, and let the helper go."""
        if self.helper is not None:
            if self.given:
                self.hear()
            if self.helper is not None:
                _let_go(self.helper)
                self.helper = None


@contextmanager
def hands() -> Iterator[Hands]:
    """Hands that are let go at the end, whatever happens."""
    both = Hands()
    try:
        yield both
    finally:
        both.end()


def _let_go(helper: Any) -> None:
    """Without more lines it ends by itself."""
    with suppress(OSError):
        helper.stdin.close()
    helper.wait()
    helper.stdout.close()


def start_helper() -> Any:
    """A process that draws what it is given, until nothing more comes."""
    keys = {name if name.startswith("DESK") else f"DESK_{name}": getattr(settings, name) for name in KEYS}
    environment = {**os.environ, **keys, "DESK_DATA": str(settings.DESK_DATA)}
    return subprocess.Popen(
        [sys.executable, "manage.py", COMMAND], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=settings.BASE_DIR,
        env=environment,
    )
