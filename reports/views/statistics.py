"""统计分析: the figures of a day, week, month or year; as a workbook too."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.generic import TemplateView

from reports.services.statistics import Statistics, statistics_of
from reports.services.statisticsbook import statistics_workbook
from servicedesk.figures import Asked
from servicedesk.periods import Period, Span, month_of, period_of, read_period
from servicedesk.services.points import required_point
from servicedesk.views.registers import EXCEL

VIEW, EXPORT, SEE_ALL = "reports.view_statistics", "reports.export_statistics", "servicedesk.see_all_points"
DESK = "desk"


def asked_of(request: HttpRequest) -> Asked:
    """The period and desk of the address; this month where none is named. 404 for what is no period.

    Who sees all desks gets the house, unless they ask for the desk they work at; others their desk alone.
    """
    now = timezone.now()
    text = request.GET.get("period", "")
    period = read_period(text, Span) if text else month_of(timezone.localdate(now))
    if period is None or period.begins > now:
        raise Http404
    is_house = request.user.has_perm(SEE_ALL) and request.GET.get("scope") != DESK
    return Asked(period=period, now=now, point=None if is_house else required_point(request))


class Addresses:
    """Pages beside the one that is looked at: another time, desk, figure."""

    def __init__(self, asked: Asked, trend: str):
        self.asked, self.trend = asked, trend

    def of(self, period: Period | None = None, *, page: str = "statistics", **other: str) -> str:
        scope = other.get("scope", DESK if self.asked.point else "")
        query = {"period": (period or self.asked.period).key, "trend": other.get("trend", self.trend), "scope": scope}
        return f"{reverse(f'reports:{page}')}?{urlencode({key: value for key, value in query.items() if value})}"

    def spans(self) -> list[dict[str, Any]]:
        """By day, week, month, year: the one that its last day lies in, today at the latest."""
        day = min(self.asked.period.last, timezone.localdate(self.asked.now))
        return [
            {"label": f"按{span.label}", "url": self.of(period_of(day, span)),
             "is_current": span == self.asked.period.span}
            for span in Span
        ]

    def parts(self) -> list[dict[str, Any]]:
        """The months of a year, the days of a month or week, as far as they have begun."""
        return [
            {"label": f"{each.first.month}月" if each.span == Span.MONTH else f"{each.first:%-d}日",
             "name": each.label, "url": self.of(each)}
            for each in self.asked.period.parts() if each.begins <= self.asked.now
        ]

    def scopes(self) -> list[dict[str, Any]]:
        return [
            {"label": label, "url": self.of(scope=scope), "is_current": is_current}
            for label, scope, is_current in (
                ("全部服务点", "", self.asked.point is None), ("本服务点", DESK, self.asked.point is not None),
            )
        ]


class StatisticsView(PermissionRequiredMixin, TemplateView):
    """The board of figures."""

    permission_required: Any = VIEW
    raise_exception = True
    template_name = "reports/statistics.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked, user = asked_of(self.request), self.request.user
        found = statistics_of(asked, self.request.GET.get("trend", ""))
        to = Addresses(asked, found.trend.figure.key)
        return super().get_context_data(
            found=found, period=asked.period, spans=to.spans(), parts=to.parts(),
            earlier_url=to.of(asked.period.before),
            later_url=to.of(asked.period.following) if asked.period.is_over(asked.now) else "",
            scopes=to.scopes() if user.has_perm(SEE_ALL) else [], groups=groups(found, to), points=points(found, to),
            export_url=to.of(page="statistics_export") if user.has_perm(EXPORT) else "", **kwargs,
        )


def groups(found: Statistics, to: Addresses) -> list[dict[str, Any]]:
    """The parts of the board; each line with the way to its trend."""
    return [
        {"label": group.group.label, "partings": group.partings, "lines": [
            {"line": line, "trend_url": f"{to.of(trend=line.figure.key)}#trend",
             "is_trend": line.figure.key == found.trend.figure.key}
            for line in group.lines
        ]}
        for group in found.groups
    ]


def points(found: Statistics, to: Addresses) -> list[dict[str, Any]]:
    return [
        {"period": period, "reading": reading, "url": to.of(period), "is_current": period == found.asked.period,
         "value": "" if reading.value is None else f"{reading.value:.4f}"}
        for period, reading in found.trend.points
    ]


class StatisticsExportView(PermissionRequiredMixin, TemplateView):
    """The workbook of what the page shows."""

    permission_required = (VIEW, EXPORT)
    raise_exception = True
    http_method_names = ["get"]  # a HEAD would note an export that nobody got

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ARG002
        asked = asked_of(request)
        found = statistics_of(asked, request.GET.get("trend", ""))
        content = statistics_workbook(found, user=request.user, query=request.GET.urlencode())
        name = f"统计分析 {asked.period.key}.xlsx"
        return HttpResponse(
            content, content_type=EXCEL, headers={"Content-Disposition": content_disposition_header(True, name)}
        )
