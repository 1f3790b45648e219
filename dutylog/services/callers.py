"""A known number shows what the desk already has of that visitor, whichever register keeps it."""

from dataclasses import dataclass
from typing import Any

from django.db import models

from servicedesk.register import register_by_key, register_of
from servicedesk.sealing import normal
from servicedesk.services.search import search

SHORTEST_NUMBER = 7
MOST = 8


@dataclass(frozen=True)
class Earlier:
    """An earlier record of the number: its register, number, line and page."""

    label: str
    number: str
    title: str
    happened_at: Any
    url: str


def earlier_records(phone: str, user: Any, besides: models.Model | None = None) -> list[Earlier]:
    """Records of all registers with this whole number that the person may see, newest first."""
    if len(normal(phone)) < SHORTEST_NUMBER:
        return []
    own = register_of(besides) if besides is not None else None
    found = []
    for entry in search(normal(phone), user, MOST + 1):
        if own and besides and (entry.register, entry.object_id) == (own.key, besides.pk):
            continue
        register = register_by_key(entry.register)
        found.append(Earlier(
            register.label, entry.number, entry.title, entry.happened_at, register.detail_url(entry.object_id)
        ))
    return found[:MOST]
