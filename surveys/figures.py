"""Figures of the survey for a summary of the house: no single sheet can be told from them."""

from collections import Counter
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from servicedesk.figures import Asked, Figure, FigureGroup, Reading, ToldSource, add_source
from surveys.choices import DETRACTORS, PLEASED, PROMOTERS, SheetState
from surveys.models import SurveyBatch, SurveySheet
from surveys.services.results import FEWEST, Tallied

PLEASED_RATE = Figure(
    key="survey_pleased", label="问卷满意率", group=FigureGroup.OPINION,
    means="总体印象为很满意、满意的有效问卷 ÷ 作了评价的有效问卷,按填表时间",
)
NET_PROMOTERS = Figure(
    key="survey_nps", label="净推荐值(NPS)", group=FigureGroup.OPINION, form="{:+.0f}", unit="分",
    means="(愿意推荐 9、10 分的 − 0 至 6 分的)÷ 作答的有效问卷 × 100",
)
RETURN_RATE = Figure(
    key="survey_returned", label="样本率", group=FigureGroup.OPINION,
    means="期内发放的纸质问卷中收回录入的(作废的不算)÷ 发放张数",
)


def _questions(asked: Asked) -> list[QuerySet]:
    period = asked.period
    sheets = SurveySheet.objects.counted().filter(answered_at__gte=period.begins, answered_at__lt=period.ends)
    batches = SurveyBatch.objects.filter(on__gte=period.first, on__lt=period.after)
    if asked.point is not None:
        sheets, batches = sheets.filter(service_point=asked.point), batches.filter(service_point=asked.point)
    back = Count("sheets", filter=~Q(sheets__state=SheetState.VOID))
    return [
        sheets.order_by().values_list("overall", "nps").annotate(Count("pk")),
        batches.order_by().annotate(back=back).values_list("count", "back"),
    ]


def _tell(asked: Asked, sheets: list[tuple], batches: list[tuple]) -> list[Reading]:
    overall, willing = Tallied("总体印象"), Counter()
    for score, nps, count in sheets:
        overall.counts[score] += count
        willing[nps] += count
    query = urlencode({"since": asked.period.first, "until": asked.period.last})
    urls = {"base": f"{reverse('surveys:results')}?{query}"}
    pleased = sum(overall.counts[score] for score in PLEASED)
    ahead = sum(willing[n] for n in PROMOTERS) - sum(willing[n] for n in DETRACTORS)
    asked_nps = sum(count for nps, count in willing.items() if nps is not None)
    common: dict[str, Any] = {"urls": urls, "right": "surveys.see_results"}
    return [
        _unless_few(Reading(figure=PLEASED_RATE, hits=pleased, base=overall.n, **common)),
        _unless_few(Reading(figure=NET_PROMOTERS, hits=ahead, base=asked_nps, **common)),
        Reading(figure=RETURN_RATE, hits=sum(back for _, back in batches), base=sum(count for count, _ in batches),
                **common),
    ]


def _unless_few(reading: Reading) -> Reading:
    """Of a few sheets even a figure would tell a single score."""
    if not reading.base or reading.base >= FEWEST:
        return reading
    return Reading(
        figure=reading.figure, hits=None, base=reading.base, note=f"不足 {FEWEST} 份,不显示", urls=reading.urls,
        right=reading.right,
    )


add_source(ToldSource(
    key="survey", figures=(PLEASED_RATE, NET_PROMOTERS, RETURN_RATE), questions=_questions, tell=_tell,
))
