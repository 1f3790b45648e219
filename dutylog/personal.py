"""What the duty day keeps of visitors, and how long."""

import datetime as dt

from django.db.models import Q, QuerySet

from dutylog.choices import AccidentState, EnquiryState
from dutylog.models import Accident, AccidentUpdate, Enquiry, InjuredPerson
from servicedesk.personal_data import PersonalData, Table, add_personal_data, term_began
from servicedesk.services import preferences

ENQUIRY_MONTHS = "dutylog.purge_enquiry_months"
ACCIDENT_MONTHS = "dutylog.purge_accident_months"


def old_enquiries(moment: dt.datetime) -> QuerySet:
    """Answered or void, past the term; one that nobody answered is kept until somebody does."""
    ended = Enquiry.objects.filter(anonymised_at=None).exclude(state=EnquiryState.OPEN)
    return ended.filter(received_at__lt=term_began(moment, preferences.value(ENQUIRY_MONTHS)))


def old_accidents(moment: dt.datetime) -> QuerySet:
    """Closed past the term; void ones by the day they happened. One still followed is kept."""
    before = term_began(moment, preferences.value(ACCIDENT_MONTHS))
    closed = Q(state=AccidentState.CLOSED, closed_at__lt=before)
    return Accident.objects.filter(anonymised_at=None).filter(
        closed | Q(state=AccidentState.VOID, happened_at__lt=before)
    )


ENQUIRIES = PersonalData(
    key="enquiry", label="来电咨询", model=Enquiry, old=old_enquiries,
    rule=lambda: f"答复后,自来电起满 {preferences.value(ENQUIRY_MONTHS)} 个月",
    known_by=("caller_name", "phone"),
    tables=(
        Table(
            model=Enquiry, marked=("caller_name", "relay_text"), emptied=("phone",),
            scrubbed=("summary", "answer", "void_reason"),
        ),
    ),
)
ACCIDENTS = PersonalData(
    key="accident", label="意外突发", model=Accident, old=old_accidents, has_photos=True,
    rule=lambda: f"结案或作废满 {preferences.value(ACCIDENT_MONTHS)} 个月",
    tables=(
        Table(model=Accident, marked=("witnesses", "police", "insurance", "result")),
        Table(model=InjuredPerson, of="accident", marked=("name", "injury", "treatment", "hospital"),
              emptied=("phone", "age")),
        Table(model=AccidentUpdate, of="accident", marked=("text",)),
    ),
)
add_personal_data(ENQUIRIES, ACCIDENTS)
