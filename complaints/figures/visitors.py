"""万人投诉率: complaints against the visitors that came in, by the closing figures of the headcounts."""

import datetime as dt

from django.db.models import Count, QuerySet
from django.utils import timezone

from complaints.figures.cases import CASES, COMPLAINT_SOURCE
from dutylog.hours import CLOSING
from dutylog.models import HeadcountReport
from dutylog.services.headcounts import reports_at
from servicedesk.figures import Asked, Figure, FigureGroup, Reading, ToldSource, add_source
from servicedesk.models import ServicePoint
from servicedesk.services import kept

PER_VISITORS = Figure(
    key="per_visitors", label="万人投诉率", group=FigureGroup.CASES, scale=10_000, form="{:.2f}", unit="件/万人",
    means="投诉件数 × 10,000 ÷ 入园人数(各日闭园数);缺报的日子使它不完整",
)


def _questions(asked: Asked) -> list[QuerySet]:
    period = asked.period
    counts = HeadcountReport.objects.standing().filter(slot=CLOSING, on__gte=period.first, on__lt=period.after)
    if asked.point is not None:
        counts = counts.filter(service_point=asked.point)
    cases = COMPLAINT_SOURCE.rows(asked).order_by()
    return [
        cases.values_list("state").annotate(Count("pk")),
        counts.order_by().values_list("service_point_id", "on", "entered"),
    ]


def _tell(asked: Asked, cases: list[tuple], counts: list[tuple]) -> list[Reading]:
    missing = days_missing(asked, {(desk, on) for desk, on, _ in counts})
    urls = {"hits": COMPLAINT_SOURCE.url(CASES, "hits", asked)}
    return [Reading(
        figure=PER_VISITORS, hits=sum(count for _, count in cases), base=sum(entered for *_, entered in counts),
        note=f"不完整:缺 {said_days(missing)} 的入园人数" if missing else "", urls=urls,
        right=COMPLAINT_SOURCE.right,
    )]


def said_days(days: list[dt.date]) -> str:
    """`11-03、11-07 至 11-12`."""
    runs: list[list[dt.date]] = []
    for day in days:
        if runs and day - runs[-1][-1] == dt.timedelta(days=1):
            runs[-1].append(day)
        else:
            runs.append([day])
    return "、".join(f"{run[0]:%m-%d}" + (f" 至 {run[-1]:%m-%d}" if len(run) > 1 else "") for run in runs)


def days_missing(asked: Asked, known: set[tuple[int, dt.date]]) -> list[dt.date]:
    """Past days of which a desk that counts the park has no closing figure. Nothing is owed before a desk opened."""
    desks = [asked.point] if asked.point else kept.rows_of(ServicePoint.objects.filter(is_active=True))
    counting = [desk for desk in desks if reports_at(desk)]
    past = [day for day in asked.period.days() if day < timezone.localdate(asked.now)]
    return [
        day for day in past
        if any(desk.was_open(day) and (desk.pk, day) not in known for desk in counting)
    ]


add_source(ToldSource(key="visitors", figures=(PER_VISITORS,), questions=_questions, tell=_tell))
