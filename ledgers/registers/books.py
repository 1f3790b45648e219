"""The book of each ledger, made from its kind and the version in force; and the book of them all."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet

from dutylog.services.figures import add_counter
from ledgers.choices import ENDED_LABEL, STOCKED, TOLD_LABEL, WITH_DUE, EntryState, FieldType, Service
from ledgers.definitions import LedgerField
from ledgers.filters.entries import AllLedgersFilter, filter_of
from ledgers.models import LedgerEntry, LedgerKind
from ledgers.models.kinds import all_kinds
from ledgers.services.figures import of_ledgers
from ledgers.services.values import names_of
from servicedesk.register import (
    Column,
    Register,
    RegisterFamily,
    SavedView,
    add_register,
    add_register_family,
)
from servicedesk.services.search import Words

APP, ADDRESS = "ledgers", "entry"
SHOWN_FIELDS = 6
MOST_BOOKS = 200
LINKS = (
    "service_point", "created_by", "kind", "kind_version", "thing", "told_person", "ended_by",
)
_books: dict[tuple, Register] = {}


def title(entry: LedgerEntry) -> str:
    """`黑色双肩包 · 2 · 张*`."""
    return entry.summary or entry.kind.name


def words(entry: LedgerEntry) -> Words:
    fields = entry.kind_version.columns
    plain = [entry.said(f) for f in fields if not f.is_sealed and f.type not in (FieldType.NAME, FieldType.ZONE)]
    places = [entry.said(f) for f in fields if f.type in (FieldType.ZONE, FieldType.STAFF)]
    things = [entry.thing.name] if entry.thing else []
    people = [entry.told_person.name] if entry.told_person else []
    return Words(
        texts=[entry.kind.name, *plain, entry.result], names=[*names_of(entry), *places, *things, *people],
        numbers=list(entry.numbers.values()),
    )


def book_key(kind: LedgerKind) -> str:
    return f"ledger-{kind.code}"


def book_of(kind: LedgerKind) -> Register:
    """The register of a ledger; made once for each version and name of it."""
    signature = (
        kind.pk, kind.code, kind.prefix, kind.name, kind.label, kind.icon, kind.service, kind.is_active,
        tuple(kind.audience), kind.current.mark if kind.current else "",
    )
    if signature not in _books:
        if len(_books) >= MOST_BOOKS:
            _books.clear()
        _books[signature] = _made(kind)
    return _books[signature]


def books() -> list[Register]:
    """The registers of all ledgers that were ever published."""
    return [book_of(kind) for kind in all_kinds() if kind.current is not None]


def _made(kind: LedgerKind) -> Register:
    fields = kind.current.columns if kind.current else ()
    key = book_key(kind)
    return Register(
        key=key, app=APP, model=LedgerEntry, label=kind.label, icon=kind.icon, prefixes=(kind.prefix,),
        happened_at="happened_at", order=("-happened_at", "-pk"), related=LINKS, only=Q(kind=kind.pk),
        address=ADDRESS, address_args=(kind.code,), audience=kind.is_open_to,
        columns=columns_of(kind, fields), filterset=filter_of(kind, fields, key), title=title, words=words,
        papers=(key, f"{key}-slip") if kind.service == Service.DEPOSIT else (key,),
        ledgers=(f"{key}-month", *((f"{key}-summary",) if kind.current and kind.current.summary_by else ())),
        views=_views(kind), create_name=f"{APP}:entry_create" if kind.is_active else "", in_rail=kind.is_active,
        empty_text=f"{kind.name}在这里,一笔一行;点“登记”写第一笔。", badge=_badge(kind),
    )


def columns_of(kind: LedgerKind, fields: tuple[LedgerField, ...]) -> tuple[Column, ...]:
    """Number and time, what the ledger works with, its own fields, and how it ended."""
    listed = [field for field in fields if field.in_list][:SHOWN_FIELDS]
    own = [_column(field, is_shown=field in listed) for field in fields]
    return (
        Column(key="number", label="编号", kind="serial", order_by=("number",), width=20),
        Column(key="happened_at", label="时间", kind="datetime", order_by=("happened_at",), width=17),
        *_working(kind), *own, *_ending(kind),
        Column(key="created_by", label="登记人", value="created_by.name", width=10, shown=len(listed) < SHOWN_FIELDS),
        Column(key="result", label="结果", width=24, shown=False),
        Column(key="state", label="状态", kind="state", value="get_state_display"),
    )


def _column(field: LedgerField, *, is_shown: bool) -> Column:
    def read(entry: LedgerEntry) -> Any:
        return field.shown(entry.value(field))

    def full(entry: LedgerEntry) -> Any:
        return entry.said(field)

    long = field.type == FieldType.LONG
    return Column(
        key=f"v_{field.key}", label=field.label, kind=field.excel_kind, value=read,
        full=full if field.is_private else None, order_by=(f"slot_{field.slot}", "-pk") if field.slot else (),
        shown=is_shown and not long, width=40 if long else 14,
    )


def _working(kind: LedgerKind) -> list[Column]:
    found = []
    if kind.service in STOCKED:
        found += [
            Column(key="thing", label="物品", kind="link", value="thing.name", width=14),
            Column(key="quantity", label="数量", kind="number", width=6),
        ]
    if kind.service in TOLD_LABEL:
        who = TOLD_LABEL[Service(kind.service)]
        found.append(Column(key="told_person", label=who, value="told_person.name", width=10))
    return found


def _ending(kind: LedgerKind) -> list[Column]:
    found = []
    if kind.service in WITH_DUE:
        found.append(Column(key="due_at", label="期限", kind="datetime", order_by=("due_at", "-pk"), width=17))
    if kind.service == Service.LOAN:
        found += [
            Column(key="deposit", label="押金", kind="money", width=10, shown=False),
            Column(key="held_document", label="押证件", width=10, shown=False),
            Column(key="deposit_returned", label="退还押金", kind="money", width=10, shown=False),
            Column(key="is_damaged", label="有损坏", kind="yesno", width=8, shown=False),
        ]
    if kind.service == Service.DEPOSIT:
        found.append(Column(key="proof", label="取件凭证", value="get_proof_display", width=16, shown=False))
    if kind.service == Service.VISIT:
        found += [
            Column(key="told_at", label="告知时间", kind="datetime", width=17, shown=False),
            Column(key="received_at", label="接待时间", kind="datetime", width=17, shown=False),
        ]
    if kind.service in ENDED_LABEL:
        found += [
            Column(key="ended_at", label=ENDED_LABEL[Service(kind.service)], kind="datetime", width=17, shown=False),
            Column(key="ended_by", label="经手人", value="ended_by.name", width=10, shown=False),
        ]
    return found


def _views(kind: LedgerKind) -> tuple[SavedView, ...]:
    if kind.service in (Service.PLAIN, Service.GIFT):
        return (SavedView(label="全部", query="all=1"), SavedView(label="作废", query="state=void"))
    first, late = str(kind.states[0].label), "过夜未取" if kind.service == Service.DEPOSIT else "已过期限"
    views = [SavedView(label="全部", query="all=1"), SavedView(label=first, query=f"state={kind.states[0]}")]
    if kind.service in WITH_DUE:
        query = "wait=overnight" if kind.service == Service.DEPOSIT else "wait=late"
        views.append(SavedView(label=late, query=query))
    return (*views, SavedView(label="作废", query="state=void"))


def _badge(kind: LedgerKind) -> Callable[[Any], QuerySet] | None:
    """What waits in a ledger: late, overnight, not read out, for this person."""
    rows = LedgerEntry.objects.filter(kind=kind.pk)
    asked: dict[str, Callable[[Any], QuerySet]] = {
        Service.DUE: lambda user: rows.visible_to(user).overdue(),
        Service.LOAN: lambda user: rows.visible_to(user).overdue(),
        Service.DEPOSIT: lambda user: rows.visible_to(user).overnight(),
        Service.BROADCAST: lambda user: rows.visible_to(user).filter(state=EntryState.WAITING),
        Service.MESSAGE: lambda user: rows.filter(state=EntryState.UNTOLD, told_person=user),
    }
    return asked.get(kind.service)


add_counter(of_ledgers)
FAMILY = add_register_family(RegisterFamily(
    model=LedgerEntry, members=books, of=lambda entry: book_of(entry.kind),
))
ALL = add_register(Register(
    key="ledgerentry", app=APP, model=LedgerEntry, label="全部台账", icon="journals", happened_at="happened_at",
    columns=(
        Column(key="number", label="编号", kind="serial", order_by=("number",), width=20),
        Column(key="happened_at", label="时间", kind="datetime", order_by=("happened_at",), width=17),
        Column(key="kind", label="台账", value="kind.name", width=14),
        Column(key="summary", label="内容", kind="link", width=40),
        Column(key="due_at", label="期限", kind="datetime", width=17, shown=False),
        Column(key="result", label="结果", width=24, shown=False),
        Column(key="created_by", label="登记人", value="created_by.name", width=10),
        Column(key="state", label="状态", kind="state", value="get_state_display"),
    ),
    filterset=AllLedgersFilter, title=title, words=words, order=("-happened_at", "-pk"), related=LINKS,
    views=(
        SavedView(label="全部", query="all=1"), SavedView(label="还没办完", query="wait=open"),
        SavedView(label="已过期限", query="wait=late"), SavedView(label="找我的", query="wait=mine"),
    ),
    empty_text="寄存、借用、广播、赠品、来访、转告和自设台账的登记都在这里。",
))
