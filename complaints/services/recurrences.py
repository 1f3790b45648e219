"""A case that comes again while its kind and place are being put right, or soon after: the 整改 hears of it.

Called with every case that is written down, in its transaction; the job takes in what was put right later.
"""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from complaints.choices import ActionKind, ComplaintState, GrievanceState
from complaints.models import Complaint, Grievance, RectificationCase
from complaints.services.actions import note
from dutylog.choices import FollowUpKind, FollowUpState
from dutylog.models import FollowUp
from dutylog.services.followups import KEY_LENGTH, come_back, note_progress, tell_of
from servicedesk.services import preferences
from servicedesk.services.search import index_record
from servicedesk.services.transitions import amend

Case = Complaint | Grievance
AND_MORE = " 等"
LONGEST_SOURCE = 60
MOST_TAKEN = 500


def key_of(category: str, zone_id: int) -> str:
    """What the same problem is known by among the follow-ups."""
    return f"complaints:{zone_id}:{category}"[:KEY_LENGTH]


def column_of(case: Case) -> str:
    return "complaint" if isinstance(case, Complaint) else "grievance"


def counts_as_case(case: Case) -> bool:
    """Not withdrawn, void or merged; a grievance that became a complaint counts there."""
    if isinstance(case, Complaint):
        return case.state not in {ComplaintState.WITHDRAWN, ComplaintState.VOID, ComplaintState.MERGED}
    return case.state not in {GrievanceState.DRAFT, GrievanceState.UPGRADED, GrievanceState.VOID}


def running_for(case: Case) -> FollowUp | None:
    """The 整改 that a case belongs to: one that runs, else one closed within the term before the visitor spoke."""
    if case.zone_id is None:
        return None
    rows = FollowUp.objects.filter(
        kind=FollowUpKind.RECTIFICATION, subject_key=key_of(case.category, case.zone_id)
    )
    term = dt.timedelta(days=preferences.value("dutylog.recurrence_days"))
    closed = rows.filter(
        state=FollowUpState.VERIFIED, verified_at__lt=case.received_at, verified_at__gte=case.received_at - term
    )
    return rows.live().first() or closed.order_by("-verified_at").first()


@transaction.atomic
def hear_again(case: Case, *, by: Any) -> FollowUp | None:
    """Take a case into the 整改 of its category and place, once; a closed one opens again and counts the recurrence."""
    if not counts_as_case(case) or RectificationCase.objects.filter(**{column_of(case): case}).exists():
        return None
    found = running_for(case)
    if found is None:
        return None
    follow_up = FollowUp.objects.select_for_update().get(pk=found.pk)
    # A line of progress has a person; what the job takes in stands under who found the problem, and says so.
    who, mark = by or follow_up.found_by, "" if by else "(系统归入)"
    if follow_up.state == FollowUpState.VERIFIED:
        come_back(follow_up, by=who, reason=f"又有投诉抱怨:{case.number}")
        note_progress(follow_up, f"销号后再次发生:{case.number}{mark}", by=who)
        tell_of(follow_up)
    else:
        note_progress(follow_up, f"又一件:{case.number}{mark}", by=who)
    link(case, follow_up, by=by)
    say_source(follow_up, by=who)
    return follow_up


def link(case: Case, follow_up: FollowUp, *, by: Any) -> None:
    RectificationCase.objects.create(**{column_of(case): case}, follow_up=follow_up, at=timezone.now(), by=by)
    if isinstance(case, Complaint) and case.is_open_to_words:
        note(case, ActionKind.SYSTEM, f"列入问题整改 {follow_up.number}", by=by)


def cases_of(follow_up: FollowUp) -> list[Case]:
    """Its cases that count, the oldest first."""
    rows = RectificationCase.objects.filter(follow_up=follow_up).select_related("complaint", "grievance")
    found = [row.case for row in rows if row.case is not None and counts_as_case(row.case)]
    return sorted(found, key=lambda case: (case.received_at, case.number))


def source_words(cases: list[Case]) -> str:
    """`投诉抱怨 5 件 TS-20261124-001 BY-20261125-002 等`: the cell 来源 of the weekly sheet, as many as it holds."""
    words, named = f"投诉抱怨 {len(cases)} 件", 0
    for case in cases:
        if len(words) + len(case.number) + len(AND_MORE) >= LONGEST_SOURCE:
            break
        words, named = f"{words} {case.number}", named + 1
    return words if named == len(cases) else f"{words}{AND_MORE}"


def say_source(follow_up: FollowUp, *, by: Any) -> None:
    """The weekly sheet names the cases as they are now."""
    amend(follow_up, by=by, reason="案件增加", source_text=source_words(cases_of(follow_up)))
    index_record(follow_up)


def hear_all_again() -> str:
    """The job: cases that were put under another category or place later. Running it twice changes nothing."""
    rows = FollowUp.objects.filter(kind=FollowUpKind.RECTIFICATION, subject_key__startswith="complaints:")
    keys = {row.subject_key for row in rows.exclude(state=FollowUpState.VOID)}
    since = timezone.now() - dt.timedelta(days=preferences.value("dutylog.recurrence_days"))
    taken = 0
    for model in (Complaint, Grievance):
        cases = model.objects.counted().filter(rectification=None, received_at__gte=since).exclude(zone=None)
        for case in cases.order_by("received_at")[:MOST_TAKEN]:
            if key_of(case.category, case.zone_id) in keys and hear_again(case, by=None):
                taken += 1
    return f"重复问题 {taken} 件归入整改" if taken else ""
