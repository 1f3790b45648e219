"""The demo park's callbacks: most are passed, a few fail and are handled again, some are never reached."""

import datetime as dt
from collections.abc import Iterable

from django.utils import timezone

from complaints.callback_choices import (
    AttemptOutcome,
    CallbackChannel,
    CallbackSource,
    CallbackState,
    CheckWay,
    FailureCause,
)
from complaints.choices import ComplaintState
from complaints.models import CallbackPlan, Complaint
from complaints.services.callback_checks import check_callback
from complaints.services.callback_plans import VisitFacts, plan_visit
from complaints.services.callbacks import AttemptFacts, ask_end, record_attempt, sign_end
from complaints.services.endings import archive_complaint
from complaints.services.rounds import reopen_complaint
from complaints.services.solutions import accept_solution, offer_solution
from servicedesk.choices import Role
from servicedesk.demo.words import phone
from servicedesk.models import User
from servicedesk.services.demo import Demo, at

HOUR = dt.timedelta(hours=1)
FORGOTTEN = 2
GLAD = ["谢谢你们打电话来", "处理得很快", "没有别的意见", "下次还会来", "", "", ""]
GRUMBLES = [
    (FailureCause.PROMISE, "答应的退款一直没有到账"), (FailureCause.AMOUNT, "只退了一部分,说好全退的"),
    (FailureCause.RESULT, "道歉是道歉了,问题还在那里"), (FailureCause.AGAIN, "昨天带朋友来又遇到一样的事"),
]
VISITS = [
    ("枫林旅行社", "走访团队合作单位,听取对团队通道的意见"), ("云栖民宿", "走访周边商户,征求观光车班次意见"),
    ("实验小学", "回访研学团,了解讲解安排"),
]
MISSES = (AttemptOutcome.NO_ANSWER, AttemptOutcome.BUSY, AttemptOutcome.OFF, AttemptOutcome.REJECTED)


def call_back(demo: Demo) -> None:
    """Day by day as they fell due; what fails is handled and called again; today's are left in every state."""
    for _ in range(3):  # a failed one makes the next
        for plan in _due(demo):
            _called(demo, plan)
    _checked(demo)
    for plan in _due(demo):
        _called(demo, plan)
    _left_open(demo)
    _visits(demo)


def _due(demo: Demo) -> list[CallbackPlan]:
    """What fell due before today, but for the last two: those were forgotten."""
    today = timezone.localdate(demo.until)
    rows = CallbackPlan.objects.open().filter(from_on__lt=today, due_on__lt=today, asked_end="", tried_at=None)
    return list(rows.select_related("complaint__respondent_person", "grievance", "service_point").order_by(
        "due_on", "pk"
    ))[:-FORGOTTEN]


def _caller(demo: Demo, plan: CallbackPlan) -> User:
    """A clerk of the desk, never whom it is about; the manager of a major one."""
    role = Role.MANAGER if plan.is_major else Role.CLERK
    besides = plan.respondent_person
    return next(
        person for person in iter(lambda: demo.one_of(role, plan.service_point), None) if person != besides
    )


def _called(demo: Demo, plan: CallbackPlan) -> None:
    """In the day or two before it is due."""
    plan.refresh_from_db(fields=["state"])
    if not plan.is_open:  # a round that began meanwhile took its place
        return
    day = max(plan.from_on, plan.due_on - dt.timedelta(days=demo.rng.randint(0, 1)))
    moment = demo.moment(day, demo.rng.choice([9, 10, 14, 15, 16, 19]), demo.rng.randint(0, 59))
    moment = max(moment, plan.created_at + HOUR)
    chance, who = demo.rng.random(), _caller(demo, plan)
    if moment + HOUR > demo.until:
        return
    if chance < 0.06:
        _never_reached(demo, plan, moment, who)
    elif chance < 0.10:
        _turned_down(demo, plan, moment, who)
    elif chance < 0.18:
        _failed(demo, plan, moment, who)
    else:
        _passed(demo, plan, moment, who, missed=chance > 0.8)


def _missed(demo: Demo, plan: CallbackPlan, moments: Iterable[dt.datetime], who: User) -> None:
    for moment in moments:
        with at(moment):
            record_attempt(plan, AttemptFacts(outcome=demo.rng.choice(MISSES)), by=who)


def _passed(demo: Demo, plan: CallbackPlan, moment: dt.datetime, who: User, *, missed: bool) -> None:
    later = moment + 5 * HOUR
    if missed and later + HOUR < demo.until:
        _missed(demo, plan, [moment], who)
        moment = later
    with at(moment):
        record_attempt(plan, AttemptFacts(
            outcome=AttemptOutcome.REACHED, is_solved=True, satisfaction=demo.rng.choice([5, 5, 4, 4, 4, 3]),
            comment=demo.rng.choice(GLAD),
        ), by=who)
    _archive(demo, plan.complaint, moment + 3 * HOUR)


def _failed(demo: Demo, plan: CallbackPlan, moment: dt.datetime, who: User) -> None:
    cause, words = demo.rng.choice(GRUMBLES)
    with at(moment):
        record_attempt(plan, AttemptFacts(
            outcome=AttemptOutcome.REACHED, is_solved=False, satisfaction=demo.rng.choice([1, 2, 2]), cause=cause,
            comment=words,
        ), by=who)
    case, supervisor = plan.complaint, demo.one_of(Role.SUPERVISOR)
    if case is None or moment + 8 * HOUR > demo.until:
        return
    case.refresh_from_db()
    if case.state != ComplaintState.FAILED:
        return
    with at(moment + 2 * HOUR):
        reopen_complaint(case, words, by=supervisor)
        offer_solution(case, "当面致歉并当天办结", by=supervisor)
    with at(moment + 6 * HOUR):
        accept_solution(case, "已当面办结,游客认可", by=case.handler)


def _turned_down(demo: Demo, plan: CallbackPlan, moment: dt.datetime, who: User) -> None:
    with at(moment):
        record_attempt(plan, AttemptFacts(
            outcome=AttemptOutcome.REFUSED, comment="说已经解决,请不要再打电话"
        ), by=who)
    _signed(demo, plan, CallbackState.REFUSED, moment + 4 * HOUR)


def _never_reached(demo: Demo, plan: CallbackPlan, moment: dt.datetime, who: User) -> None:
    """Two days, a morning and an evening; then the supervisor's word."""
    morning = demo.moment(timezone.localdate(moment) + dt.timedelta(days=1), 9, 20)
    evening = demo.moment(timezone.localdate(moment) + dt.timedelta(days=1), 19, 10)
    tries = [each for each in (moment, morning, evening) if each + HOUR < demo.until]
    _missed(demo, plan, tries, who)
    if len(tries) < 3 or evening + 20 * HOUR > demo.until:
        return
    with at(evening + HOUR):
        ask_end(plan, CallbackState.UNREACHABLE, "两天三次都没有接听", by=who)
    _signed(demo, plan, CallbackState.UNREACHABLE, evening + 14 * HOUR)


def _signed(demo: Demo, plan: CallbackPlan, end: str, moment: dt.datetime) -> None:
    if moment > demo.until:
        return
    with at(moment):
        sign_end(plan, end, "情况属实,同意", by=demo.one_of(Role.SUPERVISOR))
    _archive(demo, plan.complaint, moment + 2 * HOUR)


def _archive(demo: Demo, case: Complaint | None, moment: dt.datetime) -> None:
    if case is None or moment > demo.until:
        return
    case.refresh_from_db()
    if case.state == ComplaintState.CALLED:
        with at(moment):
            archive_complaint(case, by=demo.one_of(Role.SUPERVISOR))


def _left_open(demo: Demo) -> None:
    """One promised for later today, one whose time has come, one that nobody answered."""
    today = timezone.localdate(demo.until)
    rows = CallbackPlan.objects.begun(today).filter(asked_end="", tried_at=None, created_at__lt=demo.until - 4 * HOUR)
    rows = rows.exclude(source_kind=CallbackSource.LATER)
    plans = [plan for plan in rows.select_related("complaint", "service_point").order_by("-due_on", "pk")
             if not plan.is_major][:3]
    facts = [
        (4, AttemptFacts(outcome=AttemptOutcome.LATER, next_at=demo.until + 2 * HOUR, comment="在开会,说晚点打")),
        (3, AttemptFacts(outcome=AttemptOutcome.LATER, next_at=demo.until - HOUR / 6, comment="在开车")),
        (2, AttemptFacts(outcome=AttemptOutcome.NO_ANSWER)),
    ]
    for plan, (back, fact) in zip(plans, facts, strict=False):
        with at(max(demo.until - back * HOUR, plan.created_at)):
            record_attempt(plan, fact, by=_caller(demo, plan))


def _visits(demo: Demo) -> None:
    """Two made, one to come."""
    today, clerk = timezone.localdate(demo.until), demo.one_of(Role.CLERK, demo.points[0])
    for (name, words), back in zip(VISITS, (min(6, demo.days), min(3, demo.days), 0), strict=True):
        made = demo.moment(today - dt.timedelta(days=back), 9, 30) if back else demo.until - HOUR
        facts = VisitFacts(
            visitor_name=name, words=words, phone=phone(demo.rng), address="景区外环路",
            due_on=today - dt.timedelta(days=back) + dt.timedelta(days=0 if back else 2),
        )
        with at(made):
            plan = plan_visit(facts, by=clerk, point=demo.points[0])
        if back:
            with at(made + 6 * HOUR):
                record_attempt(plan, AttemptFacts(
                    outcome=AttemptOutcome.REACHED, channel=CallbackChannel.VISIT, satisfaction=4,
                    comment="对合作满意,希望提前通知停运",
                ), by=clerk)


def _checked(demo: Demo) -> None:
    """Those drawn are looked at again within two days; the last ones wait."""
    ready = CallbackPlan.objects.to_check().filter(done_at__lt=demo.until - 40 * HOUR).order_by("done_at")
    for order, plan in enumerate(ready.select_related("complaint", "service_point")):
        is_good = order % 9 != 4
        with at(plan.done_at + 26 * HOUR):
            check_callback(
                plan, demo.rng.choice(CheckWay.values), is_good, "" if is_good else "游客的话没有记全",
                by=demo.one_of(Role.SUPERVISOR),
            )


