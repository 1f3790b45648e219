"""每周问题整改: suggested by itself where cases share category and place; made, or not, by one press."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from complaints.choices import ComplaintState
from complaints.errors.rectifications import NoSuggestion
from complaints.models import Complaint, Grievance, RectificationCase
from complaints.services.actions import needed
from complaints.services.recurrences import Case, column_of, key_of, link, source_words
from dutylog.choices import FollowUpKind
from dutylog.models import FollowUp
from dutylog.services.followups import FollowUpFacts, make_follow_up
from servicedesk.models import Zone
from servicedesk.services import preferences

# A suggestion that nobody looked at fades only after this.
LOOKED_BACK = dt.timedelta(days=90)
MOST_LOOKED = 500
COLUMNS = ("pk", "number", "category", "zone_id", "zone__name", "received_at")


@dataclass(frozen=True)
class Heard:
    """A case as a suggestion needs it."""

    kind: str
    pk: int
    number: str
    category: str
    zone_id: int
    zone: str
    received_at: dt.datetime


@dataclass
class Suggestion:
    """Cases of one category and place that came close together."""

    category: str
    zone_id: int
    zone: str
    cases: list[Heard] = field(default_factory=list)

    @property
    def newest(self) -> Heard:
        return self.cases[-1]

    @property
    def words(self) -> str:
        """`服务态度 · 观景台:14 天内 3 件`."""
        days = preferences.value("complaints.rectify_days")
        return f"{self.category} · {self.zone}:{days} 天内 {len(self.cases)} 件投诉抱怨"


def undecided(user: Any) -> tuple[QuerySet, QuerySet]:
    """Complaints and grievances that a person sees and that no 整改 was decided about, as rows of `COLUMNS`."""
    since = timezone.now() - LOOKED_BACK
    found = []
    for model in (Complaint, Grievance):
        rows = model.objects.visible_to(user).counted().filter(rectification=None, received_at__gte=since)
        rows = rows.exclude(state=ComplaintState.MERGED) if model is Complaint else rows.exclude(zone=None)
        found.append(rows.order_by("-received_at").values_list(*COLUMNS)[:MOST_LOOKED])
    return found[0], found[1]


def suggestions(complaints: Iterable[tuple], grievances: Iterable[tuple]) -> list[Suggestion]:
    """What the rows of `undecided` add up to: the most cases first. By moments alone, so pages need no job."""
    groups: dict[tuple[str, int], list[Heard]] = {}
    for kind, rows in (("complaint", complaints), ("grievance", grievances)):
        for row in rows:
            heard = Heard(kind, *row)
            groups.setdefault((heard.category, heard.zone_id), []).append(heard)
    found = [
        Suggestion(category, zone_id, cases[0].zone, near)
        for (category, zone_id), cases in groups.items() if (near := _near(cases))
    ]
    return sorted(found, key=lambda each: (-len(each.cases), each.newest.received_at))


def _near(cases: list[Heard]) -> list[Heard]:
    """Those that came with enough others within the days of the setting, the oldest first."""
    least = preferences.value("complaints.rectify_cases")
    within = dt.timedelta(days=preferences.value("complaints.rectify_days"))
    ordered = sorted(cases, key=lambda case: (case.received_at, case.number))
    near: set[int] = set()
    for place in range(len(ordered) - least + 1):
        if ordered[place + least - 1].received_at - ordered[place].received_at <= within:
            near.update(range(place, place + least))
    return [ordered[place] for place in sorted(near)]


def suggestion_of(number: str, user: Any) -> Suggestion:
    """The suggestion that a case belongs to. Raises NoSuggestion: it was decided, or there are not enough any more."""
    for each in suggestions(*undecided(user)):
        if number in {case.number for case in each.cases}:
            return each
    raise NoSuggestion(number=number)


def _locked(number: str, user: Any) -> tuple[Suggestion, list[Case]]:
    """The suggestion with its rows, read again under the lock of its place: two presses make one decision."""
    first = suggestion_of(number, user)
    Zone.objects.select_for_update(no_key=True).get(pk=first.zone_id)
    suggestion = suggestion_of(number, user)
    cases: list[Case] = []
    for model, kind in ((Complaint, "complaint"), (Grievance, "grievance")):
        keys = [case.pk for case in suggestion.cases if case.kind == kind]
        cases += model.objects.filter(pk__in=keys).select_related("service_point", "zone")
    return suggestion, sorted(cases, key=lambda case: (case.received_at, case.number))


@transaction.atomic
def make_rectification(number: str, *, by: Any) -> FollowUp:
    """立为整改: the follow-up with all cases of the suggestion; who mends and who checks is said there.

    Raises:
        NoSuggestion: a colleague was faster, or there are not enough cases any more.
    """
    suggestion, cases = _locked(number, by)
    newest = cases[-1]
    follow_up = make_follow_up(FollowUpFacts(
        kind=FollowUpKind.RECTIFICATION, problem=suggestion.words, source=newest, source_text=source_words(cases),
        zone=newest.zone, department=department_of(cases),
        subject_key=key_of(suggestion.category, suggestion.zone_id),
    ), by=by, point=newest.service_point)
    for case in cases:
        link(case, follow_up, by=by)
    return follow_up


def department_of(cases: list[Case]) -> Any:
    """The department that all cases name, else none."""
    named = {
        case.respondent_department if isinstance(case, Complaint) else case.department for case in cases
    }
    return named.pop() if len(named) == 1 else None


@transaction.atomic
def dismiss_rectification(number: str, reason: str, *, by: Any) -> int:
    """不立, with the reason: these cases are suggested no more; how many they are.

    Raises:
        TextNeeded, NumberInText: no reason.
        NoSuggestion: as `make_rectification`.
    """
    reason = needed(reason, "为什么不立整改", "reason")[:200]
    _, cases = _locked(number, by)
    now = timezone.now()
    for case in cases:
        RectificationCase.objects.create(**{column_of(case): case}, reason=reason, at=now, by=by)
    return len(cases)


@dataclass(frozen=True)
class Running:
    """A 整改 that complaints began, with its cases."""

    follow_up: FollowUp
    cases: list[Case]


def made_ones(rows: Iterable[RectificationCase]) -> list[Running]:
    """Follow-ups with their cases, in the order of the rows."""
    found: dict[int, Running] = {}
    for row in rows:
        if row.follow_up is not None and row.case is not None:
            found.setdefault(row.follow_up.pk, Running(row.follow_up, [])).cases.append(row.case)
    return list(found.values())
