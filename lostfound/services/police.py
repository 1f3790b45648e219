"""移交公安: at once for what may not be kept, with who took it and on which receipt."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from lostfound.choices import ItemState, MoveKind
from lostfound.errors.items import PoliceFactsNeeded
from lostfound.models import CustodyMove, FoundItem
from lostfound.services.custody import move_item, refuse_on_hold
from lostfound.services.loglines import log_police
from lostfound.services.matching import suggest_for_item
from servicedesk.choices import Role, SignatureMeans
from servicedesk.models import User
from servicedesk.services.inbox import tell
from servicedesk.services.search import index_record
from servicedesk.services.transitions import move

# Stands between who took a thing and the number of their receipt in the words that end its record.
RECEIPT_MARK = ",凭证 "


def call_supervisors(item: FoundItem) -> None:
    """A thing that may not be kept is the supervisor's business in the same second."""
    if not item.category.is_forbidden:
        return
    tell(
        User.objects.active().at(item.service_point).holding(Role.SUPERVISOR),
        f"{item.number} 属{item.category.name},不得保管,请立即报公安并办理移交", about=item, is_urgent=True,
        url=reverse("lostfound:founditem_detail", args=[item.pk]),
    )


@transaction.atomic
def hand_to_police(
    item: FoundItem, *, by, officer: str, unit: str, receipt_number: str, reason: str = ""
) -> CustodyMove:
    """Give a thing to the police and close its record.

    Raises:
        PoliceFactsNeeded: officer, unit or receipt number is missing.
        ItemOnHold, NotPossibleNow, SomeoneWasFaster.
    """
    if not (officer.strip() and unit.strip() and receipt_number.strip()):
        raise PoliceFactsNeeded
    refuse_on_hold(item)
    now = timezone.now()
    note = f"{unit.strip()} {officer.strip()}{RECEIPT_MARK}{receipt_number.strip()}"
    move(item, ItemState.POLICE, by=by, reason=reason[:100], ended_at=now, end_note=note[:200])
    written = move_item(
        item, kind=MoveKind.POLICE, by=by, to_text=f"{unit.strip()} {officer.strip()}",
        reason=f"凭证 {receipt_number.strip()} {reason}".strip(), given_at=now, given_means=SignatureMeans.ACCOUNT,
        taken_at=now, taken_means=SignatureMeans.PAPER,
    )
    suggest_for_item(item)
    index_record(item)
    log_police(item, by=by)
    return written
