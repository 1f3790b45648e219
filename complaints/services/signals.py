"""When a grievance should become a complaint: what the visitor says, and whether the number complained before."""

from typing import Any

from django.db.models import QuerySet

from complaints.choices import SIGNAL_WORDS
from complaints.models import Complaint, Grievance
from complaints.services.complaint_facts import listed
from complaints.services.repeats import repeats_of


def signals_in(text: str) -> list[str]:
    """The signals that the words themselves give."""
    return [signal.value for signal, words in SIGNAL_WORDS.items() if any(word in text for word in words)]


def reasons_of(words: str, ticked: str, repeats: list[Complaint]) -> list[str]:
    """Why it should be upgraded, each once."""
    found = dict.fromkeys([*listed(ticked), *signals_in(words)])
    again = [f"同一电话近期投诉过 {repeats[0].number}"] if repeats else []
    return [*found, *again]


def repeats_for(grievance: Grievance, user: Any) -> QuerySet[Complaint]:
    """Complaints of the same number before it; the one that it became is none."""
    return repeats_of(grievance.phone, user, besides=grievance.complaint_id, at=grievance.received_at)
