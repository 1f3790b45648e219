"""Figures of callbacks: of the complaints of a time, and of the callbacks that were due in it."""

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from complaints.callback_choices import (
    OPEN_CALLBACKS,
    REACHED_CALLBACKS,
    AttemptOutcome,
    CallbackChannel,
    CallbackSource,
    CallbackState,
)
from complaints.models import CallbackAttempt, CallbackPlan, Complaint
from servicedesk.figures import (
    Asked,
    CaseFigure,
    CaseSource,
    Figure,
    FigureGroup,
    Reading,
    Rule,
    ToldSource,
    add_source,
)
from servicedesk.services import preferences

GROUP = FigureGroup.CALLBACKS


def _plans(kind: str) -> QuerySet:
    """The callbacks of one kind of a complaint; what a new round took the place of is none."""
    return CallbackPlan.objects.counted().filter(complaint=OuterRef("pk"), source_kind=kind).order_by()


def planned(kind: str) -> Rule:
    return lambda asked: Q(Exists(_plans(kind)))  # noqa: ARG005


def called(kind: str) -> Rule:
    """None of its rounds is open."""
    return lambda asked: ~Q(Exists(_plans(kind).filter(state__in=OPEN_CALLBACKS)))  # noqa: ARG005


def call_judged(kind: str) -> Rule:
    """Called back, or past the day; on the day itself it is on time."""
    def rule(asked: Asked) -> Q:
        running = _plans(kind).filter(state__in=OPEN_CALLBACKS, due_on__gte=timezone.localdate(asked.now))
        return ~Q(Exists(running))

    return rule


def _rate(key: str, label: str, kind: str, means: str) -> CaseFigure:
    return CaseFigure(
        key=key, label=label, group=GROUP, means=means, base=planned(kind), due=call_judged(kind), hit=called(kind),
    )


add_source(CaseSource(
    key="called_back", model=Complaint, at="received_at", prepared=lambda rows, _: rows.counted(),
    figures=(
        _rate("called_back", "投诉回访率", CallbackSource.COMPLAINT,
              "期内反映、已办结的投诉中回访完成的(含签批结束的)÷ 已完成或已过应访日期的"),
        _rate("called_later", "30 天回访率", CallbackSource.LATER,
              "期内反映的投诉中 30 天(按设定)回访完成的 ÷ 已完成或已过应访日期的"),
    ),
))


def was_visited(asked: Asked) -> Q:  # noqa: ARG001
    """Somebody went there and met the visitor."""
    met = CallbackAttempt.objects.filter(
        plan=OuterRef("pk"), channel=CallbackChannel.VISIT, outcome=AttemptOutcome.REACHED
    )
    return Q(Exists(met.order_by()))


VISITS = CaseFigure(
    key="visits", label="上门拜访", group=FigureGroup.MENDING, scale=0, form="{:,}", unit="次", base=was_visited,
    means="应访日期在期内、上门见到了游客的回访和拜访",
)
PLANS: CaseSource = add_source(CaseSource(
    key="callback", model=CallbackPlan, at="due_on", is_by_day=True,
    prepared=lambda rows, _: rows.counted().annotate(is_good=F("recheck__is_good")),
    figures=(
        CaseFigure(
            key="callback_passed", label="回访合格率", group=GROUP, base=lambda _: Q(state__in=REACHED_CALLBACKS),
            hit=lambda _: Q(state=CallbackState.PASSED), means="合格的 ÷ 应访日期在期内、访到了游客的各类回访",
        ),
        CaseFigure(
            key="callback_checked", label="回访质检合格率", group=GROUP, base=lambda _: Q(is_good__isnull=False),
            hit=lambda _: Q(is_good=True), means="质检合格的 ÷ 应访日期在期内、经督导质检的回访",
        ),
        VISITS,
    ),
))
VISITS_DONE = Figure(
    key="visits_done", label="上门拜访完成率", group=FigureGroup.MENDING,
    means="上门拜访次数 ÷ 每月计划次数(按设定);按月计划,周不计",
)


def _visits(asked: Asked) -> list[QuerySet]:
    rows = PLANS.rows(asked).filter(was_visited(asked)).order_by()
    return [rows.values_list("source_kind").annotate(Count("pk"))]


def _tell_visits(asked: Asked, visits: list[tuple]) -> list[Reading]:
    wanted = None if asked.period.is_week else preferences.value("complaints.callback_visits")
    return [Reading(
        figure=VISITS_DONE, hits=sum(count for _, count in visits), base=wanted, right=PLANS.right,
        urls={"hits": PLANS.url(VISITS, "hits", asked)},
    )]


add_source(ToldSource(key="visits_done", figures=(VISITS_DONE,), questions=_visits, tell=_tell_visits))
