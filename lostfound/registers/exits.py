"""The books of what leaves without an owner: 招领公告, 移交与处置."""

from django.db.models import Q

from lostfound.choices import BatchState, NoticeState
from lostfound.filters.exits import BatchFilter, NoticeFilter
from lostfound.models import Batch, Notice
from servicedesk.register import Column, Register, SavedView, add_register
from servicedesk.services.search import Words

SHOWN_THINGS = 3


def things_of(notice: Notice) -> str:
    """`黑色长柄伞、红色双肩包等 5 件`."""
    words = [line.public_text for line in notice.lines.all()]
    return "、".join(words[:SHOWN_THINGS]) + (f"等 {len(words)} 件" if len(words) > SHOWN_THINGS else "")


def pieces(record) -> int:
    """Lines of a notice; lines still in a batch."""
    return sum(getattr(line, "is_active", True) for line in record.lines.all())


def month_of(batch: Batch) -> str:
    return f"{batch.month:%Y-%m}"


NOTICES = add_register(Register(
    key="notice", app="lostfound", model=Notice, label="招领公告", icon="megaphone", prefixes=("ZL",),
    columns=(
        Column(key="number", label="编号", kind="serial", order_by=("number",), width=20),
        Column(key="things", label="物品", kind="link", value=things_of, width=36),
        Column(key="pieces", label="件数", kind="number", value=pieces, width=6),
        Column(key="channel", label="公告方式", value="get_channel_display"),
        Column(key="state", label="状态", kind="state", value="get_state_display"),
        Column(key="published_at", label="公告时间", kind="datetime", order_by=("published_at",), width=17),
        Column(key="published_by", label="发布人", value="published_by.name", width=10),
        Column(key="withdrawn_at", label="撤下时间", kind="datetime", width=17, shown=False),
        Column(key="created_at", label="起草时间", kind="datetime", order_by=("created_at",), width=17, shown=False),
        Column(key="created_by", label="起草人", value="created_by.name", width=10, shown=False),
    ),
    filterset=NoticeFilter, title=lambda notice: f"招领公告 {things_of(notice)}",
    words=lambda notice: Words(names=[line.public_text for line in notice.lines.all()]),
    related=("service_point", "created_by", "published_by"), prefetch=("lines",),
    views=(
        SavedView(label="全部", query="all=1"), SavedView(label="草稿", query="state=draft"),
        SavedView(label="已公告", query="state=published"),
    ),
    papers=("notice",),
    create_name="lostfound:notice_create",
    empty_text="拾得两天还没人来领的物品在这里公告,法定期从公告起算。",
    final=Q(state=NoticeState.WITHDRAWN), parts=("lines",),
))

BATCHES = add_register(Register(
    key="batch", app="lostfound", model=Batch, label="移交处置", icon="truck", prefixes=("CW", "GA", "CZ"),
    columns=(
        Column(key="number", label="编号", kind="serial", order_by=("number",), width=20),
        Column(key="kind", label="去向", kind="link", value="get_kind_display"),
        Column(key="month", label="月份", value=month_of, order_by=("month",), width=9),
        Column(key="pieces", label="件数", kind="number", value=pieces, width=6),
        Column(key="state", label="状态", kind="state", value="get_state_display"),
        Column(key="created_by", label="编制", value="created_by.name", width=10),
        Column(key="reviewed_by", label="复核", value="reviewed_by.name", width=10),
        Column(key="approved_by", label="批准", value="approved_by.name", width=10),
        Column(key="executed_at", label="执行时间", kind="datetime", order_by=("executed_at",), width=17),
        Column(key="receiver", label="接收人", width=12),
        Column(key="receiver_unit", label="接收单位", shown=False, width=20),
        Column(key="receipt_number", label="凭证号", width=16),
        Column(key="created_at", label="编制时间", kind="datetime", order_by=("created_at",), width=17, shown=False),
    ),
    filterset=BatchFilter, title=lambda batch: f"{batch.get_kind_display()}清单 {month_of(batch)}",
    words=lambda batch: Words(texts=[batch.get_kind_display(), batch.receiver_unit, batch.receipt_number]),
    related=("service_point", "created_by", "reviewed_by", "approved_by"), prefetch=("lines",),
    views=(
        SavedView(label="全部", query="all=1"), SavedView(label="还没结清", query="running=1"),
        SavedView(label="移交财务", query="kind=finance"), SavedView(label="移交公安", query="kind=police"),
        SavedView(label="处置", query="kind=disposal"),
    ),
    papers=("transfer-finance", "transfer-police", "disposal"),
    create_name="lostfound:batch_create",
    empty_text="每月到期没人领的物品在这里编成清单,移交财务、公安或处置。",
    final=Q(state__in=[BatchState.CLOSED, BatchState.CANCELLED]), parts=("lines",),
))
