"""Figures of complaints, counted by 反映时间. Undone ones that are not due yet are in no rate."""

import datetime as dt

from django.contrib.contenttypes.models import ContentType
from django.db.models import (
    DateTimeField,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Coalesce, Least

from complaints.choices import Channel, ComplaintState, Outcome, Satisfaction, Severity
from complaints.models import CasePause, Complaint
from complaints.services.terms import pause_cap
from dutylog.models import NoticeStep
from dutylog.services.chain import ORDER
from servicedesk.figures import Asked, CaseFigure, CaseSource, Cut, FigureGroup, add_source
from servicedesk.services import preferences

GROUP, TERMS, OPINION = FigureGroup.CASES, FigureGroup.TERMS, FigureGroup.OPINION
# Nothing is owed to the visitor of these: they are judged by when they ended, and no solution is counted.
PASSED = (ComplaintState.REFUSED, ComplaintState.PASSED_ON)
SOLVABLE = ~Q(state__in=PASSED)


def prepared(rows: QuerySet, asked: Asked) -> QuerySet:
    """Those that count, with the moments at which each clock stopped, or has run to by now."""
    now = Value(asked.now, output_field=DateTimeField())
    told_until = ExpressionWrapper(F("received_at") + notice_term(), output_field=DateTimeField())
    since = ExpressionWrapper(F("received_at") - repeat_term(), output_field=DateTimeField())
    return rows.counted().annotate(
        reply_until=Coalesce("replied_at", "ended_at", now), solution_until=Coalesce("solved_at", "ended_at", now),
        told_until=told_until, repeats_since=since,
    )


def notice_term() -> dt.timedelta:
    return dt.timedelta(minutes=preferences.value("complaints.notice_minutes"))


def repeat_term() -> dt.timedelta:
    return dt.timedelta(days=preferences.value("complaints.repeat_days"))


# ---- done, and past its moment; equal is on time -------------------------------------------
REPLIED = Q(replied_at__isnull=False) | Q(ended_at__isnull=False)
# A failed callback opens the case again: what was solved is not, until it is solved anew.
SOLVED = Q(solved_at__isnull=False) & ~Q(state=ComplaintState.FAILED)
HANDLED = SOLVED | Q(ended_at__isnull=False)


def reply_judged(asked: Asked) -> Q:
    return REPLIED | Q(reply_due_at__lt=asked.now)


def solution_judged(asked: Asked) -> Q:
    return HANDLED | Q(solution_due_at__lt=asked.now)


def replied_in_time(asked: Asked) -> Q:  # noqa: ARG001
    return REPLIED & Q(reply_until__lte=F("reply_due_at"))


def content_in_time(asked: Asked) -> Q:  # noqa: ARG001
    """A solution that the visitor accepted. A case opened again is late once, whatever its rounds."""
    return content() & Q(solution_until__lte=F("solution_due_at"))


def content() -> Q:
    return SOLVED & Q(outcome=Outcome.ACCEPTED) & ~Q(satisfaction=Satisfaction.NOT)


# ---- net: the moments later by how long the clock stood -------------------------------------
def net_due(due: str, until: str) -> ExpressionWrapper:
    """The moment of column `due`, later by the pauses before `until`, no more than the setting."""
    end = Least(Coalesce("ended_at", OuterRef(until)), OuterRef(until), output_field=DateTimeField())
    lasted = ExpressionWrapper(end - F("began_at"), output_field=DurationField())
    pauses = CasePause.objects.filter(complaint=OuterRef("pk"), began_at__lt=OuterRef(until)).order_by()
    stood = Subquery(pauses.values("complaint").annotate(stood=Sum(lasted)).values("stood"))
    nothing = Value(dt.timedelta(), output_field=DurationField())
    capped = Least(Coalesce(stood, nothing), Value(pause_cap(), output_field=DurationField()))
    return ExpressionWrapper(F(due) + capped, output_field=DateTimeField())


def reply_net(asked: Asked) -> Q:
    return replied_in_time(asked) | (REPLIED & Q(reply_until__lte=net_due("reply_due_at", "reply_until")))


def reply_net_judged(asked: Asked) -> Q:  # noqa: ARG001
    return REPLIED | Q(reply_until__gt=net_due("reply_due_at", "reply_until"))


def content_net(asked: Asked) -> Q:
    return content_in_time(asked) | (
        content() & Q(solution_until__lte=net_due("solution_due_at", "solution_until"))
    )


def solution_net_judged(asked: Asked) -> Q:
    past = Q(state=ComplaintState.FAILED, solution_due_at__lt=asked.now)
    return HANDLED | past | Q(solution_until__gt=net_due("solution_due_at", "solution_until"))


# ---- whether the supervisor was told, whether the visitor came before -------------------------
def _steps() -> QuerySet:
    """Whoever of the chain was told; where no supervisor was there, the next one above."""
    kind = ContentType.objects.get_for_model(Complaint).pk
    return NoticeStep.objects.filter(content_type=kind, object_id=OuterRef("pk"), role__in=ORDER).order_by()


def told_judged(asked: Asked) -> Q:
    return Q(Exists(_steps())) | Q(received_at__lt=asked.now - notice_term())


def told_in_time(asked: Asked) -> Q:  # noqa: ARG001
    return Q(Exists(_steps().filter(told_at__lte=OuterRef("told_until"))))


def repeated(asked: Asked) -> Q:  # noqa: ARG001
    """The same whole number complained within the days of the setting before."""
    earlier = Complaint.objects.counted().filter(
        phone_digest=OuterRef("phone_digest"), received_at__gte=OuterRef("repeats_since")
    ).filter(Q(received_at__lt=OuterRef("received_at")) | Q(received_at=OuterRef("received_at"), pk__lt=OuterRef("pk")))
    return ~Q(phone_digest="") & Q(Exists(earlier.order_by()))


def first_of_cause(asked: Asked) -> Q:
    """One case of each incident, and each case without one."""
    rows = Complaint.objects.counted().filter(
        incident=OuterRef("incident"), received_at__gte=asked.period.begins, received_at__lt=asked.period.ends,
        pk__lt=OuterRef("pk"),
    )
    rows = rows.filter(service_point=asked.point) if asked.point else rows
    return Q(incident=None) | ~Q(Exists(rows.order_by()))


def opinions(asked: Asked) -> Q:  # noqa: ARG001
    return SOLVED & ~Q(satisfaction="")


CASES = CaseFigure(
    key="cases", label="投诉件数", group=GROUP, scale=0, form="{:,}", unit="件",
    means="期内反映的投诉,按游客反映的时间;作废、撤诉的不计,并案的各计一件",
)
CUTS = (
    Cut(key="category", label="类别", columns=("category",), name=lambda values: values[0]),
    Cut(key="subcategory", label="类别 · 细类", columns=("category", "subcategory"),
        name=lambda values: f"{values[0]} · {values[1] or '未分细类'}"),
    Cut(key="zone", label="地点", columns=("zone_id", "zone__name"), name=lambda values: values[1]),
    Cut(key="department", label="被投诉部门", columns=("respondent_department_id", "respondent_department__name"),
        name=lambda values: values[1] or "未写部门"),
    Cut(key="channel", label="方式", columns=("channel",), name=lambda values: Channel(values[0]).label),
    Cut(key="severity", label="程度", columns=("severity",), name=lambda values: Severity(values[0]).label),
)

COMPLAINT_SOURCE: CaseSource = add_source(CaseSource(
    key="complaint", model=Complaint, at="received_at", prepared=prepared, cuts=CUTS,
    figures=(
        CASES,
        CaseFigure(
            key="causes", label="投诉起数", group=GROUP, scale=0, form="{:,}", unit="起",
            means="同一事件的几件投诉计一起,没有归入事件的各计一起", base=first_of_cause,
        ),
        CaseFigure(
            key="major", label="重大投诉", group=GROUP, scale=0, form="{:,}", unit="件",
            means="媒体曝光、政府处罚、人身伤害或群体的投诉;没有也写 0", base=lambda _: Q(severity=Severity.MAJOR),
        ),
        CaseFigure(
            key="handled", label="投诉处理率", group=TERMS, due=solution_judged, hit=lambda _: HANDLED,
            means="已解决、不予受理或转出的 ÷ 已办结或解决期限已过的投诉;回访不合格待重办的算未办结",
        ),
        CaseFigure(
            key="replied_in_time", label="24 小时首次答复率", group=TERMS, due=reply_judged, hit=replied_in_time,
            means="在首次答复期限(默认 24 小时)内答复的 ÷ 已答复或期限已过的投诉;不扣暂停",
        ),
        CaseFigure(
            key="replied_net", label="24 小时首次答复率(净)", group=TERMS, due=reply_net_judged, hit=reply_net,
            means="扣除待游客补充的暂停时间", beside="replied_in_time",
        ),
        CaseFigure(
            key="content_in_time", label="72 小时满意解决率", group=TERMS, base=lambda _: SOLVABLE, due=solution_judged,
            hit=content_in_time,
            means="在解决期限(默认 72 小时)内给出游客接受的方案的 ÷ 已解决或期限已过的投诉;不予受理、转出的不计",
        ),
        CaseFigure(
            key="content_net", label="72 小时满意解决率(净)", group=TERMS, base=lambda _: SOLVABLE,
            due=solution_net_judged, hit=content_net, means="扣除待游客补充的暂停时间", beside="content_in_time",
        ),
        CaseFigure(
            key="told_in_time", label="督导即时通知率", group=TERMS, due=told_judged, hit=told_in_time,
            means="游客反映后在规定分钟(默认 5 分钟)内通报督导的 ÷ 已通报或时间已过的投诉;没有督导在岗的,看上一级",
        ),
        CaseFigure(
            key="repeated", label="重复投诉率", group=GROUP, hit=repeated,
            means="同一电话在规定天数(默认 30 天)内再次投诉的 ÷ 投诉件数",
        ),
        CaseFigure(
            key="answered", label="响应率", group=OPINION, due=reply_judged, hit=lambda _: REPLIED,
            means="已首次答复的 ÷ 已答复或答复期限已过的投诉,不论早晚",
        ),
        CaseFigure(
            key="solved", label="解决率", group=OPINION, base=lambda _: SOLVABLE, due=solution_judged,
            hit=lambda _: SOLVED & Q(outcome=Outcome.ACCEPTED),
            means="游客接受方案而解决的 ÷ 已解决或解决期限已过的投诉,不论早晚;最终答复的不算解决",
        ),
        CaseFigure(
            key="content", label="满意率", group=OPINION, base=opinions,
            hit=lambda _: Q(satisfaction__in=(Satisfaction.SATISFIED, Satisfaction.FAIRLY)),
            means="对结果满意、基本满意的 ÷ 已解决并留下意见的投诉",
        ),
    ),
))
