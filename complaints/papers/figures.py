"""投诉汇总表: a week or a month of complaints on paper, as approved or as counted now."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from complaints.choices import Severity
from complaints.figures.cases import CUTS
from complaints.models import Complaint
from complaints.services.summaries import Summary, every, summary_of
from complaints.services.summarybooks import approved
from servicedesk.figures import SUMMARY as SHEET
from servicedesk.figures import Asked, FigureGroup, figures
from servicedesk.models import ServicePoint
from servicedesk.paper import Ledger, Paper, add_paper
from servicedesk.periods import Period, month_of, week_of

ROWS_BLANK = range(6)
CUTS_SHOWN = 12


def majors(rows: QuerySet, period: Period) -> QuerySet:
    """The major complaints of a time, each with a row of its own."""
    of_time = rows.filter(received_at__gte=period.begins, received_at__lt=period.ends)
    return of_time.counted().filter(severity=Severity.MAJOR).order_by("received_at", "pk").select_related("zone")


def period_of(ledger: Ledger) -> Period:
    return week_of(ledger.week) if ledger.week else month_of(ledger.month)


def summary_context(ledger: Ledger | None) -> dict[str, Any]:
    """Facts of the sheet; the blank one has the names of the figures and their room."""
    if ledger is None:
        own = [figure for figure in figures(SHEET) if not figure.beside]
        groups = [(group.label, [each for each in own if each.group == group]) for group in FigureGroup]
        cuts = [cut for cut in CUTS if cut.key != "subcategory"]
        return {
            "ledger": None, "figure_groups": [(label, each) for label, each in groups if each], "blank_cuts": cuts,
            "room": ROWS_BLANK,
        }
    summary = _summary(ledger)
    return {
        "ledger": ledger, "summary": summary, "approved": approved(summary), "majors": ledger.rows,
        "cuts": [(cut, every(lines)[:CUTS_SHOWN], len(every(lines)) - CUTS_SHOWN) for cut, lines in summary.cuts],
    }


def _summary(ledger: Ledger) -> Summary:
    """Of the desk whose sheet it is; of the house without one."""
    point = ServicePoint.objects.filter(name=ledger.place).first() if ledger.place else None
    return summary_of(Asked(period=period_of(ledger), now=timezone.now(), point=point))


SUMMARY = add_paper(Paper(
    key="complaint-summary", form_code="KF-TSHZ", title="投诉汇总表", template="complaints/print/summary.html",
    size="a4", model=Complaint, context=summary_context, right="complaints.view_figures",
    month_rows=lambda rows, month: majors(rows, month_of(month)),
    week_rows=lambda rows, monday: majors(rows, week_of(monday)),
    month_of=lambda complaint: timezone.localdate(complaint.received_at), rows_per_page=25,
    signatures=(("maker", "制表"), ("supervisor", "督导"), ("manager", "部门经理"), ("leader", "分管领导")),
    footnotes=(
        "按游客反映的时间计入;作废、撤诉的不计;没有到期也没有办结的不进比率,列为“未到期”;没有可计的写“—”。",
        "时限比率为毛值,不扣暂停;净值扣除待游客补充的时间。核定以后数字不再变动,更正的原数、新数和原因列在后面。",
    ),
))
