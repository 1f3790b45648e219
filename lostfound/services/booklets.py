"""现场拾物空白本: issued with its sheets, each sheet used, void or missing, returned when all are."""

import re

from django.db import IntegrityError, transaction
from django.utils import timezone
from simple_history.utils import bulk_create_with_history

from lostfound.choices import SheetState
from lostfound.errors.booklets import (
    BadBookletNumber,
    BookletExists,
    BookletReturned,
    NoSuchSheet,
    NothingBlank,
    SheetNotBlank,
    SheetOfAnotherPoint,
    SheetsUnaccounted,
    SheetTaken,
)
from lostfound.models import Booklet, BookletSheet, FoundItem
from servicedesk.errors import ReasonNeeded
from servicedesk.models import ServicePoint, User
from servicedesk.services.transitions import amend, move

_NUMBER = re.compile(r"^[A-Z]{1,3}\d{2,6}$")
SHOWN_SHEETS = 10
MOST_SHEETS = 100


def normal_number(typed: str) -> str:
    """`b012 ` as it is printed: `B012`."""
    return typed.strip().upper()


def next_number(point: ServicePoint) -> str:
    """The number after the last one given out at a desk; B001 for the first."""
    last = Booklet.objects.filter(service_point=point).order_by("-pk").values_list("number", flat=True).first()
    parts = re.match(r"^(\D+)(\d+)$", last or "B000")
    if parts is None:
        return ""
    return f"{parts[1]}{int(parts[2]) + 1:0{len(parts[2])}d}"


@transaction.atomic
def issue_booklet(number: str, sheets: int, *, to: User, by, point: ServicePoint, note: str = "") -> Booklet:
    """Give a booklet of `sheets` blank, numbered sheets to a foreman.

    Raises:
        BadBookletNumber: not letters and digits as printed on the cover.
        BookletExists: the number was given out before.
    """
    name = normal_number(number)
    if not _NUMBER.match(name):
        raise BadBookletNumber(field="number")
    booklet = Booklet(
        number=name, service_point=point, issued_to=to, issued_at=timezone.now(), issued_by=by, note=note.strip()
    )
    booklet._history_user = by
    try:
        with transaction.atomic():
            booklet.save()
    except IntegrityError:
        raise BookletExists(number=name, field="number") from None
    blank = [BookletSheet(booklet=booklet, sheet_number=order) for order in range(1, sheets + 1)]
    bulk_create_with_history(blank, BookletSheet, default_user=by)
    return booklet


@transaction.atomic
def use_sheet(booklet_number: str, sheet_number: int, item: FoundItem, by) -> BookletSheet:
    """Settle the sheet on which a field find was written as used for `item`.

    A missing sheet that turns up is used like a blank one.

    Raises:
        NoSuchSheet: no booklet of that number, or not that many sheets.
        SheetOfAnotherPoint: the booklet was given out by another desk.
        SheetTaken: the sheet already stands for another item.
        SheetNotBlank: the sheet was made void.
        SomeoneWasFaster: it was used this moment.
    """
    number = normal_number(booklet_number)
    sheet = (
        BookletSheet.objects.select_related("booklet__service_point", "item")
        .filter(booklet__number=number, sheet_number=sheet_number).first()
    )
    if sheet is None:
        raise NoSuchSheet(booklet=number, sheet=sheet_number, field="sheet_number")
    if sheet.booklet.service_point_id != item.service_point_id:
        raise SheetOfAnotherPoint(booklet=number, point=sheet.booklet.service_point.name)
    if sheet.item is not None:
        raise SheetTaken(sheet=str(sheet), item=sheet.item.number, field="sheet_number")
    if sheet.state == SheetState.VOID:
        raise SheetNotBlank(sheet=str(sheet), field="sheet_number")
    move(sheet, SheetState.USED, by=by, item=item, settled_at=timezone.now(), settled_by=by)
    return sheet


@transaction.atomic
def void_sheet(sheet: BookletSheet, *, by, reason: str) -> BookletSheet:
    """A spoilt sheet, kept in the booklet; or a missing one that came back unusable.

    Raises:
        ReasonNeeded, NotPossibleNow, SomeoneWasFaster.
    """
    return _settle(sheet, SheetState.VOID, by, reason, "请写明作废原因。")


@transaction.atomic
def void_blank_sheets(booklet: Booklet, *, by, reason: str) -> int:
    """All sheets of a booklet that nobody wrote on, when it comes back half used; returns how many.

    Raises:
        ReasonNeeded; NothingBlank: every sheet is accounted for.
    """
    blank = list(booklet.sheets.filter(state=SheetState.BLANK))
    if not blank:
        raise NothingBlank(booklet=booklet.number)
    for sheet in blank:
        void_sheet(sheet, by=by, reason=reason)
    return len(blank)


@transaction.atomic
def report_missing_sheet(sheet: BookletSheet, *, by, reason: str) -> BookletSheet:
    """A sheet nobody can show.

    Raises:
        ReasonNeeded, NotPossibleNow, SomeoneWasFaster.
    """
    return _settle(sheet, SheetState.MISSING, by, reason, "请写明缺失经过。")


def _settle(sheet: BookletSheet, state: str, by, reason: str, ask: str) -> BookletSheet:
    if not reason.strip():
        raise ReasonNeeded(ask)
    why = reason.strip()[:200]
    move(sheet, state, by=by, reason=why[:100], settled_at=timezone.now(), settled_by=by, settle_reason=why)
    return sheet


@transaction.atomic
def return_booklet(booklet: Booklet, *, by) -> Booklet:
    """Take a booklet back once every sheet is used, void or missing.

    Raises:
        SheetsUnaccounted: blank sheets are left.
        BookletReturned: it came back before.
    """
    held = Booklet.objects.select_for_update().get(pk=booklet.pk)
    if held.returned_at:
        raise BookletReturned(booklet=held.number)
    blank = list(booklet.sheets.filter(state=SheetState.BLANK).values_list("sheet_number", flat=True))
    if blank:
        shown = "、".join(f"{order:02d}" for order in blank[:SHOWN_SHEETS])
        more = "…" if len(blank) > SHOWN_SHEETS else ""
        raise SheetsUnaccounted(booklet=held.number, count=len(blank), sheets=shown + more)
    amend(booklet, by=by, reason="交回", returned_at=timezone.now(), returned_to=by)
    return booklet
