"""满意度统计: figures with their bars and the same as tables; as a workbook too."""

import calendar
import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from servicedesk.models import ExportLog
from servicedesk.register import Column
from servicedesk.services.exports import workbook
from servicedesk.views.registers import EXCEL
from surveys.filters.results import ResultsFilter
from surveys.models import SurveyBatch, SurveySheet
from surveys.services.results import Results, Tallied, batches_between, by_place, over_time, results_of, shown

RIGHT, EXPORT = "surveys.see_results", "surveys.export_surveysheet"
CHOSEN = ("zone", "channel", "survey_version")
COLUMNS = (
    Column(key="order", label="序", kind="number", width=6), Column(key="label", label="评价项目", width=34),
    *[
        Column(key=f"score_{score}", label=label, kind="number", width=9, value=lambda line, s=score: line.counts[s])
        for score, label in ((5, "很满意"), (4, "满意"), (3, "一般"), (2, "较差"), (1, "差"), (0, "不清楚"))
    ],
    Column(key="n", label="有效评分", kind="number", width=10),
    Column(key="mean", label="平均分", value=lambda line: shown(line.mean, "{:.2f}"), width=9),
    Column(key="pleased", label="满意率%", value=lambda line: shown(line.pleased), width=10),
)


class ResultsView(PermissionRequiredMixin, TemplateView):
    """The figures of this month, or of what is chosen."""

    permission_required: Any = RIGHT
    raise_exception = True
    template_name = "surveys/results.html"

    def chosen(self) -> ResultsFilter:
        """The filter with this month where no days are chosen."""
        data = self.request.GET.copy()
        today = timezone.localdate()
        data.setdefault("since", f"{today.replace(day=1)}")
        data.setdefault("until", f"{today}")
        rows = SurveySheet.objects.of_desks(self.request.user)
        return ResultsFilter(data, queryset=rows, request=self.request)

    def found(self) -> tuple[ResultsFilter, Results, dt.date, dt.date]:
        chosen = self.chosen()
        rows, typed = chosen.qs, chosen.form.cleaned_data
        until = typed.get("until") or timezone.localdate()
        since = typed.get("since") or until.replace(day=1)
        batches = batches_between(SurveyBatch.objects.visible_to(self.request.user), since, until, typed.get("zone"))
        results = results_of(rows, batches, viewer=self.request.user)
        if not results.is_closed:
            results.places, results.days = by_place(rows, self.request.user), over_time(
                rows, since, until, self.request.user)
        return chosen, results, since, until

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        chosen, results, since, until = self.found()
        query = {name: self.request.GET[name] for name in CHOSEN if self.request.GET.get(name)}
        listed = urlencode({**query, "since": since, "until": until, "state": "valid"})
        return super().get_context_data(
            filter=chosen, results=results, since=since, until=until, periods=periods(query, since, until),
            sheets_url=f"{reverse('surveys:surveysheet_list')}?{listed}", figures=figures(results),
            can_export=self.request.user.has_perm(EXPORT),
            export_url=f"{reverse('surveys:results_export')}?{urlencode({**query, 'since': since, 'until': until})}",
            **kwargs,
        )


def periods(query: dict[str, str], since: dt.date, until: dt.date) -> list[dict[str, Any]]:
    """The usual periods as tabs."""
    today = timezone.localdate()
    month = today.replace(day=1)
    before = (month - dt.timedelta(days=1)).replace(day=1)
    last = before.replace(day=calendar.monthrange(before.year, before.month)[1])
    week = today - dt.timedelta(days=today.weekday())
    year = today.replace(month=1, day=1)
    tabs = (("本周", week, today), ("本月", month, today), ("上月", before, last), ("今年", year, today))
    return [
        {"label": label, "url": f"?{urlencode({**query, 'since': first, 'until': end})}",
         "is_current": (first, end) == (since, until)}
        for label, first, end in tabs
    ]


def figures(results: Results) -> list[dict[str, str]]:
    """The headline figures, each with what it means."""
    return [
        {"label": "有效问卷", "value": str(results.valid), "means": "不含无效和作废的"},
        {"label": "总体满意率", "value": shown(results.overall.pleased, "{:.1f}%"),
         "means": "总体印象为很满意、满意的 ÷ 有效问卷"},
        {"label": "总体平均", "value": shown(results.overall.mean, "{:.2f}"), "means": "5 分制"},
        {"label": "净推荐值", "value": shown(results.net_promoters, "{:+.0f}"),
         "means": "愿意推荐 9、10 分的占比 − 0 至 6 分的占比"},
        {"label": "百分制得分", "value": shown(results.points),
         "means": "总体印象 20 分,各项合计 80 分;没有评分的项按其余各项平均"},
        {"label": "样本率", "value": shown(results.return_rate, "{:.1f}%"),
         "means": f"纸质:收回录入 {results.returned} ÷ 发放 {results.handed_out}"},
        {"label": "有效率", "value": shown(results.valid_rate, "{:.1f}%"), "means": "有效 ÷ (有效 + 无效)"},
    ]


class ResultsExportView(ResultsView):
    """The table of the items as a workbook."""

    permission_required = (RIGHT, EXPORT)
    http_method_names = ["get"]  # a HEAD would note an export that nobody got

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        _, results, since, until = self.found()
        lines: list[Tallied] = [*results.items, results.overall]
        with transaction.atomic():
            ExportLog.objects.create(
                register="surveyresults", query=request.GET.urlencode()[:2000], rows=len(lines), by=request.user
            )
        said = " · ".join(f"{figure['label']} {figure['value']}" for figure in figures(results))
        content = workbook("满意度统计", f"{since} 至 {until} · {said} · {request.user.name} 导出", COLUMNS, lines)
        headers = {"Content-Disposition": f'attachment; filename="survey-results-{until:%Y%m%d}.xlsx"'}
        return HttpResponse(content, content_type=EXCEL, headers=headers)
