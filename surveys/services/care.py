"""低分: a low answer whose visitor may be called waits until it is a grievance, or somebody says why not."""

from django.db import models, transaction

from servicedesk.errors import ReasonNeeded
from servicedesk.referrals import Told
from servicedesk.services.inbox import settle_all
from servicedesk.services.search import index_record
from servicedesk.services.transitions import move
from surveys.choices import Care, SheetState
from surveys.errors.sheets import NotWaiting
from surveys.models import SurveySheet

LONGEST_WORDS = 1000


def told_by(sheet: SurveySheet) -> Told:
    """What a grievance begins with: the low items by name, and the visitor's own words."""
    low = [f"{answer.item.text}{answer.get_score_display()}" for answer in low_answers(sheet)]
    words = ";".join(part for part in ("、".join(low), sheet.comment.strip()) if part)
    return Told(
        number=sheet.number, received_at=sheet.answered_at, words=f"问卷低分:{words}"[:LONGEST_WORDS], zone=sheet.zone,
        visitor_name=sheet.visitor_name, phone=sheet.phone, service_point=sheet.service_point,
    )


def low_answers(sheet: SurveySheet) -> models.QuerySet:
    """The answers with the lowest scores that were given."""
    return sheet.answers.filter(score=sheet.lowest).select_related("item").order_by("item__order")


@transaction.atomic
def note_passed_on(sheet: SurveySheet, new: models.Model, by) -> None:
    """Write what became of a low answer.

    Raises:
        NotWaiting: it was passed on before, or is void.
        SomeoneWasFaster: this moment.
    """
    _refuse_settled(sheet)
    move(sheet, Care.PASSED_ON, by=by, reason=f"转为 {new}", field="care", passed_number=str(new)[:32])
    settle_all(sheet)
    index_record(sheet)


@transaction.atomic
def drop_care(sheet: SurveySheet, *, by, reason: str) -> SurveySheet:
    """不转: the visitor wants no answer, or it is one of many that are known.

    Raises:
        ReasonNeeded: no reason.
        NotWaiting, SomeoneWasFaster: it waits no more.
    """
    if not reason.strip():
        raise ReasonNeeded(field="reason")
    if sheet.care != Care.WAITING:
        raise NotWaiting(number=sheet.number, state=sheet.get_care_display())
    _refuse_settled(sheet)
    move(sheet, Care.DROPPED, by=by, reason=reason.strip()[:100], field="care", care_note=reason.strip()[:200])
    settle_all(sheet)
    return sheet


def _refuse_settled(sheet: SurveySheet) -> None:
    if sheet.state != SheetState.VALID:
        raise NotWaiting(number=sheet.number, state=sheet.get_state_display())
    if sheet.care not in {Care.WAITING, Care.DROPPED}:
        raise NotWaiting(number=sheet.number, state=sheet.get_care_display())
