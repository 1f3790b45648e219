"""The book of hand-overs."""

from django.db.models import Q

from dutylog.choices import HAND_OVER_PREFIX, HandOverState
from dutylog.filters.handovers import HandOverFilter
from dutylog.models import HandOver
from dutylog.services.handovers import counted_said
from servicedesk.register import Column, Register, SavedView, add_register
from servicedesk.services.search import Words


def title(hand_over: HandOver) -> str:
    to = f" → {hand_over.to_shift.get_kind_display()}" if hand_over.to_shift else ""
    return f"交接班 · {hand_over.day.on:%m月%d日} {hand_over.from_shift.get_kind_display()}{to}"


def words(hand_over: HandOver) -> Words:
    names = [person.name for person in (hand_over.outgoing, hand_over.incoming) if person]
    return Words(texts=[hand_over.note, *(line.mark for line in hand_over.lines.all())], names=names)


def counted(hand_over: HandOver) -> str:
    return counted_said(list(hand_over.lines.all()))


def differences(hand_over: HandOver) -> int:
    return sum(line.differs for line in hand_over.lines.all())


HAND_OVERS = add_register(Register(
    key="handover", app="dutylog", model=HandOver, label="交接班", icon="arrow-left-right",
    prefixes=(HAND_OVER_PREFIX,),
    columns=(
        Column(key="number", label="编号", kind="serial", order_by=("number",), width=20),
        Column(key="on", label="日期", kind="date", value="day.on", order_by=("day__on",), width=12),
        Column(key="from_shift", label="交班班次", value="from_shift.get_kind_display", width=10),
        Column(key="to_shift", label="接班班次", value="to_shift.get_kind_display", width=10, shown=False),
        Column(key="outgoing", label="交班人", value="outgoing.name", width=10),
        Column(key="incoming", label="接班人", value="incoming.name", width=10),
        Column(key="frozen_at", label="交班时刻", kind="datetime", order_by=("frozen_at",), width=17),
        Column(key="taken_at", label="接班签字", kind="datetime", order_by=("taken_at",), width=17),
        Column(key="differences", label="差异", kind="number", value=differences, width=6),
        Column(key="counted", label="清点", value=counted, width=50, shown=False),
        Column(key="note", label="交代事项", width=30, shown=False),
        Column(key="service_point", label="服务点", value="service_point.name", width=14, shown=False),
        Column(key="state", label="状态", kind="state", value="get_state_display"),
    ),
    filterset=HandOverFilter, title=title, words=words,
    related=("day", "from_shift", "to_shift", "outgoing", "incoming", "service_point", "created_by"),
    prefetch=("lines",),
    views=(
        SavedView(label="全部", query="all=1"), SavedView(label="清点中", query="state=drafted"),
        SavedView(label="等接班签字", query="state=signed"),
    ),
    empty_text="每班一张交接单:清点物品,双方签字。从当天值班表的“交接班”开始。",
    month_by="day__on", final=Q(state=HandOverState.TAKEN), parts=("lines",),
))
