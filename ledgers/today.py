"""What the small ledgers tell the start page: what should be back, bags of the night, messages, starts."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from ledgers.choices import EntryState, Service
from ledgers.models import LedgerEntry, LedgerKind, StockThing
from ledgers.models.kinds import all_kinds
from ledgers.registers.books import book_of
from servicedesk.services.asking import Tally
from servicedesk.services.today import Alarm, Named, Number, Start, Waiting, sources
from servicedesk.templatetags.said import when

URGENT, SOON = "cinnabar", "ochre"
MOST_NAMED = 5
CHANGE = "ledgers.change_ledgerentry"


def in_use(user: Any) -> list[LedgerKind]:
    """The ledgers that a person's roles use now."""
    return [kind for kind in all_kinds() if kind.is_active and kind.current is not None and kind.is_open_to(user)]


def waiting(user: Any) -> Sequence[Named | Alarm]:
    """What lies there for the person themselves, whoever they are; and what their desk should see to."""
    found: list[Named | Alarm] = [_for_me(user)]
    if not user.has_perm(CHANGE):
        return found
    rows = LedgerEntry.objects.visible_to(user)
    for kind in in_use(user):
        found += _of_kind(kind, rows.filter(kind=kind.pk))
    if user.has_perm("ledgers.change_stockthing"):
        low = StockThing.objects.visible_to(user).low()
        page = f"{reverse('ledgers:stockthing_list')}?low=1"
        found.append(_alarm(low, "{count} 种用品、赠品不够了", "去看库存", page, oldest=""))
    return found


def _for_me(user: Any) -> Named:
    rows = LedgerEntry.objects.filter(told_person=user.pk, state__in=[EntryState.UNTOLD, EntryState.ARRIVED])
    mine = rows.select_related("kind", "service_point").order_by("happened_at")[:MOST_NAMED]

    def say(found: list[LedgerEntry]) -> list[Waiting]:
        return [
            Waiting(
                sentence=f"有人托转告您 {entry}" if entry.state == EntryState.UNTOLD
                else f"有来访在{entry.service_point}等您 {entry}",
                button="去看", url=reverse("ledgers:entry_own", args=[entry.pk]), age=when(entry.happened_at),
                tone=SOON if entry.state == EntryState.UNTOLD else URGENT, weight=6,
            )
            for entry in found
        ]

    return Named(lists=[mine], say=say)


def _of_kind(kind: LedgerKind, rows: Any) -> list[Alarm]:
    page = reverse("ledgers:entry_list", args=[kind.code])
    if kind.service == Service.DEPOSIT:
        return [
            _alarm(rows.overnight(), "{count} 件寄存过夜未取", "去处理", f"{page}?wait=overnight", tone=URGENT),
            _alarm(rows.late_today(), "{count} 件寄存过了应取时间", "去联系", f"{page}?wait=unfetched"),
        ]
    if kind.service == Service.LOAN:
        return [_alarm(rows.overdue(), "{count} 件便民用品该还没还", "去催还", f"{page}?wait=late", tone=URGENT)]
    if kind.service == Service.DUE:
        return [_alarm(rows.overdue(), f"{{count}} 笔{kind.name}已过期限", "去办理", f"{page}?wait=late")]
    if kind.service == Service.BROADCAST:
        return [_alarm(rows.filter(state=EntryState.WAITING), "{count} 条广播还没播", "去播报", f"{page}?state=waiting",
                       tone=URGENT)]
    return []


def _alarm(rows: QuerySet, sentence: str, button: str, url: str, *, tone: str = SOON,
           oldest: str = "happened_at") -> Alarm:
    def line(tally: Tally) -> Waiting:
        age = f"最早 {when(tally.oldest)}" if tally.oldest else ""
        return Waiting(sentence=sentence.format(count=tally.count), button=button, url=url, age=age, tone=tone,
                       weight=tally.count)

    return Alarm(rows=rows, line=line, oldest=oldest)


def numbers(user: Any) -> list[Number]:
    """How many bags and things are out now."""
    if not user.has_perm(CHANGE):
        return []
    rows = LedgerEntry.objects.visible_to(user).out()
    return [Number(label="寄存、借出中", rows=rows, url=f"{reverse('ledgers:ledgerentry_list')}?wait=out")]


# The keys of what a clerk with a queue starts most.
KEYS = {Service.DEPOSIT: "Alt+7", Service.LOAN: "Alt+9", Service.GIFT: "Alt+0"}


def starts(user: Any) -> list[Start]:
    found = []
    for kind in in_use(user):
        if (key := KEYS.get(Service(kind.service))) and book_of(kind).create_name:
            found.append(Start(label=kind.name, key=key, icon=kind.icon, permission="ledgers.add_ledgerentry", order=20,
                               url=reverse("ledgers:entry_create", args=[kind.code])))
        if kind.service == Service.DEPOSIT:
            found.append(Start(label="寄存取件", key="Alt+8", icon="box-arrow-right", permission=CHANGE, order=21,
                               url=reverse("ledgers:entry_slip", args=[kind.code])))
    return found


sources.waiting.append(waiting)
sources.numbers.append(numbers)
sources.starts.append(starts)
