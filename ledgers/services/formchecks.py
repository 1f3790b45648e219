"""What a ledger's form may look like: each slip of the manager's hand is one sentence."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from ledgers.choices import CHOICE_TYPES, FieldType
from ledgers.definitions import LedgerField
from ledgers.errors.kinds import (
    ChoicesNeeded,
    FieldIsFixed,
    LabelNeeded,
    LabelTooLong,
    LabelTwice,
    NoFields,
    NotPrintable,
    NotSummable,
    TooManyChoices,
    TooManyColumns,
    TooManyFields,
    TooManyNotes,
    TypeChanged,
)
from ledgers.models import LedgerKind
from ledgers.presets import BUILT_IN

MOST_FIELDS, MOST_COLUMNS = 40, 10
LONGEST_LABEL, LONGEST_HELP = 20, 40
MOST_CHOICES, LONGEST_CHOICE = 20, 20
MOST_SIGNATURES, LONGEST_SIGNATURE = 6, 10
MOST_NOTES, LONGEST_NOTE = 6, 120
LAST_PLANE = 0xFFFF
PICTURES = range(0x2600, 0x27C0)
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


@dataclass(frozen=True, kw_only=True)
class FormFacts:
    """The form of a ledger as the manager lays it out."""

    title: str
    fields: Sequence[LedgerField]
    signatures: Sequence[str] = field(default=())
    footnotes: Sequence[str] = field(default=())
    summary_by: str = ""


def check_form(kind: LedgerKind, facts: FormFacts) -> None:
    """Raises the refusal of the first slip."""
    fields = facts.fields
    if not fields:
        raise NoFields
    if len(fields) > MOST_FIELDS:
        raise TooManyFields(limit=MOST_FIELDS, count=len(fields))
    seen: set[str] = set()
    for order, each in enumerate(fields, start=1):
        _check_field(order, each)
        if each.label in seen:
            raise LabelTwice(label=each.label)
        seen.add(each.label)
    in_table = sum(each.in_table for each in fields)
    if in_table > MOST_COLUMNS:
        raise TooManyColumns(limit=MOST_COLUMNS, count=in_table)
    _check_known(kind, fields)
    _check_lines("签字栏", facts.signatures, MOST_SIGNATURES, LONGEST_SIGNATURE)
    _check_lines("表尾说明", facts.footnotes, MOST_NOTES, LONGEST_NOTE)
    check_printable(facts.title)
    by = next((each for each in fields if each.key == facts.summary_by), None)
    if facts.summary_by and (by is None or by.type not in (FieldType.CHOICE, FieldType.YESNO) or by.is_private):
        raise NotSummable(field="summary_by")


def _check_field(order: int, each: LedgerField) -> None:
    label = each.label
    if not label:
        raise LabelNeeded(order=order)
    if len(label) > LONGEST_LABEL:
        raise LabelTooLong(label=label[:10], limit=LONGEST_LABEL)
    check_printable(label)
    check_printable(each.help)
    if each.type not in CHOICE_TYPES:
        return
    if len(each.choices) < 2:
        raise ChoicesNeeded(label=label)
    is_long = any(len(choice) > LONGEST_CHOICE for choice in each.choices)
    if len(each.choices) > MOST_CHOICES or is_long or len(set(each.choices)) < len(each.choices):
        raise TooManyChoices(label=label, limit=MOST_CHOICES, length=LONGEST_CHOICE)
    for choice in each.choices:
        check_printable(choice)


def check_printable(text: str) -> None:
    """Raises NotPrintable: pictures and unseen signs would be boxes on paper."""
    for sign in text:
        is_picture = ord(sign) > LAST_PLANE and unicodedata.category(sign) in ("So", "Sk", "Mn")
        if is_picture or ord(sign) in PICTURES or unicodedata.category(sign) in UNSEEN or 0xFE00 <= ord(sign) <= 0xFE0F:
            raise NotPrintable(text=text[:20])


def _check_lines(what: str, lines: Sequence[str], most: int, longest: int) -> None:
    if len(lines) > most or any(len(line) > longest for line in lines):
        raise TooManyNotes(what=what, limit=most, length=longest)
    for line in lines:
        check_printable(line)


def _check_known(kind: LedgerKind, fields: Sequence[LedgerField]) -> None:
    """A field keeps its type through the versions; one that the desk works by stays."""
    types = types_of(kind)
    for each in fields:
        if each.key in types and types[each.key] != each.type:
            raise TypeChanged(label=each.label)
    by_key = {each.key: each for each in fields}
    for needed in fixed_fields(kind):
        if not (by_key.get(needed.key) and by_key[needed.key].is_required):
            raise FieldIsFixed(label=needed.label)


def types_of(kind: LedgerKind) -> dict[str, str]:
    """The type of every field that a version of a ledger ever had."""
    if kind.pk is None:
        return {}
    return {each["key"]: each["type"] for version in kind.versions.all() for each in version.fields}


def fixed_fields(kind: LedgerKind) -> list[LedgerField]:
    """The required fields of one of the desk's six: its steps and papers work by them."""
    preset = next((each for each in BUILT_IN if each.code == kind.code), None)
    return [each for each in preset.fields if each.is_required] if preset and kind.is_built_in else []
