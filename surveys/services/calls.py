"""回访: a low answer whose visitor may be called is put on the list of calls, where the setting says so."""

from typing import Any

from dutylog.intakes import IntakeFacts, take_in
from servicedesk.choices import Role
from servicedesk.models import ServicePoint, User
from servicedesk.services import preferences
from surveys.models import SurveySheet
from surveys.services.care import LONGEST_WORDS, is_low


def ask_for_call(sheet: SurveySheet) -> Any:
    """In the transaction that saves the answer; what was planned, None where nothing is."""
    by = sheet.created_by or keeper_of(sheet.service_point)
    if by is None or not (is_low(sheet) and sheet.phone) or not preferences.value("surveys.callback_low"):
        return None
    # Whoever calls may be one whose scores are closed to them: the visitor's own words alone go along.
    words = f"问卷低分:{sheet.comment.strip() or '(没有留言)'}"
    return take_in("callback", IntakeFacts(
        words=words[:LONGEST_WORDS], received_at=sheet.answered_at, source=sheet, source_text=sheet.number,
        zone=sheet.zone, visitor_name=sheet.visitor_name, phone=sheet.phone,
    ), by=by, point=sheet.service_point)


def keeper_of(point: ServicePoint) -> User | None:
    """In whose name it begins what a visitor sends in: the desk's supervisor, else its manager."""
    people = User.objects.active().at(point)
    return people.holding(Role.SUPERVISOR).order_by("pk").first() or people.holding(Role.MANAGER).order_by("pk").first()
