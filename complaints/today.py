"""What complaints tell the start page: what is owed now, by name; handed over; today's number; 投诉登记."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils import timezone

from complaints import callbacks_today
from complaints.choices import (
    ApprovalLevel,
    CompensationState,
    ComplaintState,
    GrievanceState,
)
from complaints.models import Compensation, Complaint, Escalation, FigureApproval, Grievance
from complaints.models.compensations import right_of
from complaints.services.escalations import Owed, owed_by
from complaints.services.rectifications import suggestions, undecided
from complaints.services.summaries import approvals_of
from dutylog.models import NoticeStep
from dutylog.services.chain import steps_about
from servicedesk.periods import month_of, week_of
from servicedesk.services.asking import Tally, by_key
from servicedesk.services.today import Alarm, Named, Number, Start, Waiting, sources
from servicedesk.templatetags.said import when

LIST = "complaints:complaint_list"
MOST_CASES, MOST_NAMED = 50, 5
URGENT = "cinnabar"


def waiting(user) -> Sequence[Named | Alarm]:
    """Every alarm that the person can do something about."""
    if not user.has_perm("complaints.view_complaint"):
        return []
    rows = Complaint.objects.visible_to(user)
    offered: list[Named | Alarm] = [_told(rows, user), _offered(rows.offered_to(user))]
    if not user.has_perm("complaints.change_complaint"):
        return offered
    return [*offered, _owed(rows), *_overdue(rows), *_to_decide(rows, user), *_grievances(user)]


def _plain(rows, sentence: str, button: str, query: str, *, oldest: str, tone: str = URGENT, page: str = "") -> Alarm:
    """An alarm whose sentence needs the `{count}` alone."""

    def line(tally: Tally) -> Waiting:
        age = f"最早 {when(tally.oldest)}" if tally.oldest else ""
        return Waiting(sentence=sentence.format(count=tally.count), button=button, age=age, tone=tone,
                       url=f"{page or reverse(LIST)}?{query}", weight=tally.count)

    return Alarm(rows=rows, line=line, oldest=oldest)


def _offered(rows) -> Alarm:
    return _plain(rows, "{count} 件投诉移交给您,等您接收", "去接收", "wait=offered", oldest="received_at", tone="ochre")


def _told(rows, user) -> Named:
    """Whoever was told is asked until they answer; reading the notice is no answer."""
    steps = steps_about(Complaint, rows.running().values("pk")).filter(person=user, answered_at=None)

    cases = rows.filter(pk__in=steps.order_by().values("object_id")).order_by("pk")

    def say(found: list[NoticeStep], told: list[Complaint]) -> list[Waiting]:
        by_pk = {case.pk: case for case in told}
        return [
            Waiting(
                sentence=f"{by_pk[step.object_id]} {by_pk[step.object_id].category}投诉已通报您,请应答", tone=URGENT,
                button="去应答", url=reverse("complaints:complaint_detail", args=[step.object_id]),
                age=when(step.told_at), weight=12,
            )
            for step in found if step.object_id in by_pk
        ]

    return Named(lists=[steps[:MOST_NAMED], cases[:MOST_CASES]], say=say)


def _owed(rows) -> Named:
    """Cases whose next level should have been told: right also when no job runs."""
    running = rows.running().select_related("zone").order_by("received_at")[:MOST_CASES]
    keys = rows.running().order_by("received_at").values("pk")[:MOST_CASES]
    done = Escalation.objects.filter(complaint__in=keys).order_by("pk")
    told = steps_about(Complaint, keys)

    def say(cases: list[Complaint], steps: list[NoticeStep], known: list[Escalation]) -> list[Waiting]:
        now, by_case, done_of = timezone.now(), by_key(steps, "object_id"), by_key(known, "complaint_id")
        found = [
            (case, owed_by(case, by_case.get(case.pk, []), done_of.get(case.pk, []), now)) for case in cases
        ]
        return [_said(case, owed[-1]) for case, owed in found if owed][:MOST_NAMED]

    return Named(lists=[running, told, done], say=say)


def _said(case: Complaint, owed: Owed) -> Waiting:
    return Waiting(
        sentence=f"{case.number} {case.category}投诉({case.zone}){owed.sentence}", tone=URGENT, button="去通报",
        url=reverse("complaints:complaint_notice", args=[case.pk]), age=when(case.received_at), weight=9,
    )


def _overdue(rows) -> list[Alarm]:
    now = timezone.now()
    return [
        _plain(rows.overdue(now), "{count} 件投诉已逾期", "去处理", "wait=overdue", oldest="received_at"),
        _plain(
            rows.reply_soon(now), "{count} 件投诉 6 小时内须首次答复", "去答复", "wait=reply_soon",
            oldest="received_at", tone="ochre",
        ),
    ]


def _to_decide(rows, user) -> list[Alarm]:
    if not user.has_perm("complaints.decide_complaint"):
        return []
    found = [_plain(
        rows.filter(state=ComplaintState.REGISTERED), "{count} 件投诉等您受理", "去受理",
        f"state={ComplaintState.REGISTERED}", oldest="received_at",
    ), _plain(
        rows.filter(state=ComplaintState.FAILED), "{count} 件投诉回访不合格,须重办", "去重办",
        f"state={ComplaintState.FAILED}", oldest="received_at",
    )]
    if user.has_perm("complaints.archive_complaint"):
        found.append(_plain(
            rows.filter(state=ComplaintState.CALLED), "{count} 件投诉回访合格,可以归档", "去归档",
            f"state={ComplaintState.CALLED}", oldest="received_at", tone="jade",
        ))
    return found


def _drafts(rows, ledger: str) -> Named:
    """待核实, one by one, each to be taken up or not; the oldest first."""
    drafts = rows.filter(state=GrievanceState.DRAFT).select_related("zone").order_by("received_at", "pk")

    def say(found: list[Grievance]) -> list[Waiting]:
        lines = [
            Waiting(
                sentence=f"{row} 待核实:{row.words[:30]}", button="去核实", age=when(row.received_at),
                url=reverse("complaints:grievance_detail", args=[row.pk]), weight=3,
            ) for row in found[:MOST_NAMED]
        ]
        if len(found) > MOST_NAMED:
            lines.append(Waiting(sentence="还有更多抱怨草稿待核实", button="看全部", url=f"{ledger}?state=draft"))
        return lines

    return Named(lists=[drafts[:MOST_NAMED + 1]], say=say)


def _grievances(user) -> list[Named | Alarm]:
    """Drafts that nobody looked at, and what is not soothed."""
    if not user.has_perm("complaints.change_grievance"):
        return []
    rows, ledger = Grievance.objects.visible_to(user), reverse("complaints:grievance_list")
    return [
        _drafts(rows, ledger),
        _plain(rows.filter(state=GrievanceState.REGISTERED), "{count} 条抱怨还没有化解", "去化解", "state=registered",
               oldest="received_at", tone="ochre", page=ledger),
    ]


def figures_waiting(user) -> list[Named]:
    """上周, 上月: over, and nobody approved its figures. Nothing is owed for the time before the first complaint."""
    if not user.has_perms(("complaints.approve_figures", "servicedesk.see_all_points")):
        return []
    today = timezone.localdate()
    periods = [("上周", week_of(today).before), ("上月", month_of(today).before)]
    first = Complaint.objects.order_by("received_at").values_list("received_at")[:1]

    def say(approved: list[FigureApproval], begun: list[tuple]) -> list[Waiting]:
        done = {each.period for each in approved}
        return [
            Waiting(sentence=f"{word}的投诉汇总待核定({period.label})", button="去核定", weight=3,
                    url=f"{reverse('complaints:figures')}?period={period.key}")
            for word, period in periods if period not in done and begun and begun[0][0] < period.ends
        ]

    return [Named(lists=[approvals_of([period for _, period in periods]), first], say=say)]


def money(user) -> Sequence[Named | Alarm]:
    """What is to be approved, paid, put right or asked back; nobody is asked for what another must do."""
    if not user.has_perm("complaints.view_compensation"):
        return []
    rows, book = Compensation.objects.visible_to(user), reverse("complaints:compensation_list")
    found = [
        _plain(rows.filter(created_by=user, state=CompensationState.RETURNED), "{count} 份先行赔偿退回给您,须修改",
               "去修改", "wait=mine&state=returned", oldest="created_at", page=book),
    ]
    if any(user.has_perm(right_of(level)) for level in ApprovalLevel):
        found.append(_plain(
            rows.to_approve_by(user), "{count} 份先行赔偿等您审批", "去审批", "wait=approve", oldest="submitted_at",
            page=book,
        ))
    if user.has_perm("complaints.pay_compensation"):
        found.append(_plain(
            rows.to_pay_by(user), "{count} 份先行赔偿已批准,等支付", "去支付", "wait=pay", oldest="approved_at",
            tone="ochre", page=book,
        ))
    if user.has_perm("complaints.recover_compensation"):
        found.append(_plain(rows.filter(state=CompensationState.RECOVERING), "{count} 份先行赔偿在追偿", "去追偿",
                            "wait=recover", oldest="paid_at", tone="ochre", page=book))
    return found


def recurring(user) -> Sequence[Named | Alarm]:
    """Suggested by itself: cases of one category and place; whoever decides makes a 整改 of them, or says why not."""
    if not user.has_perm("complaints.decide_complaint"):
        return []
    page = reverse("complaints:rectification_list")

    def say(complaints: list[tuple], grievances: list[tuple]) -> list[Waiting]:
        return [
            Waiting(sentence=f"{each.words},建议立整改", button="去看", url=page, weight=len(each.cases),
                    age=f"最近 {when(each.newest.received_at)}")
            for each in suggestions(complaints, grievances)[:MOST_NAMED]
        ]

    return [Named(lists=list(undecided(user)), say=say)]


def numbers(user) -> list[Number]:
    if not user.has_perm("complaints.view_complaint"):
        return []
    rows = Complaint.objects.visible_to(user).running()
    return [Number(label="在办投诉", rows=rows, url=f"{reverse(LIST)}?wait=running")]


def starts(user) -> list[Start]:  # noqa: ARG001
    return [Start(label="投诉登记", key="Alt+6", icon="megaphone", url=reverse("complaints:complaint_create"),
                  permission="complaints.add_complaint", order=2)]


sources.waiting.append(waiting)
sources.waiting.append(figures_waiting)
sources.waiting.append(money)
sources.waiting.append(recurring)
sources.waiting.append(callbacks_today.waiting)
sources.numbers.append(numbers)
sources.starts.append(starts)
