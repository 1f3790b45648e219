"""A ledger is made, worded, published, switched on and off. What was written keeps the form it was written in."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import transaction
from django.utils import timezone

from ledgers.choices import OWN_SERVICES, Service
from ledgers.definitions import LedgerField, fields_of
from ledgers.errors.kinds import (
    AudienceUnknown,
    NameInUse,
    NeverPublished,
    NoDraft,
    NothingChanged,
    PrefixInUse,
    PrefixIsFixed,
    PrefixNotPossible,
)
from ledgers.models import LedgerEntry, LedgerKind, LedgerVersion
from ledgers.presets import dealt, first_version, kind_columns, preset_of, version_columns
from ledgers.services.formchecks import FormFacts, check_form, check_printable
from servicedesk.choices import Role
from servicedesk.models import SerialCounter, ServicePoint
from servicedesk.register import registers
from servicedesk.services.transitions import amend

PREFIX = re.compile(r"[A-Z]{2,4}")
# What other books number their sheets by without being registers.
TAKEN_ELSEWHERE = {"HZ": "员工拾物回执", "JJ": "早会", "FJ": "发放问卷"}
# The first part of addresses below /ledgers/ that are no ledger.
RESERVED = frozenset({"all", "my", "new", "kind", "item"})


@dataclass(frozen=True, kw_only=True)
class KindFacts:
    """What a ledger is called and does."""

    prefix: str
    name: str
    label: str
    icon: str = "journal"
    service: str = Service.PLAIN
    audience: Sequence[str] = field(default=())
    retention_months: int = 12
    is_logged: bool = False
    order: int = 100


def _check_kind(facts: KindFacts, known: LedgerKind | None = None) -> None:
    if not PREFIX.fullmatch(facts.prefix):
        raise PrefixNotPossible(field="prefix")
    if facts.prefix.lower() in RESERVED:
        raise PrefixInUse(prefix=facts.prefix, where="系统页面", field="prefix")
    if known is None or known.prefix != facts.prefix:
        _check_prefix(facts.prefix, known)
    others = LedgerKind.objects.exclude(pk=known.pk) if known else LedgerKind.objects.all()
    if others.filter(name=facts.name).exists():
        raise NameInUse(name=facts.name, field="name")
    for text in (facts.name, facts.label):
        check_printable(text)
    for role in facts.audience:
        if role not in Role.values:
            raise AudienceUnknown(role=role, field="audience")


def _check_prefix(prefix: str, known: LedgerKind | None) -> None:
    """No number may be read as one of another book: neither by the letters alone nor with the mark of a desk."""
    taken = dict(TAKEN_ELSEWHERE)
    for register in registers():
        taken |= dict.fromkeys(register.prefixes, f"“{register.label}”")
    others = LedgerKind.objects.exclude(pk=known.pk) if known else LedgerKind.objects.all()
    taken |= {each.prefix: f"台账“{each.name}”" for each in others}
    marks = {"", *ServicePoint.objects.values_list("serial_mark", flat=True)}
    for other, where in taken.items():
        if any(other + mark == prefix or prefix + mark == other for mark in marks):
            raise PrefixInUse(prefix=prefix, where=where, field="prefix")
    if SerialCounter.objects.filter(prefix=prefix).exists():
        raise PrefixInUse(prefix=prefix, where="以前的登记", field="prefix")


def _columns(facts: KindFacts) -> dict[str, Any]:
    return {**vars(facts), "audience": list(facts.audience)}


@transaction.atomic
def create_kind(facts: KindFacts, *, by: Any) -> LedgerKind:
    """A new ledger, not yet in use: its form is laid out and published afterwards.

    Raises:
        PrefixNotPossible, PrefixInUse, NameInUse, NotPrintable, AudienceUnknown: a slip of the hand.
    """
    _check_kind(facts)
    service = facts.service if facts.service in OWN_SERVICES else Service.PLAIN
    kind = LedgerKind(code=facts.prefix.lower(), **(_columns(facts) | {"service": service}))
    kind._history_user = by
    kind.save()
    return kind


@transaction.atomic
def edit_kind(kind: LedgerKind, facts: KindFacts, *, by: Any, version: int | None = None) -> LedgerKind:
    """Call it otherwise, let others use it. Once something was written, number and way of working stay.

    Raises:
        PrefixIsFixed: the prefix, or what is done with an entry, cannot change any more.
        EditedMeanwhile, and the slips of `create_kind`.
    """
    is_other = (facts.prefix, facts.service) != (kind.prefix, kind.service)
    if is_other and (kind.is_built_in or LedgerEntry.objects.filter(kind=kind).exists()):
        raise PrefixIsFixed(field="prefix")
    _check_kind(facts, kind)
    amend(kind, by=by, version=version, **_columns(facts))
    return kind


@transaction.atomic
def save_draft(kind: LedgerKind, facts: FormFacts, *, by: Any, version: int | None = None) -> LedgerKind:
    """Keep a form that is being laid out; nothing uses it before it is published.

    Raises:
        The refusals of `check_form`.
        EditedMeanwhile: somebody else laid it out meanwhile.
    """
    fields = keyed(kind, facts.fields)
    # The manager names the field; it is kept by its key.
    summed = next((each.key for each in fields if each.label == facts.summary_by), facts.summary_by)
    facts = replace(facts, fields=fields, summary_by=summed)
    check_form(kind, facts)
    amend(kind, by=by, version=version, reason="编辑表单", draft=_kept(facts))
    return kind


def keyed(kind: LedgerKind, fields: Sequence[LedgerField]) -> list[LedgerField]:
    """New fields get keys that no version ever used; a key that is unknown or comes twice counts as none."""
    known = {each["key"] for version in kind.versions.all() for each in version.fields}
    known |= {each["key"] for each in (kind.draft or {}).get("fields", ())}
    used, found, place = set(known), [], 1
    given: set[str] = set()
    for each in fields:
        key = each.key if each.key in known and each.key not in given else ""
        while not key:
            candidate, place = f"f{place}", place + 1
            key = "" if candidate in used else candidate
        used.add(key)
        given.add(key)
        found.append(replace(each, key=key))
    return found


def _kept(facts: FormFacts) -> dict[str, Any]:
    return {
        "title": facts.title, "fields": [each.kept() for each in facts.fields], "signatures": list(facts.signatures),
        "footnotes": list(facts.footnotes), "summary_by": facts.summary_by,
    }


def form_of(kept: dict[str, Any]) -> FormFacts:
    """The form that a draft or a version keeps."""
    return FormFacts(
        title=kept["title"], fields=fields_of(kept["fields"]), signatures=kept["signatures"],
        footnotes=kept["footnotes"], summary_by=kept.get("summary_by", ""),
    )


def draft_version(kind: LedgerKind) -> LedgerVersion | None:
    """The form that a look at the paper shows: the draft as a version that is not saved, else the one in force."""
    if not kind.draft:
        return kind.current
    number = kind.current.number + 1 if kind.current else 1
    return LedgerVersion(kind=kind, number=number, at=timezone.now(), **_as_version(kind))


def _as_version(kind: LedgerKind) -> dict[str, Any]:
    assert kind.draft is not None
    used = {
        each["key"]: each["slot"] for version in kind.versions.order_by("number") for each in version.fields
        if each.get("slot")
    } if kind.pk else {}
    rest = {name: value for name, value in kind.draft.items() if name != "fields"}
    columns = version_columns(fields_of(kind.draft["fields"]), **rest)
    return {**columns, "fields": dealt(columns["fields"], used)}


@transaction.atomic
def publish_form(kind: LedgerKind, *, by: Any, note: str = "") -> LedgerVersion:
    """发布: the draft is the form of all further entries; older ones keep theirs. The first makes the ledger usable.

    Raises:
        NoDraft, NothingChanged: there is nothing to publish.
        The refusals of `check_form`.
    """
    kind = LedgerKind.objects.select_for_update(of=("self",)).select_related("current").get(pk=kind.pk)
    if not kind.draft:
        raise NoDraft
    check_form(kind, form_of(kind.draft))
    columns = _as_version(kind)
    if kind.current and kind.current.mark == columns["mark"]:
        raise NothingChanged(number=kind.current.number)
    version = LedgerVersion.objects.create(
        kind=kind, number=kind.versions.count() + 1, at=timezone.now(), by=by, note=note.strip()[:100], **columns
    )
    first: dict[str, Any] = {"is_active": True} if version.number == 1 else {}
    amend(kind, by=by, reason=f"发布第 {version.number} 版", current=version, draft=None, **first)
    return version


@transaction.atomic
def drop_draft(kind: LedgerKind, *, by: Any) -> LedgerKind:
    """Throw the draft away. Raises NoDraft."""
    if not kind.draft:
        raise NoDraft
    amend(kind, by=by, reason="放弃草稿", draft=None)
    return kind


@transaction.atomic
def switch_kind(kind: LedgerKind, *, is_active: bool, by: Any) -> LedgerKind:
    """启用 or 停用; what was written stays to be looked at. Raises NeverPublished."""
    if is_active and kind.current is None:
        raise NeverPublished(name=kind.name)
    amend(kind, by=by, reason="启用" if is_active else "停用", is_active=is_active)
    return kind


@transaction.atomic
def switch_on_preset(code: str, *, by: Any) -> LedgerKind:
    """A delivered ledger comes into use; where it was before, it is the same one again.

    Raises:
        KeyError: no ledger of that code is delivered.
        PrefixInUse, NameInUse: the manager's own has its letters or name.
    """
    preset = preset_of(code)
    if preset is None:
        raise KeyError(code)
    known = LedgerKind.objects.filter(code=code).first()
    if known is not None:
        return switch_kind(known, is_active=True, by=by)
    _check_kind(KindFacts(prefix=preset.prefix, name=preset.name, label=preset.label))
    kind = LedgerKind(**kind_columns(preset))
    kind._history_user = by
    kind.save()
    version = LedgerVersion.objects.create(
        kind=kind, number=1, at=timezone.now(), by=by, note="系统附带", **first_version(preset)
    )
    amend(kind, by=by, reason="启用系统附带的台账", current=version)
    return kind
