"""Figures of visitors, calls, questions and follow-ups."""

import datetime as dt

from django.db.models import Count, F, Q, QuerySet, Sum
from django.utils import timezone

from dutylog.choices import EnquiryDirection, FollowUpState, TallyDirection
from dutylog.closing_counts import closing_counts, counts_of, missing_note
from dutylog.models import Enquiry, EnquiryTally, FollowUp, HeadcountReport
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

VISITORS = Figure(
    key="visitors_in", label="入园人数", group=FigureGroup.VISITORS, scale=0, form="{:,}", unit="人次",
    means="各日闭园时的入园累计之和;点开是计入的闭园数",
)


def _tell_visitors(asked: Asked, counts: list[tuple]) -> list[Reading]:
    """Without any count it is not known how many came: that is no 0."""
    return [Reading(
        figure=VISITORS, hits=sum(entered for *_, entered in counts) if counts else None, right=COUNTS.right,
        note=missing_note(asked, counts), urls={"hits": COUNTS.url(CLOSED, "hits", asked)},
    )]


add_source(ToldSource(
    key="visitors_in", figures=(VISITORS,), questions=lambda asked: [counts_of(asked)], tell=_tell_visitors,
))
CLOSED = CaseFigure(
    key="closing_counts", label="闭园报数", group=FigureGroup.VISITORS, scale=0, form="{:,}", unit="次",
    means="期内各服务点报了的闭园数;更正的计一次",
)
COUNTS: CaseSource = add_source(CaseSource(
    key="headcount", model=HeadcountReport, at="on", is_by_day=True,
    prepared=lambda rows, _: closing_counts(rows), figures=(CLOSED,),
))


def answered_or_past(asked: Asked) -> Q:
    return Q(answered_at__isnull=False) | Q(due_at__lt=asked.now)


def in_time(asked: Asked) -> Q:  # noqa: ARG001
    """Equal is on time."""
    return Q(answered_at__lte=F("due_at"))


CALLS = CaseFigure(
    key="calls", label="登记来电", group=FigureGroup.DESK, scale=0, form="{:,}", unit="通",
    means="逐条登记的来电,未接的也算;作废的不算", base=lambda _: Q(direction=EnquiryDirection.INCOMING),
)
ENQUIRIES: CaseSource = add_source(CaseSource(
    key="enquiry", model=Enquiry, at="received_at", prepared=lambda rows, _: rows.standing(),
    figures=(
        CALLS,
        CaseFigure(
            key="missed_in_time", label="5 分钟回电率", group=FigureGroup.DESK,
            means="未接来电在期限(默认 5 分钟,按服务时)内回电的 ÷ 已回电或已到期的未接来电",
            base=lambda _: Q(is_missed=True), due=answered_or_past, hit=in_time,
        ),
        CaseFigure(
            key="answered_in_time", label="8 小时答复率", group=FigureGroup.DESK,
            means="来电、咨询(未接来电除外)在期限(默认 8 小时,按服务时)内答复的 ÷ 已答复或已到期的",
            base=lambda _: Q(is_missed=False), due=answered_or_past, hit=in_time,
        ),
    ),
))

CALLS_WRITTEN = Figure(
    key="calls_written", label="来电登记率", group=FigureGroup.DESK,
    means="逐条登记的来电 ÷ (逐条登记的来电 + 只按键计数的电话咨询)",
)


NIGHT = dt.timedelta(days=2)


def _calls(asked: Asked) -> list[QuerySet]:
    period = asked.period
    # Strokes stand on the sheet of their own moment, which ends on the next morning: by it they are found.
    strokes = EnquiryTally.objects.filter(
        direction=TallyDirection.PHONE, day__on__gte=period.first, day__on__lt=period.after,
        at__gte=period.begins, at__lt=period.ends + NIGHT,
    )
    if asked.point is not None:
        strokes = strokes.filter(day__service_point=asked.point)
    calls = ENQUIRIES.rows(asked).filter(CALLS.base(asked)).order_by()
    return [
        calls.values_list("direction").annotate(Count("pk")),
        strokes.order_by().values_list("direction").annotate(Sum("change")),
    ]


def _tell_calls(asked: Asked, calls: list[tuple], strokes: list[tuple]) -> list[Reading]:
    written = sum(count for _, count in calls)
    counted = max(sum(change for _, change in strokes), 0)
    return [Reading(
        figure=CALLS_WRITTEN, hits=written, base=written + counted, right=ENQUIRIES.right,
        urls={"hits": ENQUIRIES.url(CALLS, "hits", asked)},
        note=f"另有只计数的电话 {counted} 通,没有逐条记录" if counted else "",
    )]


add_source(ToldSource(key="calls_written", figures=(CALLS_WRITTEN,), questions=_calls, tell=_tell_calls))


def closed_or_past(asked: Asked) -> Q:
    return Q(verified_at__isnull=False) | Q(due_on__lt=timezone.localdate(asked.now))


def closed_in_time(asked: Asked) -> Q:  # noqa: ARG001
    """Closed on its due day at the latest, in the desk's time."""
    return Q(verified_at__date__lte=F("due_on"))


add_source(CaseSource(
    key="followup", model=FollowUp, at="created_at", prepared=lambda rows, _: rows.exclude(state=FollowUpState.VOID),
    figures=(CaseFigure(
        key="mended_in_time", label="整改按期销号率", group=FigureGroup.MENDING,
        means="期内登记、有期限的跟进问题在期限当日以前复查销号的 ÷ 已销号或已到期的",
        base=lambda _: Q(due_on__isnull=False), due=closed_or_past, hit=closed_in_time,
    ),),
))
