"""What the small ledgers keep of people, and how long: each ledger has its own term."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from ledgers.choices import OPEN_STATES, FieldType
from ledgers.models import LedgerEntry
from ledgers.models.entries import numbers_in
from ledgers.models.kinds import all_kinds
from servicedesk.personal_data import PersonalData, Table, add_personal_data, term_began


def old_entries(moment: dt.datetime) -> QuerySet:
    """Past the term of their ledger; what is still out, kept or waiting stays."""
    past = Q(pk=None)
    for kind in all_kinds():
        past |= Q(kind=kind.pk, happened_at__lt=term_began(moment, kind.retention_months))
    return LedgerEntry.objects.filter(past, anonymised_at=None).exclude(state__in=OPEN_STATES)


def words_of(row: Any) -> Iterable[str]:
    """Names and numbers in a row of the table or of its history."""
    names = {f.key for f in row.kind_version.columns if f.type == FieldType.NAME} if row.kind_version_id else set()
    said = [value for key, value in (row.personal or {}).items() if key in names and isinstance(value, str)]
    return [*said, *numbers_in(row.sealed).values()]


def rule() -> str:
    """`寄存 3 个月、便民借用 3 个月…`."""
    terms = "、".join(f"{kind.label} {kind.retention_months}" for kind in all_kinds() if kind.current is not None)
    return f"登记满(个月):{terms};没办完的不清"


add_personal_data(PersonalData(
    key="ledgerentry", label="台账", model=LedgerEntry, old=old_entries, rule=rule, words_of=words_of,
    tables=(
        Table(
            model=LedgerEntry, emptied=("personal", "sealed"), scrubbed=("result", "void_reason"),
        ),
    ),
))
