"""An entry of a ledger: what its form asked for, and what the desk did with it."""

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F
from django.db.models.lookups import LessThan
from django.utils import timezone
from simple_history.models import HistoricalRecords

from ledgers.choices import (
    ENTRY_BADGES,
    ENTRY_TRANSITIONS,
    OPEN_STATES,
    SEALED_TYPES,
    EntryState,
    FieldType,
    Proof,
    Service,
)
from ledgers.definitions import LONGEST_SORT, SLOTS, LedgerField
from ledgers.models.kinds import LedgerKind, LedgerVersion, all_kinds
from ledgers.models.stock import StockThing
from servicedesk.models import Record, RecordQuerySet, Unsought
from servicedesk.sealing import CLEARED, DigestField, SealedField, digest, masked

PERSON = settings.AUTH_USER_MODEL
# What tells nothing beside other fields, or must not be told.
UNTOLD = frozenset({*SEALED_TYPES, FieldType.LONG, FieldType.YESNO})
LATE_STATES = (EntryState.OUT, EntryState.KEPT, EntryState.OPEN)
SLOT_NAMES = tuple(f"slot_{place}" for place in range(1, SLOTS + 1))


def numbers_in(sealed: str | None) -> dict[str, str]:
    """The numbers by their fields, of a row or of its history; nothing where they were forgotten."""
    try:
        found = json.loads(sealed or "{}")
    except json.JSONDecodeError:
        return {}
    return {key: str(value) for key, value in found.items()} if isinstance(found, dict) else {}


class PersonDigestField(DigestField):
    """By what the same person is known again: the first of the sealed numbers, hashed."""

    def compute(self, number: str) -> str:
        return digest(next(iter(numbers_in(number).values()), ""))


def _midnight() -> dt.datetime:
    return timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)


class LedgerEntryQuerySet(RecordQuerySet):
    def visible_to(self, user) -> "LedgerEntryQuerySet":
        """Entries of a person's desks, in the ledgers that their roles use."""
        rows: Any = super().visible_to(user)
        closed = [kind.pk for kind in all_kinds() if kind.audience and not kind.is_open_to(user)]
        return rows.exclude(kind__in=closed) if closed else rows

    def of_service(self, service: str) -> "LedgerEntryQuerySet":
        return self.filter(kind__in=[kind.pk for kind in all_kinds() if kind.service == service])

    def still_open(self) -> "LedgerEntryQuerySet":
        return self.filter(state__in=OPEN_STATES)

    def out(self) -> "LedgerEntryQuerySet":
        """Bags that are kept, things that are lent."""
        return self.filter(state__in=[EntryState.OUT, EntryState.KEPT])

    def overdue(self) -> "LedgerEntryQuerySet":
        """What should have come back or been done by now."""
        return self.filter(state__in=LATE_STATES, due_at__lt=timezone.now())

    def overnight(self) -> "LedgerEntryQuerySet":
        """Bags that were not fetched on the day they were left."""
        return self.filter(state=EntryState.KEPT, happened_at__lt=_midnight())

    def late_today(self) -> "LedgerEntryQuerySet":
        """What was left or lent today and should be back by now."""
        is_past = LessThan(Unsought(F("due_at"), output_field=models.DateTimeField()), timezone.now())
        return self.filter(is_past, state__in=LATE_STATES, happened_at__gte=_midnight())


class LedgerEntry(Record):
    """台账的一笔. `values` holds what is no secret, `personal` names and personal words, `sealed` the numbers."""

    TRANSITIONS = ENTRY_TRANSITIONS

    kind = models.ForeignKey(LedgerKind, models.PROTECT, related_name="entries", verbose_name="台账")
    kind_version = models.ForeignKey(LedgerVersion, models.PROTECT, related_name="entries", verbose_name="版本")
    state = models.CharField("状态", max_length=8, choices=EntryState.choices)
    happened_at = models.DateTimeField("时间")
    values = models.JSONField("内容", default=dict, blank=True)
    personal = models.JSONField("个人信息", default=dict, blank=True)
    sealed = SealedField("号码", blank=True, default="")
    person_digest = PersonDigestField(of="sealed")
    slot_1 = models.CharField(max_length=LONGEST_SORT, blank=True, editable=False, default="")
    slot_2 = models.CharField(max_length=LONGEST_SORT, blank=True, editable=False, default="")
    slot_3 = models.CharField(max_length=LONGEST_SORT, blank=True, editable=False, default="")
    slot_4 = models.CharField(max_length=LONGEST_SORT, blank=True, editable=False, default="")
    slot_5 = models.CharField(max_length=LONGEST_SORT, blank=True, editable=False, default="")
    slot_6 = models.CharField(max_length=LONGEST_SORT, blank=True, editable=False, default="")
    thing = models.ForeignKey(
        StockThing, models.PROTECT, null=True, blank=True, related_name="entries", verbose_name="物品"
    )
    quantity = models.PositiveSmallIntegerField("数量", null=True, blank=True)
    due_at = models.DateTimeField("期限", null=True, blank=True)
    deposit = models.DecimalField("押金", max_digits=10, decimal_places=2, null=True, blank=True)
    held_document = models.CharField("押证件", max_length=20, blank=True)
    told_person = models.ForeignKey(
        PERSON, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="被访人/转告给"
    )
    told_at = models.DateTimeField("告知时间", null=True, blank=True)
    received_at = models.DateTimeField("接待时间", null=True, blank=True)
    ended_at = models.DateTimeField("办结时间", null=True, blank=True)
    ended_by = models.ForeignKey(
        PERSON, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="办结人"
    )
    result = models.CharField("结果", max_length=300, blank=True)
    is_damaged = models.BooleanField("有损坏", default=False)
    deposit_returned = models.DecimalField("退还押金", max_digits=10, decimal_places=2, null=True, blank=True)
    proof = models.CharField("取件凭证", max_length=8, choices=Proof.choices, blank=True)
    witness = models.ForeignKey(
        PERSON, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="复核人"
    )
    void_reason = models.CharField("作废原因", max_length=200, blank=True)
    anonymised_at = models.DateTimeField("个人信息清除时间", null=True, blank=True)
    history = HistoricalRecords(excluded_fields=["version", *SLOT_NAMES])

    objects = LedgerEntryQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "台账登记"
        default_permissions = ("add", "change", "delete", "view", "export", "print")
        permissions = [("void_ledgerentry", "作废台账登记"), ("close_ledgerentry", "未还、未取结案")]
        indexes = [
            models.Index(fields=["kind", "-happened_at", "-id"], name="ledgerentry_kind_happened"),
            models.Index(fields=["service_point", "kind", "-happened_at"], name="ledgerentry_point_kind"),
            models.Index(fields=["service_point", "-happened_at", "-id"], name="ledgerentry_point_happened"),
            models.Index(fields=["service_point", "state", "-happened_at", "-id"], name="ledgerentry_point_state"),
            models.Index(fields=["-happened_at", "-id"], name="ledgerentry_happened"),
            models.Index(fields=["kind", "state", "-happened_at", "-id"], name="ledgerentry_kind_state"),
            models.Index(fields=["kind", "due_at", "-id"], name="ledgerentry_kind_due"),
            models.Index(fields=["kind", "state", "due_at"], name="ledgerentry_kind_late"),
            models.Index(fields=["service_point", "kind", "state", "due_at"], name="ledgerentry_point_late"),
            models.Index(fields=["state", "-happened_at", "-id"], name="ledgerentry_state_happened"),
            models.Index(fields=["state", "due_at"], name="ledgerentry_state_due"),
            models.Index(fields=["told_person", "state"], name="ledgerentry_told"),
            models.Index(fields=["person_digest", "thing"], name="ledgerentry_person"),
            *[models.Index(fields=["kind", name, "-id"], name=f"ledgerentry_{name}") for name in SLOT_NAMES],
        ]

    @property
    def badge(self) -> tuple:
        return ENTRY_BADGES[EntryState(self.state)]

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def is_late(self) -> bool:
        return self.is_open and self.due_at is not None and self.due_at < timezone.now()

    @property
    def service(self) -> Service:
        return Service(self.kind.service)

    @property
    def numbers(self) -> dict[str, str]:
        """The sealed numbers by their fields."""
        return numbers_in(self.sealed)

    @property
    def all_values(self) -> dict[str, Any]:
        """What stands in each field."""
        return {**(self.values or {}), **(self.personal or {}), **self.numbers}

    def value(self, field: LedgerField) -> Any:
        """What is kept of a field; （已清除） where a person stood."""
        found = self.all_values.get(field.key)
        return CLEARED if found is None and self.anonymised_at and field.is_private else found

    def said(self, field: LedgerField) -> str:
        return field.said(self.value(field))

    def said_masked(self, field: LedgerField) -> str:
        return field.said_masked(self.value(field))

    @property
    def amount(self) -> str:
        """`轮椅 × 1`."""
        return f"{self.thing.name} × {self.quantity}" if self.thing else ""

    @property
    def summary(self) -> str:
        """What tells entries of one ledger apart, with names masked and without numbers."""
        told = f"→ {self.told_person.name}" if self.told_person else ""
        fields = [f for f in self.kind_version.columns if f.in_list and f.type not in UNTOLD]
        said = [self.said_masked(field) for field in fields]
        return " · ".join(part for part in (self.amount, told, *said[:4]) if part)[:150]

    # ---- what the time line says of columns that hold many values
    def parts_of_values(self, old: Any, new: Any) -> Iterator[tuple[str, str, str]]:
        return self._parts(old or {}, new or {})

    def parts_of_personal(self, old: Any, new: Any) -> Iterator[tuple[str, str, str]]:
        return self._parts(old or {}, new or {})

    def parts_of_sealed(self, old: Any, new: Any) -> Iterator[tuple[str, str, str]]:
        for label, left, right in self._parts(numbers_in(old), numbers_in(new)):
            yield label, masked(left), masked(right)

    def _parts(self, old: dict, new: dict) -> Iterator[tuple[str, str, str]]:
        for field in self.kind_version.columns:
            left, right = old.get(field.key), new.get(field.key)
            if left != right:
                yield field.label, field.said(left), field.said(right)


class Reading(models.Model):
    """播报: once that a text was read out. Never changed."""

    entry = models.ForeignKey(LedgerEntry, models.PROTECT, related_name="readings")
    at = models.DateTimeField("时间")
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name="播报人")
    note = models.CharField("说明", max_length=60, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "播报"
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.entry} {timezone.localtime(self.at):%H:%M}"
