"""低分: a low answer whose visitor may be called becomes a draft grievance by itself, any other by one press."""

from typing import Any

from django.db import models, transaction

from dutylog.intakes import IntakeFacts, take_in, takes
from servicedesk.choices import Role
from servicedesk.errors import ReasonNeeded
from servicedesk.models import User
from servicedesk.register import register_of
from servicedesk.services import preferences
from servicedesk.services.inbox import settle_all, tell
from servicedesk.services.search import index_record
from servicedesk.services.transitions import move
from surveys.choices import Care, SheetState
from surveys.errors.sheets import NobodyTakes, NotLow, NotWaiting
from surveys.models import SurveySheet

GRIEVANCE = "grievance"
LONGEST_WORDS = 1000


def is_low(sheet: SurveySheet) -> bool:
    """低分 by the setting, of a sheet that counts."""
    is_scored_low = sheet.lowest is not None and sheet.lowest <= preferences.value("surveys.low_score")
    return is_scored_low and sheet.state == SheetState.VALID


def may_go_on(sheet: SurveySheet) -> bool:
    """Whether one press makes a grievance of it."""
    has_gone = sheet.care == Care.PASSED_ON
    return not has_gone and takes(GRIEVANCE) and (is_low(sheet) or sheet.care in {Care.WAITING, Care.DROPPED})


def facts_of(sheet: SurveySheet) -> IntakeFacts:
    """What a grievance begins with: the low items by name, and the visitor's own words."""
    low = [f"{answer.item.text}{answer.get_score_display()}" for answer in low_answers(sheet)]
    words = ";".join(part for part in ("、".join(low), sheet.comment.strip()) if part)
    return IntakeFacts(
        words=f"问卷低分:{words}"[:LONGEST_WORDS], received_at=sheet.answered_at, source=sheet,
        source_text=f"满意度问卷 {sheet.number}", zone=sheet.zone, visitor_name=sheet.visitor_name, phone=sheet.phone,
    )


def low_answers(sheet: SurveySheet) -> models.QuerySet:
    """The answers with the lowest scores that were given."""
    return sheet.answers.filter(score=sheet.lowest).select_related("item").order_by("item__order")


def care_for(sheet: SurveySheet, *, by: Any) -> None:
    """A sheet was written: with a low score and a phone the draft grievance is made in the same transaction.

    The supervisors of the desk are told. Where no register takes it, it waits for somebody to do it by hand.
    """
    if not (is_low(sheet) and sheet.phone):
        return
    draft = _draft(sheet, by=by)
    people = User.objects.active().at(sheet.service_point).holding(Role.SUPERVISOR)
    where = f"({sheet.place})" if sheet.place else ""
    if draft is None:
        move(sheet, Care.WAITING, by=by, field="care")
        tell(people, f"问卷 {sheet.number}{where}有低分,游客愿意接受回访,请登记抱怨", url=sheet.page, about=sheet)
        return
    register = register_of(draft)
    url = register.detail_url(draft.pk) if register else sheet.page
    tell(people, f"问卷 {sheet.number}{where}有低分,已生成 {draft},请核实", url=url, about=draft)


def _draft(sheet: SurveySheet, *, by: Any) -> Any:
    """The draft, and its number on the sheet; None where no register takes it."""
    draft = take_in(GRIEVANCE, facts_of(sheet), by=by, point=sheet.service_point)
    if draft is not None:
        move(sheet, Care.PASSED_ON, by=by, reason=f"转为 {draft}", field="care", passed_number=str(draft)[:32])
        settle_all(sheet)
        index_record(sheet)
    return draft


@transaction.atomic
def pass_on(sheet: SurveySheet, *, by: Any) -> Any:
    """转抱怨 by a press: the draft of a low answer without a phone, or of one that was let go.

    Raises:
        NotWaiting: it went on before, or does not count.
        NotLow: nothing in it is low.
        NobodyTakes: no register takes it.
        SomeoneWasFaster: this moment.
    """
    SurveySheet.objects.select_for_update().get(pk=sheet.pk)
    _refuse_settled(sheet)
    if not (is_low(sheet) or sheet.care):
        raise NotLow(number=sheet.number)
    draft = _draft(sheet, by=by)
    if draft is None:
        raise NobodyTakes(number=sheet.number)
    return draft


@transaction.atomic
def drop_care(sheet: SurveySheet, *, by: Any, reason: str) -> SurveySheet:
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
    if sheet.care == Care.PASSED_ON:
        raise NotWaiting(number=sheet.number, state=f"{sheet.get_care_display()} {sheet.passed_number}".strip())
