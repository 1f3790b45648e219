"""What the duty day keeps of visitors, and how long."""

import datetime as dt

from django.db.models import Q, QuerySet
from django.utils import timezone

from dutylog.choices import AccidentState, EnquiryState
from dutylog.models import Accident, AccidentUpdate, Enquiry, InjuredPerson, OldLogLine
from servicedesk.personal_data import PersonalData, Table, add_personal_data, term_began
from servicedesk.services import preferences

ENQUIRY_MONTHS = "dutylog.purge_enquiry_months"
ACCIDENT_MONTHS = "dutylog.purge_accident_months"
OLD_LOG_MONTHS = "dutylog.purge_old_log_months"


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


def old_lines(moment: dt.datetime) -> QuerySet:
    """Of days before the term, whenever they were taken over."""
    before = timezone.localdate(term_began(moment, preferences.value(OLD_LOG_MONTHS)))
    return OldLogLine.objects.filter(anonymised_at=None, on__lt=before)


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
# Its texts name people without saying which words are names: they go whole.
OLD_LINES = PersonalData(
    key="oldlogline", label="旧日志", model=OldLogLine, old=old_lines,
    rule=lambda: f"自当日起满 {preferences.value(OLD_LOG_MONTHS)} 个月",
    tables=(Table(model=OldLogLine, marked=("text", "handling", "result")),),
)
add_personal_data(ENQUIRIES, ACCIDENTS, OLD_LINES)
