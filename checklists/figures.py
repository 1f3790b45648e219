"""Figures of the rounds: how many of those that were owed were walked, and how many found something."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from checklists.choices import CHECKED_ROUND_STATES
from checklists.models import Round, RoundTemplate
from checklists.services.owed import templates_at
from servicedesk.figures import (
    Asked,
    CaseFigure,
    CaseSource,
    Figure,
    FigureGroup,
    Reading,
    ToldSource,
    add_source,
)
from servicedesk.models import ServicePoint
from servicedesk.services import kept

GROUP = FigureGroup.ROUNDS


def walked(asked: Asked) -> Q:  # noqa: ARG001
    return Q(state__in=CHECKED_ROUND_STATES)


WALKED = CaseFigure(
    key="rounds_walked", label="检查次数", group=GROUP, scale=0, form="{:,}", unit="次", base=walked,
    means="期内的值班日查完的岗前、固定资产、设施设备检查,补查的也算",
)
ROUNDS: CaseSource = add_source(CaseSource(
    key="round", model=Round, at="on", is_by_day=True,
    figures=(
        WALKED,
        CaseFigure(
            key="rounds_failed", label="检查异常率", group=GROUP, base=walked, hit=lambda _: Q(failures__gt=0),
            means="查出异常的 ÷ 查完的检查",
        ),
        CaseFigure(
            key="rounds_late", label="补查率", group=GROUP, base=walked, hit=lambda _: Q(is_late=True),
            means="过后补查的 ÷ 查完的检查",
        ),
    ),
))
ROUNDS_DONE = Figure(
    key="rounds_done", label="检查完成率", group=GROUP,
    means="查完的 ÷ 应查的检查(在用的检查表每个值班日一次,今天的查完才计);批准漏查的也算应查",
)


def _questions(asked: Asked) -> list[QuerySet]:
    """Of each desk and template: walked at all, walked today, begun on days that are over."""
    today = timezone.localdate(asked.now)
    done = walked(asked)
    return [ROUNDS.rows(asked).order_by().values_list("service_point_id", "template_id").annotate(
        done=Count("pk", filter=done), now=Count("pk", filter=done & Q(on__gte=today)),
        begun=Count("pk", filter=Q(on__lt=today)),
    )]


def _tell(asked: Asked, rounds: list[tuple]) -> list[Reading]:
    found = {(point, template): tuple(numbers) for point, template, *numbers in rounds}
    owed = {
        (point.pk, template.pk): days_owed(asked, point, template)
        for point, templates in templates_at(_points(asked)).items() for template in templates
    }
    base = 0
    for key in {*found, *owed}:
        _, now, begun = found.get(key, (0, 0, 0))
        base += max(owed.get(key, 0), begun) + now
    return [Reading(
        figure=ROUNDS_DONE, hits=sum(done for done, *_ in found.values()), base=base, right=ROUNDS.right,
        urls={"hits": ROUNDS.url(WALKED, "hits", asked)},
    )]


def days_owed(asked: Asked, point: ServicePoint, template: RoundTemplate) -> int:
    """The days of the time, before today, on which a desk owed a round."""
    begins = max(filter(None, (asked.period.first, template.valid_from, point.opened_on)))
    ends = min(asked.period.after, timezone.localdate(asked.now))
    return max((ends - begins) // dt.timedelta(days=1), 0)


def _points(asked: Asked) -> list[ServicePoint]:
    active: Iterable[ServicePoint] = kept.rows_of(ServicePoint.objects.filter(is_active=True))
    return [asked.point] if asked.point else list(active)


add_source(ToldSource(key="rounds_done", figures=(ROUNDS_DONE,), questions=_questions, tell=_tell))
