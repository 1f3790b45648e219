"""跟进: made by whoever finds a problem, owned by one, checked by another."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from dutylog.choices import FOLLOW_UP_PREFIX
from dutylog.models import FollowUp
from servicedesk.services.serials import take_serial


@dataclass(frozen=True, kw_only=True)
class FollowUpFacts:
    """A problem as its finder states it. `source` is the record it was found in, `source_text` its words."""

    kind: str
    problem: str
    source: Any = None
    source_text: str = ""
    zone: Any = None
    place_detail: str = ""
    department: Any = None
    owner: Any = None
    interim_measure: str = ""
    measure: str = ""
    due_on: dt.date | None = None
    checker: Any = None


@transaction.atomic
def make_follow_up(facts: FollowUpFacts, *, by, point) -> FollowUp:
    """Write a problem into the one list of follow-ups; its owner, where there is one, is told."""
    now = timezone.now()
    follow_up = FollowUp(
        number=take_serial(FOLLOW_UP_PREFIX, point), service_point=point, created_at=now, created_by=by,
        found_by=by, told_at=now if facts.owner else None, **vars(facts),
    )
    follow_up._history_user = by
    follow_up.save()
    return follow_up
