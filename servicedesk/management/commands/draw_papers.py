"""`manage.py draw_papers`: the second hand of the print engine; `services/printing/hands.py` starts it, not people."""

import json
import sys
from contextlib import suppress
from typing import Any

from django.core.management.base import BaseCommand

from servicedesk.services.printing.pieces import piece_of


class Command(BaseCommand):
    help = "Draws the sheets that come as lines of JSON, until the input ends."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        for line in sys.stdin.buffer:
            asked = json.loads(line)
            piece_of(asked["html"], asked["size"])
            # Who asked was killed: the sheet is kept, and nobody waits for the answer.
            with suppress(BrokenPipeError):
                self.stdout.write("done")
                self.stdout.flush()
