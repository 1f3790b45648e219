"""What of the surveys goes on: a low answer whose visitor may be called becomes a grievance."""

from servicedesk.referrals import Teller, add_teller
from surveys.choices import Care
from surveys.models import SurveySheet
from surveys.services.care import note_passed_on, told_by


def open_answers(user):
    """Low answers that this person may pass on: those that wait, and those that somebody let go."""
    rows = SurveySheet.objects.visible_to(user).counted().filter(shows_scores=True)
    return rows.filter(care__in=[Care.WAITING, Care.DROPPED]).select_related("zone", "service_point")


SHEETS = add_teller(Teller(
    key="surveysheet", right="surveys.pass_on_surveysheet", rows=open_answers, told=told_by, passed_on=note_passed_on,
))
