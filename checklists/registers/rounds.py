"""The book of rounds (3.13, 3.14, pre-shift checks)."""

from django.db.models import Q

from checklists.choices import RoundState
from checklists.filters.rounds import RoundFilter
from checklists.models import Round
from servicedesk.register import Column, RailPage, Register, SavedView, add_rail_page, add_register
from servicedesk.services.search import Words


def title(round_: Round) -> str:
    return f"{round_.template.name} · {round_.on:%Y-%m-%d}"


def words(round_: Round) -> Words:
    people = [round_.checked_by, round_.reviewed_by]
    return Words(
        texts=[round_.template.name, round_.get_kind_display(), f"{round_.on:%Y%m%d}", round_.note],
        names=[person.name for person in people if person],
    )


def outcome(round_: Round) -> str:
    """`异常 2 项`, `全部正常`; empty while it runs."""
    if not round_.checked_at:
        return ""
    return f"异常 {round_.failures} 项" if round_.failures else "全部正常"


DAY = add_rail_page(RailPage(
    label="今日检查", icon="ui-checks", page="checklists:round_day", right="checklists.view_round",
))
ROUNDS = add_register(Register(
    key="round", app="checklists", model=Round, label="检查记录", icon="list-check", prefixes=("GQ", "ZC", "SB"),
    columns=(
        Column(key="number", label="编号", kind="serial", order_by=("number",), width=20),
        Column(key="on", label="日期", kind="date", order_by=("on",), width=12),
        Column(key="template", label="检查表", kind="link", value="template.name", width=24),
        Column(key="kind", label="类别", value="get_kind_display", shown=False),
        Column(key="outcome", label="结果", value=outcome, width=14),
        Column(key="failures", label="异常数", kind="number", order_by=("failures",), width=8, shown=False),
        Column(key="checked_at", label="检查时间", kind="datetime", order_by=("checked_at",), width=18),
        Column(key="checked_by", label="检查人", value="checked_by.name", width=10),
        Column(key="reviewed_by", label="复核人", value="reviewed_by.name", width=10),
        Column(key="is_late", label="补查", kind="yesno", width=6),
        Column(key="excuse", label="漏查原因", width=30, shown=False),
        Column(key="approved_by", label="批准人", value="approved_by.name", width=10, shown=False),
        Column(key="note", label="备注", width=30, shown=False),
        Column(key="state", label="状态", kind="state", value="get_state_display"),
    ),
    filterset=RoundFilter, title=title, words=words, order=("-on", "-pk"),
    related=("template", "checked_by", "reviewed_by", "approved_by", "service_point", "template_version", "day"),
    views=(
        SavedView(label="全部", query="all=1"),
        SavedView(label="检查中", query="state=running"),
        SavedView(label="有异常", query="found=bad"),
        SavedView(label="补查", query="is_late=true"),
        SavedView(label="批准漏查", query="state=excused"),
    ),
    ledgers=("3.13", "3.14"), is_one_ledger=False,
    empty_text="岗前检查、班后固定资产和设施设备检查在这里,请从“今日检查”开始。",
    month_by="on", final=Q(state__in=[RoundState.REVIEWED, RoundState.EXCUSED]), parts=("lines",),
))
