"""发放: numbered empty sheets go out, and are known by their numbers when they come back."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from servicedesk.services.search import index_record
from servicedesk.services.serials import take_serial
from surveys.choices import BATCH_PREFIX, SHEET_PREFIX
from surveys.errors.sheets import NotHandedOut
from surveys.errors.versions import BadCount, NoVersion
from surveys.models import SurveyBatch, SurveyVersion

MOST_SHEETS = 200
_WHOLE = re.compile(r"^WJ([A-Z]{0,4})-?(\d{8})-?(\d{1,6})$")
_RUNNING = re.compile(r"^\d{1,6}$")


@dataclass(frozen=True, kw_only=True)
class BatchFacts:
    """How many sheets, where, by whom."""

    count: int
    handed_out_by: Any
    zone: Any = None
    note: str = ""


@transaction.atomic
def hand_out(facts: BatchFacts, *, by, point) -> SurveyBatch:
    """Take consecutive numbers for empty sheets of the version in use.

    Raises:
        BadCount: none, or more than are carried at once.
        NoVersion: nothing is asked yet.
    """
    if not 1 <= facts.count <= MOST_SHEETS:
        raise BadCount(limit=MOST_SHEETS, field="count")
    version = SurveyVersion.current()
    if version is None:
        raise NoVersion
    on = timezone.localdate()
    # The first one locks the day's counter until the end: the numbers follow each other.
    numbers = [take_serial(SHEET_PREFIX, point, on) for _ in range(facts.count)]
    batch = SurveyBatch(
        number=take_serial(BATCH_PREFIX, point, on), service_point=point, created_at=timezone.now(), created_by=by,
        survey_version=version, on=on, zone=facts.zone, handed_out_by=facts.handed_out_by, count=facts.count,
        first=int(numbers[0].rpartition("-")[2]), first_number=numbers[0], note=facts.note.strip(),
    )
    batch._history_user = by
    batch.save()
    index_record(batch)
    return batch


def batch_of(typed: str, point) -> tuple[SurveyBatch, str]:
    """The batch and the whole number of what is typed from the corner of a sheet: all of it, or the last digits.

    Digits alone mean the sheet of the newest batch that holds them.

    Raises:
        NotHandedOut: no sheet with this number went out from this desk.
    """
    text = typed.strip().upper().replace(" ", "")
    whole, running = _WHOLE.match(text), _RUNNING.match(text)
    batches = SurveyBatch.objects.filter(service_point=point).select_related("survey_version", "handed_out_by", "zone")
    if whole and whole[1] == point.serial_mark:
        on = _day(whole[2])
        found = batches.holding(int(whole[3])).filter(on=on).first() if on else None
    else:
        found = batches.holding(int(text)).first() if running else None
    if found is None:
        raise NotHandedOut(number=typed.strip()[:40], field="serial")
    order = int(whole[3] if whole else text)
    return found, f"{found.first_number.rpartition('-')[0]}-{order:03d}"


def _day(text: str) -> dt.date | None:
    try:
        return dt.datetime.strptime(text, "%Y%m%d").date()
    except ValueError:
        return None
