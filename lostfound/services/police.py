"""移交公安: at once for what may not be kept, with who took it and on which receipt."""

from django.db import transaction
from django.utils import timezone

from lostfound.choices import ItemState, MoveKind
from lostfound.errors.items import PoliceFactsNeeded
from lostfound.models import CustodyMove, FoundItem
from lostfound.services.custody import move_item, refuse_on_hold
from lostfound.services.loglines import log_police
from lostfound.services.matching import suggest_for_item
from servicedesk.choices import SignatureMeans
from servicedesk.services.search import index_record
from servicedesk.services.transitions import move


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
    note = f"{unit.strip()} {officer.strip()},凭证 {receipt_number.strip()}"
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
