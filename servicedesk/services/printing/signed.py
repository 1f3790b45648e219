"""Signature cells: strokes made on the screen, confirmations by password, or a name beside white room."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from servicedesk.choices import SignatureMeans
from servicedesk.models import Signature

_BASE64 = re.compile(r"[A-Za-z0-9+/]+=*")


@dataclass(frozen=True)
class Signed:
    """What a signature cell shows."""

    name: str = ""
    image: str = ""
    note: str = ""
    at: dt.datetime | None = None


def signed_cells(
    record: Any, roles: Mapping[str, tuple[str, ...]], names: Mapping[str, str]
) -> dict[str, Signed]:
    """Per cell the newest signature of the record, else the name that is known for it.

    `roles` are the words under which the screens store a signature, per cell of the paper.
    """
    rows = list(Signature.objects.of(record).order_by("pk"))
    found = {cell: Signed(name=name) for cell, name in names.items()}
    for cell, words in roles.items():
        row = next((r for r in reversed(rows) if r.role in words), None)
        if row is not None:
            found[cell] = _shown(row)
    return found


def _shown(row: Signature) -> Signed:
    image = row.image.rpartition(",")[2]
    is_drawn = bool(image) and _BASE64.fullmatch(image) is not None
    note = "" if row.means == SignatureMeans.PAPER or is_drawn else f"({row.get_means_display()})"
    return Signed(row.signer_name, image if is_drawn else "", note, row.at)
