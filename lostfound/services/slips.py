"""员工拾到物品回执: made with each staff find, handed over, voided with the find."""

from django.db import transaction
from django.utils import timezone

from lostfound.choices import SLIP_PREFIX
from lostfound.models import FoundItem, Slip
from servicedesk.services.serials import take_serial


@transaction.atomic
def make_slip(item: FoundItem, *, by) -> Slip:
    """The slip of a staff find; the one it has, when it has one."""
    present = Slip.objects.filter(item=item).first()
    if present is not None:
        return present
    slip = Slip(
        number=take_serial(SLIP_PREFIX, item.service_point), item=item, created_at=timezone.now(), created_by=by
    )
    slip._history_user = by
    slip.save()
    return slip


@transaction.atomic
def hand_slip(slip: Slip, *, by) -> Slip:
    """Note that the finder took the slip; a second time changes nothing."""
    if slip.handed_at is None:
        slip.handed_at = timezone.now()
        slip._history_user = by
        slip.save(update_fields=["handed_at"])
    return slip


@transaction.atomic
def void_slip_of(item: FoundItem, *, by, reason: str) -> None:
    """Void the slip of a find, if it has one. Its number stays taken."""
    slip = Slip.objects.select_for_update().filter(item=item, voided_at__isnull=True).first()
    if slip is None:
        return
    slip.voided_at, slip.void_reason = timezone.now(), reason[:200]
    slip._history_user, slip._change_reason = by, reason[:100]
    slip.save(update_fields=["voided_at", "void_reason"])
