"""现场拾物空白本: issued with its sheets, each sheet used, void or missing, returned when all are."""

from django.db import transaction
from django.utils import timezone

from lostfound.choices import SheetState
from lostfound.errors.booklets import NoSuchSheet, SheetOfAnotherPoint, SheetTaken
from lostfound.models import BookletSheet, FoundItem
from servicedesk.services.transitions import move


@transaction.atomic
def use_sheet(booklet_number: str, sheet_number: int, item: FoundItem, by) -> BookletSheet:
    """Settle the sheet on which a field find was written as used for `item`.

    A missing sheet that turns up is used like a blank one.

    Raises:
        NoSuchSheet: no booklet of that number, or not that many sheets.
        SheetOfAnotherPoint: the booklet was given out by another desk.
        SheetTaken: the sheet already stands for another item.
        NotPossibleNow: the sheet was made void.
    """
    number = booklet_number.strip().upper()
    sheet = (
        BookletSheet.objects.select_related("booklet__service_point", "item")
        .filter(booklet__number=number, sheet_number=sheet_number).first()
    )
    if sheet is None:
        raise NoSuchSheet(booklet=number, sheet=sheet_number)
    if sheet.booklet.service_point_id != item.service_point_id:
        raise SheetOfAnotherPoint(booklet=number, point=sheet.booklet.service_point.name)
    if sheet.item is not None:
        raise SheetTaken(sheet=str(sheet), item=sheet.item.number)
    move(sheet, SheetState.USED, by=by, item=item, settled_at=timezone.now(), settled_by=by)
    return sheet
