"""回访: a low answer whose visitor may be called is put on the list of calls, where the setting says so."""

from dataclasses import replace
from typing import Any

from dutylog.intakes import take_in
from servicedesk.choices import Role
from servicedesk.models import ServicePoint, User
from servicedesk.services import preferences
from surveys.models import SurveySheet
from surveys.services.care import facts_of, is_low


def ask_for_call(sheet: SurveySheet) -> Any:
    """In the transaction that saves the answer; what was planned, None where nothing is."""
    by = sheet.created_by or keeper_of(sheet.service_point)
    if by is None or not (is_low(sheet) and sheet.phone) or not preferences.value("surveys.callback_low"):
        return None
    facts = replace(facts_of(sheet), source_text=sheet.number)
    return take_in("callback", facts, by=by, point=sheet.service_point)


def keeper_of(point: ServicePoint) -> User | None:
    """In whose name it begins what a visitor sends in: the desk's supervisor, else its manager."""
    people = User.objects.active().at(point)
    return people.holding(Role.SUPERVISOR).order_by("pk").first() or people.holding(Role.MANAGER).order_by("pk").first()
