"""Rows of notices, batches, counts of valuables and booklets."""

import datetime as dt

from django.utils import timezone

from lostfound.choices import BatchKind, BatchState, IntakeKind, ItemState, NoticeState
from lostfound.models import (
    Batch,
    BatchLine,
    Booklet,
    BookletSheet,
    FoundItem,
    ItemCategory,
    Notice,
    NoticeLine,
    StockTake,
    StockTakeLine,
)
from servicedesk.choices import Role
from tests.access.row import Row, only
from tests.access.world import thing

DESK = (Role.CLERK, Role.CUSTODIAN, Role.SUPERVISOR, Role.MANAGER)
SEES = (*DESK, Role.DUTY_MANAGER)
ANNOUNCES = (Role.CUSTODIAN, Role.SUPERVISOR, Role.MANAGER)
SEES_BATCHES = (*SEES, Role.FINANCE)
POLICE = (Role.SUPERVISOR, Role.MANAGER)
EXECUTES_POLICE = (Role.CUSTODIAN, *POLICE)


def _find(world, number: str, category: str = "12", **more) -> FoundItem:
    then = timezone.now() - dt.timedelta(days=500)
    return FoundItem.objects.create(**{
        "number": number, "service_point": world.point, "created_at": then, "created_by": world.person(Role.CLERK),
        "intake_kind": IntakeKind.VISITOR, "state": ItemState.IN_CUSTODY, "thing": "雨伞", "public_text": "黑色雨伞",
        "category": ItemCategory.objects.get(code=category), "found_at": then, "handed_in_at": then,
        "zone": world.zone, "holder": world.person(Role.CLERK), "desk_due_on": then.date(),
        "legal_due_on": dt.date(2026, 1, 1), "finder_phone": "13812345678", **more,
    })


def _facts(world, number: str, **more) -> dict:
    return {
        "number": number, "service_point": world.point, "created_at": timezone.now(),
        "created_by": world.person(Role.CLERK), **more,
    }


@thing
def draft_notice(world):
    notice = Notice.objects.create(**_facts(world, "ZL-20261122-001"))
    NoticeLine.objects.create(notice=notice, item=_find(world, "SW-20250101-002"), public_text="黑色雨伞")
    return notice


@thing
def published_notice(world):
    return Notice.objects.create(**_facts(world, "ZL-20261122-002", state=NoticeState.PUBLISHED))


def _batch(world, number: str, kind: str, state: str, item: FoundItem, **line) -> Batch:
    batch = Batch.objects.create(**_facts(world, number, kind=kind, state=state, month=dt.date(2026, 11, 1)))
    BatchLine.objects.create(batch=batch, item=item, **line)
    return batch


@thing
def finance_batch(world):
    return _batch(
        world, "CW-20261122-001", BatchKind.FINANCE, BatchState.PREPARED, _find(world, "SW-20250101-003")
    )


@thing
def finance_line(world):
    return world.finance_batch.lines.get()


@thing
def reviewed_batch(world):
    return _batch(
        world, "CW-20261122-002", BatchKind.FINANCE, BatchState.REVIEWED, _find(world, "SW-20250101-004")
    )


@thing
def police_batch(world):
    return _batch(
        world, "GA-20261122-001", BatchKind.POLICE, BatchState.APPROVED, _find(world, "SW-20250101-005", "07")
    )


@thing
def handed_batch(world):
    item = _find(world, "SW-20250101-006", state=ItemState.FINANCE)
    return _batch(
        world, "CW-20261122-003", BatchKind.FINANCE, BatchState.EXECUTED, item, done_at=timezone.now(),
        method="to_finance",
    )


@thing
def handed_line(world):
    return world.handed_batch.lines.get()


@thing
def running_count(world):
    take = StockTake.objects.create(**_facts(world, "PD-20261122-001", counted_by=world.person(Role.CLERK)))
    phone = _find(world, "SW-20250101-009", "01", is_valuable=True)
    StockTakeLine.objects.create(stock_take=take, item=phone, seal_expected="F-1")
    return take


@thing
def booklet(world):
    foreman = world.person(Role.FOREMAN)
    book = Booklet.objects.create(
        number="B001", service_point=world.point, issued_to=foreman, issued_at=timezone.now(), issued_by=foreman
    )
    BookletSheet.objects.create(booklet=book, sheet_number=1)
    return book


@thing
def booklet_sheet(world):
    return world.booklet.sheets.get()


ISSUES = (Role.CUSTODIAN, Role.SUPERVISOR, Role.MANAGER)
COUNTS = DESK
REASON = {"reason": "测试原因"}
EXPORTED = {"get_writes": ("servicedesk_exportlog",)}  # an export is itself an act that must be on record


def _one(name: str, arg: str, roles: tuple, post: int = 302, **more) -> Row:
    return Row(f"lostfound:{name}", (arg,), of_desk=True, get=only(200, *roles), post=only(post, *roles), **more)


ROWS = [
    Row("lostfound:notice_list", get=only(200, *SEES)),
    Row("lostfound:notice_export", get=only(200, *DESK), post=only(200, Role.MANAGER), data=REASON, **EXPORTED),
    Row("lostfound:notice_bulk", post=only(404, *SEES)),
    Row("lostfound:notice_detail", ("@draft_notice",), of_desk=True, get=only(200, *SEES)),
    Row("lostfound:notice_create", get=only(200, *ANNOUNCES), post=only(422, *ANNOUNCES)),
    _one("notice_edit", "@draft_notice", ANNOUNCES, post=422),
    Row("lostfound:notice_publish", ("@draft_notice",), of_desk=True, post=only(302, *ANNOUNCES)),
    _one("notice_withdraw", "@published_notice", ANNOUNCES, data=REASON),

    Row("lostfound:batch_list", get=only(200, *SEES_BATCHES)),
    Row("lostfound:batch_export", get=only(200, *ANNOUNCES, Role.FINANCE), post=only(200, Role.MANAGER),
        data=REASON, **EXPORTED),
    Row("lostfound:batch_bulk", post=only(404, *SEES_BATCHES)),
    Row("lostfound:batch_detail", ("@finance_batch",), of_desk=True, get=only(200, *SEES_BATCHES)),
    Row("lostfound:batch_create", get=only(200, Role.CUSTODIAN), post=only(422, Role.CUSTODIAN)),
    Row("lostfound:batch_create_police", get=only(200, *EXECUTES_POLICE), post=only(422, *EXECUTES_POLICE)),
    Row("lostfound:batch_create_disposal", get=only(200, Role.CUSTODIAN), post=only(422, Role.CUSTODIAN)),
    Row("lostfound:batch_review", ("@finance_batch",), of_desk=True, post=only(302, *POLICE)),
    Row("lostfound:batch_approve", ("@reviewed_batch",), of_desk=True, post=only(302, Role.MANAGER)),
    _one("batch_cancel", "@finance_batch", (Role.CUSTODIAN, Role.MANAGER), data=REASON),
    _one("batch_execute", "@police_batch", EXECUTES_POLICE, post=422),
    _one("batch_close", "@handed_batch", (Role.FINANCE,), data={"receipt_number": "PZ-1"}),
    Row("lostfound:batchline_drop", ("@finance_batch", "@finance_line"), of_desk=True,
        get=only(200, Role.CUSTODIAN, Role.MANAGER), post=only(302, Role.CUSTODIAN, Role.MANAGER), data=REASON),
    Row("lostfound:batchline_reverse", ("@handed_batch", "@handed_line"), of_desk=True,
        get=only(200, Role.CUSTODIAN), post=only(422, Role.CUSTODIAN), data=REASON),

    Row("lostfound:stocktake_list", get=only(200, *SEES)),
    Row("lostfound:stocktake_export", get=only(200, *ANNOUNCES), post=only(200, Role.MANAGER), data=REASON,
        **EXPORTED),
    Row("lostfound:stocktake_bulk", post=only(404, *SEES)),
    Row("lostfound:stocktake_detail", ("@running_count",), of_desk=True, get=only(200, *SEES)),
    Row("lostfound:stocktake_create", get=only(200, *COUNTS), post=only(422, *COUNTS)),
    _one("stocktake_count", "@running_count", COUNTS, post=422),
    _one("stocktake_sign", "@running_count", COUNTS, post=422),

    Row("lostfound:booklet_list", get=only(200, *DESK, Role.FOREMAN)),
    Row("lostfound:booklet_detail", ("@booklet",), of_desk=True, get=only(200, *DESK, Role.FOREMAN)),
    Row("lostfound:booklet_issue", get=only(200, *ISSUES), post=only(422, *ISSUES)),
    Row("lostfound:booklet_return", ("@booklet",), of_desk=True, post=only(302, *ISSUES)),
    _one("booklet_void_blank", "@booklet", ISSUES, data=REASON),
    _one("sheet_void", "@booklet_sheet", ISSUES, data=REASON),
    _one("sheet_missing", "@booklet_sheet", ISSUES, data=REASON),
]
