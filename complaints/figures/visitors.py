"""万人投诉率: complaints against the visitors that came in, by the closing figures of the headcounts."""

from django.db.models import Count, QuerySet

from complaints.figures.cases import CASES, COMPLAINT_SOURCE
from dutylog.closing_counts import counts_of, missing_note
from servicedesk.figures import Asked, Figure, FigureGroup, Reading, ToldSource, add_source

PER_VISITORS = Figure(
    key="per_visitors", label="万人投诉率", group=FigureGroup.CASES, scale=10_000, form="{:.2f}", unit="件/万人",
    means="投诉件数 × 10,000 ÷ 入园人数(各日闭园数);缺报的日子使它不完整",
)


def _questions(asked: Asked) -> list[QuerySet]:
    cases = COMPLAINT_SOURCE.rows(asked).order_by()
    return [cases.values_list("state").annotate(Count("pk")), counts_of(asked)]


def _tell(asked: Asked, cases: list[tuple], counts: list[tuple]) -> list[Reading]:
    urls = {"hits": COMPLAINT_SOURCE.url(CASES, "hits", asked)}
    return [Reading(
        figure=PER_VISITORS, hits=sum(count for _, count in cases), base=sum(entered for *_, entered in counts),
        note=missing_note(asked, counts), urls=urls, right=COMPLAINT_SOURCE.right,
    )]


add_source(ToldSource(key="visitors", figures=(PER_VISITORS,), questions=_questions, tell=_tell))
