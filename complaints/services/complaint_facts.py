"""A complaint as it was typed, and what of it cannot be."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone

from complaints.choices import MONEY_DEMANDS, OUTSIDE_CHANNELS, Channel, Severity
from complaints.errors.complaints import (
    AmountWithoutDemand,
    BackDated,
    DeadlineBeforeStart,
    HappenedAfterTold,
    MajorNeedsReason,
    OutsideNumberNeeded,
    ReachableNeeded,
    ReasonNeedsMajor,
    ReceivedInFuture,
    WordsNeeded,
)
from complaints.models import Complaint
from complaints.services.actions import said
from complaints.services.kinds import check_category
from dutylog.services.enquiries import refuse_numbers
from servicedesk.services import preferences

TOLERANCE = dt.timedelta(minutes=1)
BACKDATE = "complaints.backdate_complaint"
LIST_MARK = "、"
# What others read besides those who handle it: no phone and no document number stands in it.
SHARED_TEXTS = ("words", "soothing", "evidence_note", "respondent_look", "respondent_merchant", "place_detail")


@dataclass(frozen=True, kw_only=True)
class ComplaintFacts:
    """What the visitor says and what is known. The first five are required, the rest may follow."""

    occurred_at: dt.datetime
    zone: Any
    category: str
    words: str
    is_reachable: bool | None
    received_at: dt.datetime
    subcategory: str = ""
    place_detail: str = ""
    severity: str = Severity.ORDINARY
    major_reasons: tuple[str, ...] = ()
    channel: str = Channel.VISIT
    outside_number: str = ""
    outside_due_at: dt.datetime | None = None
    visitor_name: str = ""
    sex: str = ""
    phone: str = ""
    document_number: str = ""
    contact_address: str = ""
    origin: str = ""
    party_size: int | None = None
    group_info: str = ""
    ticket_number: str = ""
    language: str = "zh"
    respondent_department: Any = None
    respondent_merchant: str = ""
    respondent_person: Any = None
    respondent_look: str = ""
    demands: tuple[str, ...] = ()
    demand_amount: Decimal | None = None
    evidence: tuple[str, ...] = ()
    evidence_note: str = ""
    soothing: str = ""
    signature_means: str = ""
    signature_image: str = ""


NOT_COLUMNS = {"signature_means", "signature_image", "outside_due_at"}
LISTS = {"major_reasons", "demands", "evidence"}


def columns_of(facts: ComplaintFacts) -> dict[str, Any]:
    """The facts as columns, lists as words with marks between."""
    found = {}
    for name, value in vars(facts).items():
        if name in NOT_COLUMNS:
            continue
        if name in LISTS:
            value = LIST_MARK.join(value)
        found[name] = value.strip() if isinstance(value, str) else value
    return found


def listed(text: str) -> list[str]:
    """The words of a list that is kept as one text."""
    return [word for word in text.split(LIST_MARK) if word]


def check_facts(
    facts: ComplaintFacts, *, by: Any, kept: Complaint | None = None, known: tuple[str, str] = ("", "")
) -> None:
    """Refuse what is missing or cannot be. `kept` is the record that is put right, `known` a kind that the record it
    comes from has, be it in the setting or not.
    """
    if not facts.words.strip():
        raise WordsNeeded(field="words")
    if facts.is_reachable is None:
        raise ReachableNeeded(field="is_reachable")
    check_category(facts.category, facts.subcategory, (kept.category, kept.subcategory) if kept else known)
    for field in SHARED_TEXTS:
        refuse_numbers(getattr(facts, field), field)
    _check_moments(facts, by=by, kept=kept)
    _check_outside(facts)
    check_severity(facts.severity, facts.major_reasons)
    if facts.demand_amount is not None and not MONEY_DEMANDS & set(facts.demands):
        raise AmountWithoutDemand(field="demand_amount")


def _check_moments(facts: ComplaintFacts, *, by: Any, kept: Complaint | None) -> None:
    now = timezone.now()
    for field, label in (("received_at", "反映时间"), ("occurred_at", "发生时间")):
        if getattr(facts, field) > now + TOLERANCE:
            raise ReceivedInFuture(label=label, at=said(getattr(facts, field)), field=field)
    if facts.occurred_at.replace(second=0, microsecond=0) > facts.received_at:
        raise HappenedAfterTold(
            happened=said(facts.occurred_at), told=said(facts.received_at), field="occurred_at"
        )
    hours = preferences.value("complaints.backdate_hours")
    entered = kept.created_at if kept else now
    moved = kept is None or facts.received_at.replace(second=0, microsecond=0) != kept.received_at.replace(
        second=0, microsecond=0
    )
    is_old = entered - facts.received_at > dt.timedelta(hours=hours)
    if moved and is_old and not by.has_perm(BACKDATE):
        raise BackDated(hours=hours, field="received_at")


def _check_outside(facts: ComplaintFacts) -> None:
    if facts.channel not in OUTSIDE_CHANNELS:
        return
    if not facts.outside_number.strip():
        raise OutsideNumberNeeded(channel=Channel(facts.channel).label, field="outside_number")
    if facts.outside_due_at is not None and facts.outside_due_at < facts.received_at:
        raise DeadlineBeforeStart(at=said(facts.outside_due_at), field="outside_due_at")


def check_severity(severity: str, reasons: tuple[str, ...]) -> None:
    """A major one says why; no other has such a reason."""
    if severity == Severity.MAJOR and not reasons:
        raise MajorNeedsReason(field="major_reasons")
    if severity != Severity.MAJOR and reasons:
        raise ReasonNeedsMajor(field="severity")
