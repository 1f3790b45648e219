"""The demo park's evenings: both hand-overs, the day closed with its misses explained, reviewed the next morning."""

import datetime as dt
import random
from decimal import Decimal

from dutylog.demo.days import chance_of
from dutylog.models import DutyDay, HandOver, LogEntry, Shift
from dutylog.services.closing import close_day, gates_of, review_day
from dutylog.services.handovers import Count, record_counts, sign_hand_over, start_hand_over, take_hand_over
from dutylog.services.openitems import close_open_item, items_on, update_open_item
from servicedesk.choices import Role
from servicedesk.models import User
from servicedesk.services.demo import Demo, at

WHY = {
    "dutylog.briefing": "该同事临时调班,已电话通知补签", "dutylog.hand_over": "当班人员临时送医陪护,次日早会补交接",
    "dutylog.open_items": "责任人待部门明早指定", "lostfound.valuables": "负责人外出,已锁入贵重柜,明早交接",
    "lostfound.field": "领班夜班巡查,次日早上送来备案",
}
OTHERWISE = "停电检修,次日开园前补做"
SHORT = [("充电宝", "1 个游客借用未还,已登记"), ("轮椅", "1 辆送修"), ("对讲机", "1 部送充电维修")]
PROGRESS = ["已联系工程部,排在明天", "配件在途,预计两天到", "厂家答复周内上门"]
RESULTS = ["已修复,试用正常", "已更换,旧件退库", "已取回并归位"]
UNREVIEWED_BACK = 3


def close_days(demo: Demo) -> None:
    """Every day but today; one was forgotten by who reviews, yesterday still waits."""
    dates = demo.dates()
    for place, on in enumerate(dates):
        for point in demo.points:
            day = DutyDay.objects.filter(on=on, service_point=point).select_related("service_point", "head").first()
            if day is None:
                continue
            rng = chance_of("closing", point, on)
            _items(demo, day, rng)
            for shift in day.shifts.order_by("starts_at"):
                _hand_over(demo, shift, rng)
            if place < len(dates) - 1:
                is_forgotten = place == len(dates) - 1 - UNREVIEWED_BACK and point == demo.points[0]
                _close(demo, day, rng, is_reviewed=place < len(dates) - 2 and not is_forgotten)


def _items(demo: Demo, day: DutyDay, rng: random.Random) -> None:
    """What is open goes on in the afternoon."""
    moment = demo.moment(day.on, 15, 30)
    if moment > demo.until:
        return
    for item in items_on(day).open().filter(created_at__lt=moment):
        chance = rng.random()
        by = item.owner or item.created_by
        with at(moment):
            if chance < 0.3:
                close_open_item(item, rng.choice(RESULTS), by=by)
            elif chance < 0.6:
                update_open_item(item, rng.choice(PROGRESS), by=by)


def _hand_over(demo: Demo, shift: Shift, rng: random.Random) -> None:
    moment = shift.ends_at - dt.timedelta(minutes=rng.randint(0, 6))
    if moment > demo.until:
        return
    giver, taker = _two(demo, shift)
    with at(moment - dt.timedelta(minutes=10)):
        hand_over = start_hand_over(shift, by=giver)
        _count(hand_over, giver, rng)
    with at(moment):
        sign_hand_over(hand_over, by=giver)
        take_hand_over(hand_over, taker, by=giver)


def _two(demo: Demo, shift: Shift) -> tuple[User, User]:
    """Who leads the shift, and who leads the next; at night another of the desk."""
    here = [post.person for post in shift.posts.select_related("person").order_by("-is_lead", "pk")]
    following = shift.day.shifts.filter(starts_at__gt=shift.starts_at).order_by("starts_at").first()
    coming = [post.person for post in following.posts.select_related("person").order_by("-is_lead", "pk")] if (
        following) else []
    others = list(User.objects.active().at(shift.day.service_point).holding(
        Role.SUPERVISOR, Role.CUSTODIAN, Role.CLERK).order_by("-staff_no"))
    giver = (here or others)[0]
    return giver, next(person for person in [*coming, *others] if person != giver)


def _count(hand_over: HandOver, by: User, rng: random.Random) -> None:
    short = rng.choice(SHORT) if rng.random() < 0.12 else None
    counts = {}
    for line in hand_over.lines.all():
        is_short = short is not None and line.label == short[0]
        expected = line.expected if line.expected is not None else Decimal(0)
        counts[line.pk] = Count(
            counted=expected - 1 if is_short else expected, remark=short[1] if short and is_short else ""
        )
    note = "明日 9 点有研学团 120 人,提前备讲解器" if rng.random() < 0.15 else ""
    record_counts(hand_over, counts, by=by, note=note)


def _close(demo: Demo, day: DutyDay, rng: random.Random, *, is_reviewed: bool) -> None:
    last = LogEntry.objects.filter(day=day).order_by("-entered_at").first()
    moment = demo.moment(day.on, 18, 5 + rng.randint(0, 20))
    if last is not None:
        moment = max(moment, last.entered_at + dt.timedelta(minutes=5))
    hand_over = day.hand_overs.order_by("-signed_at").select_related("outgoing").first()
    by = hand_over.outgoing if hand_over else demo.one_of(Role.CLERK, day.service_point)
    if moment > demo.until:
        return
    with at(moment):
        texts = {miss.key: WHY.get(gate.key, OTHERWISE) for gate in gates_of(day) for miss in gate.misses}
        closed = close_day(day, by=by, texts=texts)
    review = demo.moment(day.on + dt.timedelta(days=1), 9, rng.randint(0, 50))
    if is_reviewed and review < demo.until:
        with at(max(review, moment + dt.timedelta(minutes=30))):
            review_day(closed, by=demo.people[Role.MANAGER][0], note="已阅" if rng.random() < 0.3 else "")
