"""What the surveys keep of visitors, and how long: name and phone of who may be called, words that may hold them."""

import datetime as dt

from django.db.models import Q, QuerySet

from servicedesk.personal_data import PersonalData, Table, add_personal_data, term_began
from servicedesk.services import preferences
from surveys.choices import Care
from surveys.models import SurveySheet

MONTHS = "surveys.purge_months"


def old_sheets(moment: dt.datetime) -> QuerySet:
    """Past the term, with a name or a number on them."""
    named = ~Q(visitor_name="") | ~Q(phone="")
    began = term_began(moment, preferences.value(MONTHS))
    return SurveySheet.objects.filter(named, anonymised_at=None, answered_at__lt=began)


SHEETS = PersonalData(
    key="surveysheet", label="问卷", model=SurveySheet, old=old_sheets, spared=Q(care=Care.WAITING),
    rule=lambda: f"填表满 {preferences.value(MONTHS)} 个月,仍在“待转抱怨”的除外", known_by=("visitor_name", "phone"),
    tables=(
        Table(model=SurveySheet, marked=("visitor_name",), emptied=("phone",),
              scrubbed=("comment", "origin", "heard_other", "care_note", "void_reason")),
    ),
)
add_personal_data(SHEETS)
