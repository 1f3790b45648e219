"""回访记录表 of one plan; 电话回访台帐 and 回访总结报告 of a month."""

import datetime as dt
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from complaints.callback_choices import CallbackSource, CallbackState
from complaints.models import CallbackAttempt, CallbackPlan
from complaints.services import callback_figures as figures
from servicedesk.paper import Ledger, Paper, add_paper
from servicedesk.periods import month_of
from servicedesk.services import preferences

BLANK_TRIES, ROWS = 6, 15


def sheet_context(plan: CallbackPlan | None) -> dict[str, Any]:
    """Facts of the 回访记录表: boxes with what is chosen, a row per try, room for more while it is open."""
    if plan is None:
        return {
            "plan": None, "is_filled": False, "attempts": [], "room": range(BLANK_TRIES), "check": None,
            "sources": [(False, source.label) for source in CallbackSource],
            "ends": [(False, end.label) for end in figures.ENDS], "last": None, "about": {},
        }
    attempts = list(plan.attempts.select_related("by"))
    room = max(0, BLANK_TRIES - len(attempts)) if plan.is_open else 0
    return {
        "plan": plan, "is_filled": True, "attempts": attempts, "room": range(room),
        "check": getattr(plan, "recheck", None), "last": figures.tried_last(plan), "about": about_of(plan),
        "sources": [(plan.source_kind == source, source.label) for source in CallbackSource],
        "ends": [(plan.state == end, end.label) for end in figures.ENDS],
    }


def about_of(plan: CallbackPlan) -> dict[str, str]:
    """What was said, and what was done about it."""
    if plan.complaint:
        return {"said": plan.complaint.words, "done": plan.done_about_it, "kind": plan.complaint.kind}
    if plan.grievance:
        return {"said": plan.grievance.words, "done": plan.grievance.soothing, "kind": plan.grievance.kind}
    return {"said": plan.words, "done": "", "kind": plan.get_source_kind_display()}


CALLBACK_SHEET = add_paper(Paper(
    key="callback-sheet", form_code="KF-HF", title="回访记录表", template="complaints/print/callback_sheet.html",
    size="a4", model=CallbackPlan, context=sheet_context,
    signatures=(("caller", "回访人"), ("signer", "督导签批"), ("checker", "质检人")),
    footnotes=(
        "每次回访记一行。结果:接通、约时再访、无人接听、占线、关机、空号、拒接、拒访、语言不通。",
        "满意度:5 很满意,4 满意,3 一般,2 不满意,1 很不满意。没有解决或不满意的为不合格,投诉须重办。",
        "无法联系、拒访、免访由督导签批;被投诉的本人不得回访;重大投诉由部门经理回访。",
    ),
))


def due_in(rows: QuerySet, month: dt.date) -> QuerySet:
    """Those due in a month, with what the papers show of each."""
    attempts = Prefetch("attempts", queryset=CallbackAttempt.objects.select_related("by"))
    of = month_of(month)
    found = rows.filter(due_on__gte=of.first, due_on__lt=of.after)
    return found.order_by("due_on", "pk").select_related(
        "complaint", "grievance", "recheck", "signed_by"
    ).prefetch_related(attempts)


def ledger_context(ledger: Ledger | None) -> dict[str, Any]:
    """Rows of the 台帐, and at its end what became of all."""
    if ledger is None:
        return {"ledger": None, "rows": [], "room": range(ROWS)}
    counted = [plan for plan in ledger.all_rows if not plan.is_superseded]
    return {
        "ledger": ledger, "room": range(0),
        "rows": [(order, plan, figures.tried_last(plan)) for order, plan in enumerate(ledger.rows, ledger.first)],
        "totals": {
            "count": len(counted), "done": figures.callback_rate(counted), "passed": figures.pass_rate(counted),
            "open": sum(plan.is_open for plan in counted),
        },
    }


CALLBACK_LEDGER = add_paper(Paper(
    key="callback-ledger", form_code="KF-HF-TZ", title="电话回访台帐", template="complaints/print/callback_ledger.html",
    size="a4-landscape", model=CallbackPlan, context=ledger_context, month_rows=due_in,
    month_of=lambda plan: plan.due_on, rows_per_page=ROWS,
    signatures=(("maker", "制表"), ("checker", "审核(中心负责人)")),
    footnotes=("按应访日期列入当月;次数为拨打次数,结果为最后一次。电话只印后四位,全号在系统里查。",),
))


def report_context(ledger: Ledger | None) -> dict[str, Any]:
    """Facts of the 回访总结报告. What a new round took the place of counts no more; of none it is “—”."""
    plans = [plan for plan in (ledger.all_rows if ledger else []) if not plan.is_superseded]
    later = [plan for plan in plans if plan.source_kind == CallbackSource.LATER]
    drawn = [plan for plan in plans if plan.is_drawn]
    return {
        "ledger": ledger, "rows": figures.by_source(plans) if ledger else [
            {"label": source.label} for source in CallbackSource] + [{"label": "合计"}],
        "ends": [CallbackState(end).label for end in figures.ENDS],
        "rates": [
            ("回访率(已到期)", figures.callback_rate(plans)), ("按期完成率", figures.on_time_rate(plans)),
            ("合格率(已接通)", figures.pass_rate(plans)), ("30 天回访率", figures.callback_rate(later)),
            ("30 天回访合格率", figures.pass_rate(later)), ("回访质检合格率", figures.check_rate(plans)),
        ],
        "drawn": len(drawn), "checked": sum(hasattr(plan, "recheck") for plan in plans),
        "unchecked": sum(not hasattr(plan, "recheck") for plan in drawn),
        "causes": figures.causes_of(plans), "outcomes": figures.outcomes_of(plans),
        "score": figures.average_score(plans), "visits": sum(map(figures.was_visited, plans)),
        "visits_wanted": preferences.value("complaints.callback_visits"),
        "today": timezone.localdate(),
    }


CALLBACK_REPORT = add_paper(Paper(
    key="callback-report", form_code="KF-HF-BG", title="回访总结报告", template="complaints/print/callback_report.html",
    size="a4", model=CallbackPlan, context=report_context, month_rows=due_in, month_of=lambda plan: plan.due_on,
    # A report is one piece, however many callbacks it counts.
    rows_per_page=100_000, signatures=(("maker", "报告人"), ("head", "中心负责人"), ("manager", "部门经理")),
    footnotes=(
        "按应访日期统计当月;重办代替的回访不计。比率只计已完成或已到期的,没有可计的写“—”。",
        "合格率以接通的为分母;质检合格率以已质检的为分母。",
    ),
))
