"""What colleagues handed over and the person has not yet acknowledged."""

from lostfound.choices import OfferState
from lostfound.models import CustodyOffer
from servicedesk.register import RailPage, add_rail_page


def offered_to(user):
    """The things that wait for the person's answer, for the badge of the rail."""
    return CustodyOffer.objects.filter(to_person=user, state=OfferState.WAITING)


CUSTODY = add_rail_page(RailPage(
    label="待接收", icon="arrow-left-right", page="lostfound:custody_inbox", right="lostfound.view_founditem",
    badge=offered_to,
))
