"""交接: the case goes to another person, and counts as theirs once they accept."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from complaints.choices import ActionKind, OfferState
from complaints.errors.steps import NotTheHandler, NotYourOffer, OfferRunning, ReceiverAlready
from complaints.models import CaseOffer, Complaint
from complaints.services.actions import needed, note, refuse_closed
from complaints.services.notices import page_of
from dutylog.services.enquiries import refuse_numbers
from servicedesk.services.inbox import settle, tell
from servicedesk.services.transitions import amend, move

DECIDE = "complaints.decide_complaint"


@transaction.atomic
def offer_case(complaint: Complaint, person: Any, *, by: Any, words: str = "") -> CaseOffer:
    """移交: ask a colleague to take a case over; until they accept it stays with its handler.

    Raises:
        CaseLocked, CaseEnded: too late.
        NotTheHandler: by somebody else who may not decide either.
        ReceiverAlready, OfferRunning, NumberInText: nothing to offer now.
    """
    refuse_closed(complaint)
    refuse_numbers(words, "words")
    if by != complaint.handler and not by.has_perm(DECIDE):
        raise NotTheHandler(number=complaint.number, name=complaint.handler.name)
    if person == complaint.handler:
        raise ReceiverAlready(name=person.name, field="person")
    Complaint.objects.select_for_update().get(pk=complaint.pk)
    if running := running_offer(complaint):
        raise OfferRunning(number=complaint.number, name=running.to_person.name)
    offer = CaseOffer(
        complaint=complaint, from_person=complaint.handler, to_person=person, at=timezone.now(),
        note=words.strip()[:300],
    )
    offer._history_user = by
    offer.save()
    note(complaint, ActionKind.HANDOVER, f"移交给 {person.name},等待接收{':' + words.strip() if words else ''}", by=by)
    tell([person], f"{complaint.number} {complaint.category}投诉移交给您,请接收", url=page_of(complaint),
         about=complaint)
    return offer


def running_offer(complaint: Complaint) -> CaseOffer | None:
    """The offer that waits for an answer."""
    return complaint.offers.filter(state=OfferState.OFFERED).select_related("to_person").first()


@transaction.atomic
def take_case(offer: CaseOffer, *, by: Any) -> Complaint:
    """接收: from now on the case is theirs.

    Raises:
        NotYourOffer: somebody else was asked.
        NotPossibleNow, SomeoneWasFaster: it was answered before.
    """
    complaint = _answer(offer, OfferState.TAKEN, by=by)
    amend(complaint, by=by, reason="接收移交", handler=offer.to_person)
    note(complaint, ActionKind.HANDOVER, f"{offer.to_person.name} 已接收,原经办人 {offer.from_person.name}", by=by)
    return complaint


@transaction.atomic
def decline_case(offer: CaseOffer, reason: str, *, by: Any) -> Complaint:
    """拒收, with the reason: the case stays where it was, and its handler is told.

    Raises:
        TextNeeded, NumberInText: no reason.
        NotYourOffer, NotPossibleNow, SomeoneWasFaster: as `take_case`.
    """
    reason = needed(reason, "为什么不接收", "reason")
    complaint = _answer(offer, OfferState.DECLINED, by=by, answer=reason[:200])
    note(complaint, ActionKind.HANDOVER, f"{offer.to_person.name} 未接收:{reason}", by=by)
    tell([complaint.handler], f"{complaint.number} 没有接收:{reason}"[:300], url=page_of(complaint), about=complaint)
    return complaint


def _answer(offer: CaseOffer, state: str, *, by: Any, **more: Any) -> Complaint:
    complaint = offer.complaint
    if by != offer.to_person:
        raise NotYourOffer(number=complaint.number, name=offer.to_person.name)
    move(offer, state, by=by, answered_at=timezone.now(), **more)
    settle(by, complaint)
    return complaint
