"""What the duty day keeps of visitors, and how long."""

import datetime as dt

from django.db.models import QuerySet

from dutylog.choices import EnquiryState
from dutylog.models import Enquiry
from servicedesk.personal_data import PersonalData, Table, add_personal_data, term_began
from servicedesk.services import preferences

ENQUIRY_MONTHS = "dutylog.purge_enquiry_months"


def old_enquiries(moment: dt.datetime) -> QuerySet:
    """Answered or void, past the term; one that nobody answered is kept until somebody does."""
    ended = Enquiry.objects.filter(anonymised_at=None).exclude(state=EnquiryState.OPEN)
    return ended.filter(received_at__lt=term_began(moment, preferences.value(ENQUIRY_MONTHS)))


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
add_personal_data(ENQUIRIES)
