"""What a month holds, as checksums: one for each record, one for each register, and the chain of its days.

Checksums are HMACs under the key that seals the days: who owns the database cannot make them fit again, and nobody
can try phone numbers until one fits.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import models

from dutylog.models import DaySeal
from dutylog.sealedparts import row_of
from servicedesk.periods import Period
from servicedesk.register import Register, whole_books
from servicedesk.services.exports import in_chunks


@dataclass(frozen=True)
class RegisterContent:
    """A register's records of a month, each with its checksum, by what the record is called; and which of them
    were still worked on."""

    register: Register
    records: Mapping[str, str]
    unfinished: frozenset[str] = frozenset()

    @property
    def digest(self) -> str:
        return sealed(canonical(sorted(self.records.items())))


def sealed(text: str) -> str:
    """HMAC-SHA256 under the key of the seals (64 hexadecimal characters)."""
    return hmac.new(settings.DESK_SEAL_KEY.encode(), text.encode("utf-8", "replace"), hashlib.sha256).hexdigest()


def canonical(content: Any) -> str:
    """One text for one content, whatever kinds its columns are."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def name_of(record: models.Model) -> str:
    """By what a record is found again: its number; a row without one by its key."""
    return f"{getattr(record, 'number', None) or record} #{record.pk}"


def digest_of(register: Register, record: models.Model) -> str:
    """The checksum of a record and of the rows that belong to it."""
    held: dict[str, Any] = {"row": row_of(record)}
    for part in register.parts:
        held[part] = [row_of(row) for row in sorted(getattr(record, part).all(), key=lambda row: row.pk)]
    return sealed(canonical(held))[:32]


def content_of(register: Register, month: Period) -> RegisterContent:
    """The records of a register in a month with their checksums."""
    rows = register.of_month(month).prefetch_related(None).prefetch_related(*register.parts).select_related(None)
    finished = set(register.finals(register.of_month(month)).order_by().values_list("pk", flat=True))
    records, unfinished = {}, set()
    for record in in_chunks(rows):
        name = name_of(record)
        records[name] = digest_of(register, record)
        if record.pk not in finished:
            unfinished.add(name)
    return RegisterContent(register, records, frozenset(unfinished))


def contents_of(month: Period) -> list[RegisterContent]:
    """All registers, in their order."""
    return [content_of(register, month) for register in whole_books()]


def chain_of(month: Period) -> list[dict[str, Any]]:
    """The chain of the month's days: each link with its digest, in order, desk by desk."""
    links = DaySeal.objects.filter(day__on__range=(month.first, month.last)).select_related("day", "service_point")
    return [
        {
            "point": link.service_point.name, "day": link.day.number, "place": link.place, "kind": link.kind,
            "digest": link.digest,
        }
        for link in links.defer("content").order_by("service_point", "place")
    ]
