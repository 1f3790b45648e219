"""Ways on from an enquiry into a register above: an app declares its own in `<app>/handoffs.py`.

    add_handoff(Handoff(key="lostreport", label="转失物登记", icon="search-heart", right="lostfound.add_lostreport",
                        page="lostfound:lostreport_create", kinds=("lost",)))

The page gets `?enquiry=<key>`; its form begins with what the enquiry knows (`services.enquiries.of_request`), and
its save says what became of it (`services.enquiries.note_became`) in the same transaction.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from dutylog.models import Enquiry

PARAMETER = "enquiry"


@dataclass(frozen=True, kw_only=True)
class Handoff:
    """A button on an enquiry's page. For `kinds` it is the likely step, for all others one among several."""

    key: str
    label: str
    icon: str
    right: str
    page: str
    kinds: Collection[str] = ()

    def url(self, enquiry: Enquiry) -> str:
        return f"{reverse(self.page)}?{PARAMETER}={enquiry.pk}"


_handoffs: dict[str, Handoff] = {}


def add_handoff(handoff: Handoff) -> Handoff:
    """Make a way on known; called by an app's `handoffs.py` at start-up."""
    _handoffs[handoff.key] = handoff
    return handoff


def handoffs_for(enquiry: Enquiry, user: Any) -> list[Handoff]:
    """The ways on that a person may go; none once it became something, or is void."""
    if enquiry.became_number or enquiry.state == "void":
        return []
    return [handoff for handoff in _handoffs.values() if user.has_perm(handoff.right)]
