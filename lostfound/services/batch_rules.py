"""Which items a batch may take, and in plain words why it leaves out the others."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch, Q
from django.utils import timezone

from lostfound.choices import (
    OPEN_CLAIM_STATES,
    BatchKind,
    DisposalMethod,
    ItemState,
    MatchState,
    ReportState,
    TermEnd,
)
from lostfound.models import BatchLine, Claim, FoundItem, Match
from lostfound.services.clocks import desk_term_is_over, legal_term_is_over
from servicedesk.models import ServicePoint

_LEAVING_FROM = {
    BatchKind.FINANCE: (ItemState.IN_CUSTODY,),
    BatchKind.POLICE: (ItemState.IN_CUSTODY,),
    BatchKind.DISPOSAL: (ItemState.IN_CUSTODY, ItemState.FINANCE),
}
DISPOSAL_METHODS = (
    DisposalMethod.DESTROYED, DisposalMethod.TO_FINDER, DisposalMethod.DONATED, DisposalMethod.SOLD,
    DisposalMethod.OTHER,
)


@dataclass(frozen=True)
class LeftOut:
    """An item that stays, and the sentence that says why."""

    item: FoundItem
    why: str


@dataclass
class Preview:
    """Everything a batch would take now, everything it would leave."""

    kind: str
    takes: list[FoundItem] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)


def bound_for(kind: str) -> Q:
    """Items whose category ends in a batch of this kind (rules: the category table)."""
    if kind == BatchKind.FINANCE:
        return Q(category__term_end=TermEnd.FINANCE, category__is_forbidden=False)
    if kind == BatchKind.POLICE:
        return Q(category__term_end=TermEnd.POLICE) | Q(category__is_forbidden=True)
    return Q(state=ItemState.FINANCE) | Q(
        category__term_end__in=[TermEnd.DESTROY, TermEnd.DISPOSE], category__is_forbidden=False
    )


def candidates(kind: str, point: ServicePoint):
    """Items of a desk that the kind of batch is about, with all that the judgement reads."""
    states = [*_LEAVING_FROM[BatchKind(kind)], ItemState.CLAIMING]
    return judged(FoundItem.objects.filter(bound_for(kind), service_point=point, state__in=states).order_by("number"))


def judged(items):
    """The query set with category, place, open claims, open matches and running lines at hand."""
    searching = [ReportState.OPEN, ReportState.MATCHED]
    return items.select_related("category", "storage", "holder", "service_point").prefetch_related(
        Prefetch("claims", Claim.objects.filter(state__in=OPEN_CLAIM_STATES), to_attr="open_claims"),
        Prefetch(
            "matches",
            Match.objects.filter(
                state__in=[MatchState.SUGGESTED, MatchState.CONFIRMED], report__state__in=searching
            ).select_related("report"),
            to_attr="open_matches",
        ),
        Prefetch("batch_lines", BatchLine.objects.to_do().select_related("batch"), to_attr="running_lines"),
    )


def why_left_out(item: Any, kind: str, *, within: int | None = None, at: dt.datetime | None = None) -> str:
    """Why an item of `judged` cannot leave by this kind of batch; empty when it can.

    `within` is the batch the item already stands in, which then does not count against it.
    """
    now = at or timezone.now()
    return (
        _why_bound(item, kind)
        or next((f"已在 {line.batch.number} 中。" for line in item.running_lines if line.batch_id != within), "")
        or _why_too_early(item, kind, now)
    )


def _why_bound(item: Any, kind: str) -> str:
    if item.is_on_hold:
        return f"已冻结({item.hold_reason or '未写原因'})。"
    if item.open_claims:
        return f"有未结的认领 {item.open_claims[0].number}。"
    if item.state not in _LEAVING_FROM[BatchKind(kind)]:
        return f"现在是“{item.get_state_display()}”。"
    if item.open_matches and not item.category.is_forbidden:
        return f"可能是失物登记 {item.open_matches[0].report.number},请先核对匹配。"
    return ""


def _why_too_early(item: Any, kind: str, now: dt.datetime) -> str:
    if not desk_term_is_over(item, now):
        return f"本处保管到 {item.desk_due_on:%Y-%m-%d},还没有到期。" if item.desk_due_on else "保管期没有起算。"
    if kind != BatchKind.DISPOSAL or not needs_legal_term(item) or legal_term_is_over(item, now):
        return ""
    if item.legal_due_on is None:
        return "还没有公告,法定期没有起算。"
    return f"法定期到 {item.legal_due_on:%Y-%m-%d},还没有期满。"


def needs_legal_term(item: FoundItem) -> bool:
    """Food and flowers cannot wait for the legal year; everything else does."""
    return item.category.term_end != TermEnd.DESTROY


def preview_batch(kind: str, point: ServicePoint, at: dt.datetime | None = None) -> Preview:
    """What a batch of `kind` would take at this moment, and what it would leave out with why. Changes nothing."""
    preview = Preview(kind=kind)
    for item in candidates(kind, point):
        why = why_left_out(item, kind, at=at)
        if why:
            preview.left_out.append(LeftOut(item, why))
        else:
            preview.takes.append(item)
    return preview


def usual_method(kind: str, item: FoundItem) -> str:
    """The way an item of a batch ends when nobody chooses another."""
    if kind == BatchKind.FINANCE:
        return DisposalMethod.TO_FINANCE
    if kind == BatchKind.POLICE:
        return DisposalMethod.TO_POLICE
    return DisposalMethod.DESTROYED if item.category.term_end == TermEnd.DESTROY else ""


def methods_for(kind: str) -> tuple[str, ...]:
    """The ways that may be chosen on a line."""
    if kind == BatchKind.DISPOSAL:
        return DISPOSAL_METHODS
    return (usual_method(kind, FoundItem()),)

