"""满意度统计表: the month of 3.11 on one sheet, with what visitors wrote."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from servicedesk.paper import Ledger, Paper, add_paper
from servicedesk.periods import month_of
from servicedesk.services.sending import PERSONAL
from surveys.models import SurveyBatch, SurveySheet, SurveyVersion
from surveys.papers.sheets import readable
from surveys.services.results import Results, Tallied, results_of

BLANK_COMMENTS = range(4)


def of_month(rows: QuerySet, month: dt.date) -> QuerySet:
    of = month_of(month)
    return rows.filter(answered_at__gte=of.begins, answered_at__lt=of.ends)


def comments_of_month(rows: QuerySet, month: dt.date) -> QuerySet:
    """The valid sheets of a month on which something was written, the least pleased first."""
    written = of_month(rows, month).counted().exclude(comment="")
    return written.order_by("lowest", "answered_at", "pk").select_related("zone", "code")


def _results(ledger: Ledger) -> Results:
    """Of the desk whose month it is; of all desks without one."""
    sheets, batches = SurveySheet.objects.all(), SurveyBatch.objects.all()
    if ledger.place:
        sheets = sheets.filter(service_point__name=ledger.place)
        batches = batches.filter(service_point__name=ledger.place)
    batches = batches.filter(on__year=ledger.month.year, on__month=ledger.month.month)
    return results_of(of_month(sheets, ledger.month), batches)


def without_numbers(text: str) -> str:
    """A comment without the phone and document numbers that a visitor may have written into it."""
    return PERSONAL.sub("***", text)


def summary_context(ledger: Ledger | None) -> dict[str, Any]:
    """Facts of the month: what went out and came back, each item, and the comments."""
    if ledger is None:
        version = SurveyVersion.current()
        items = [Tallied(item.text, item.order) for item in version.items.order_by("order")] if version else []
        return {"ledger": None, "items": items, "room": BLANK_COMMENTS, "comments": [], "results": None}
    results = _results(ledger) if ledger.first == 1 else None
    comments = [(sheet, without_numbers(sheet.comment)) for sheet in ledger.rows]
    return {"ledger": ledger, "results": results, "items": results.items if results else [], "comments": comments}


SUMMARY = add_paper(Paper(
    key="3.11-summary", form_code="KF-3.11", title="满意度统计表", template="surveys/print/summary.html", size="a4",
    model=SurveySheet, context=summary_context, visible=readable, month_rows=comments_of_month,
    month_of=lambda sheet: timezone.localdate(sheet.answered_at), rows_per_page=30,
    signatures=(("maker", "制表"), ("checker", "审核")),
    footnotes=(
        "满意率 = (很满意 + 满意) ÷ 有效评分;“不清楚”和没有答的不计入。净推荐值 = 9、10 分占比 − 0 至 6 分占比。",
        "百分制得分:总体印象 20 分,各评价项目合计 80 分;没有评分的项目按其余各项平均。",
    ),
))
