"""A world whose texts are what somebody hostile, or careless, would type."""

import itertools
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import models
from django.db.models.signals import pre_save
from django.utils import timezone

from lostfound.choices import ContactOutcome
from lostfound.models import CashLine, ClaimStatement, ContactAttempt, ContentLine, FoundItem
from servicedesk.models import Photo
from servicedesk.register import registers
from servicedesk.services.search import index_record
from tests.access.world import World

APPS = {"servicedesk", "dutylog", "lostfound", "complaints", "checklists", "surveys", "ledgers"}
SHORTEST = 10
# What is no text: numbers of records, keys, files, tokens, and what the program itself writes.
NO_TEXT = {
    "number", "staff_no", "password", "key", "prefix", "file", "thumb", "sha256", "image", "code", "query", "register",
    "sealed_fields", "result_url", "field", "paper", "address", "keywords", "serial_mark", "initials", "pinyin", "path",
    "content", "previous", "digest",
}
Value = Callable[[models.Field], str | None]


@contextmanager
def planted(value_of: Value) -> Iterator[None]:
    """While open, each text of each row that is saved is what `value_of(field)` says; None leaves it."""

    def plant(sender, instance, **kwargs):  # noqa: ARG001
        if sender._meta.app_label not in APPS or sender.__name__.startswith("Historical"):
            return
        for field in sender._meta.fields:
            if is_text(field) and (value := value_of(field)) is not None:
                kept = getattr(instance, field.attname)
                setattr(instance, field.attname, dressed(kept, value[: field.max_length or None]))

    pre_save.connect(plant, weak=False)
    try:
        yield
    finally:
        pre_save.disconnect(plant)


def dressed(kept: str | None, value: str) -> str:
    """A cell that keeps several values by their names (a small ledger's numbers) keeps its names."""
    try:
        named = json.loads(kept or "")
    except json.JSONDecodeError:
        return value
    return json.dumps(dict.fromkeys(named, value), ensure_ascii=False) if isinstance(named, dict) else value


def is_text(field: models.Field) -> bool:
    return (
        isinstance(field, models.CharField | models.TextField) and not field.choices and not field.unique
        and field.editable and field.name not in NO_TEXT and (field.max_length or SHORTEST) >= SHORTEST
    )


def in_turn(values: list[str]) -> Value:
    """One after the other."""
    turn = itertools.cycle(values)
    return lambda field: next(turn)


def furnish(world: World) -> None:
    """What hangs on records and is shown with them; then everything into the search."""
    item: FoundItem = world.found_item
    clerk, now = world.clerk, timezone.now()
    ContentLine.objects.create(item=item, thing="钥匙", look="铜", features="有缺口")
    CashLine.objects.create(item=item, denomination=100, pieces=3)
    ClaimStatement.objects.create(claim=world.seen_claim, text="有字", said_at=now, typed_by=clerk)
    ContactAttempt.objects.create(item=item, report=world.lost_report, at=now, by=clerk, outcome=ContactOutcome.SENT)
    Photo.objects.create(record=item, file="none.jpg", thumb="none.jpg", width=1, height=1, sha256="0", by=clerk)
    for register in registers():
        for record in register.model._default_manager.all():
            if hasattr(record, "number"):
                index_record(record)

