"""What an entry's page shows, in the order of its form, and what can be done with it now."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from ledgers.choices import ENDED_LABEL, STOCKED, TOLD_LABEL, EntryState, FieldType, Service, Width
from ledgers.models import LedgerEntry
from servicedesk.models import SearchEntry
from servicedesk.register import defined_registers, registers
from servicedesk.templatetags.said import when
from servicedesk.views.facts import fact, first_is_primary, step

CHANGE, VOID, CLOSE = (f"ledgers.{verb}_ledgerentry" for verb in ("change", "void", "close"))
REVEAL = "servicedesk.reveal_personal"
ABOUT = "about"


def questions_of(entry: LedgerEntry, user: Any) -> dict[str, QuerySet]:
    """Readings, and the record of another book that the entry speaks of."""
    found: dict[str, QuerySet] = {}
    if entry.service == Service.BROADCAST:
        found["readings"] = entry.readings.select_related("by").order_by("at", "pk")
    number = str((entry.values or {}).get(ABOUT, "")).strip().upper()
    if number:
        rows = SearchEntry.objects.filter(number=number)
        if not user.has_perm("servicedesk.see_all_points"):
            rows = rows.filter(service_point__in=user.service_points.all())
        found["about"] = rows
    return found


def fact_groups(entry: LedgerEntry, user: Any, found: dict[str, list[Any]]) -> list[dict]:
    rows = [fact("时间", when(entry.happened_at)), *_working(entry)]
    for field in entry.kind_version.columns:
        reveal = ""
        if field.is_sealed and entry.numbers.get(field.key) and user.has_perm(REVEAL):
            reveal = reverse("ledgers:entry_reveal", args=[entry.kind.code, entry.pk, field.key])
        kind = "long" if field.type == FieldType.LONG else "wide" if field.width == Width.FULL else ""
        kind = "phone" if field.is_sealed else kind
        said = entry.said_masked(field) if field.is_sealed else entry.said(field)
        url = _about_url(user, found) if field.key == ABOUT else ""
        rows.append(fact(field.label, said, kind, reveal_url=reveal, url=url))
    return [{"title": entry.kind.name, "rows": rows}, {"title": "办理", "rows": _ending(entry, found)}]


def _about_url(user: Any, found: dict[str, list[Any]]) -> str:
    for hit in found.get("about", []):
        for book in (*registers(), *defined_registers()):
            if book.key == hit.register and book.is_open_to(user):
                return book.detail_url(hit.object_id)
    return ""


def _working(entry: LedgerEntry) -> list[dict]:
    rows = []
    if entry.service in STOCKED:
        rows.append(fact("物品", entry.amount))
    if entry.service in TOLD_LABEL:
        rows.append(fact(TOLD_LABEL[entry.service], entry.told_person))
    if entry.due_at:
        rows.append(fact("期限", when(entry.due_at)))
    if entry.service == Service.LOAN:
        rows += [fact("押金", entry.deposit, "money"), fact("押证件", entry.held_document or "不押")]
    return rows


def _ending(entry: LedgerEntry, found: dict[str, list[Any]]) -> list[dict]:
    rows = [fact("登记人", entry.created_by), fact("登记时间", when(entry.created_at))]
    if entry.service == Service.BROADCAST:
        planned = (entry.values or {}).get("planned")
        rows.append(fact("已播", f"{len(found.get('readings', []))} 遍" + (f",计划 {planned} 遍" if planned else "")))
    if entry.told_at:
        rows.append(fact("告知时间", when(entry.told_at)))
    if entry.received_at:
        rows.append(fact("接待时间", when(entry.received_at)))
    if entry.ended_at:
        rows += [fact(ENDED_LABEL.get(entry.service, "办结时间"), when(entry.ended_at)), fact("经手人", entry.ended_by)]
    if entry.proof:
        rows.append(fact("取件凭证", entry.get_proof_display()))
    if entry.witness:
        rows.append(fact("复核人", entry.witness))
    if entry.deposit_returned is not None:
        rows.append(fact("退还押金", entry.deposit_returned, "money"))
    if entry.is_damaged:
        rows.append(fact("有损坏", entry.is_damaged))
    for label, text in (("结果", entry.result), ("作废原因", entry.void_reason)):
        if text:
            rows.append(fact(label, text, "wide"))
    return rows


def steps_of(entry: LedgerEntry, user: Any) -> list[dict[str, Any]]:
    """The buttons that fit the state and the person."""
    return first_is_primary([each for each in _possible(entry, user) if user.has_perm(each.pop("right"))])


def _possible(entry: LedgerEntry, user: Any) -> list[dict[str, Any]]:
    edit = _step(entry, "补充", "edit", "pencil-square")
    void = _step(entry, "作废", "void", "slash-circle", right=VOID, tone="cinnabar")
    state = entry.state
    if state in (EntryState.FILED, EntryState.ISSUED):
        return [edit, void]
    next_steps = {
        EntryState.OPEN: [_step(entry, "办结", "finish", "check2")],
        EntryState.WAITING: [_step(entry, "播报一遍", "read", "broadcast"), _step(entry, "播完", "end", "check2")],
        EntryState.READ: [_step(entry, "再播一遍", "read", "broadcast"), _step(entry, "播完", "end", "check2")],
        EntryState.OUT: [_step(entry, "归还", "return", "box-arrow-in-left"),
                         _step(entry, "未还结案", "close", "exclamation-triangle", right=CLOSE)],
        EntryState.KEPT: [_step(entry, "取走", "give", "box-arrow-right"),
                          _step(entry, "转拾物", "handover", "arrow-return-right", right=CLOSE)],
        EntryState.ARRIVED: [_step(entry, "已接待", "begin", "person-check", method="post"),
                             _step(entry, "再次告知", "tell", "bell", method="post"),
                             _step(entry, "离开", "leave", "door-open", method="post")],
        EntryState.RECEIVED: [_step(entry, "离开", "leave", "door-open", method="post")],
        EntryState.UNTOLD: _known(entry, user),
    }
    found = next_steps.get(EntryState(state))
    if found is None:
        return []
    # What was read out or met has happened: it is not voided any more.
    return [*found, edit] if state in (EntryState.READ, EntryState.RECEIVED) else [*found, edit, void]


def _known(entry: LedgerEntry, user: Any) -> list[dict[str, Any]]:
    if entry.told_person_id != user.pk:
        return []
    return [step("知悉", reverse("ledgers:entry_know", args=[entry.pk]), "check2", right="ledgers.view_ledgerentry",
                 method="post")]


def _step(entry: LedgerEntry, label: str, name: str, icon: str, *, right: str = CHANGE, **more: Any) -> dict[str, Any]:
    url = reverse(f"ledgers:entry_{name}", args=[entry.kind.code, entry.pk])
    return step(label, url, icon, right=right, **more)
