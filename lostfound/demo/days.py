"""The demo park day by day: finds, losses, claims, evenings at the safe, notices, the month's list."""

import datetime as dt

from lostfound.choices import BatchKind, GoodDeedKind, GoodDeedState, ItemState, NoticeChannel
from lostfound.demo.finds import register_find
from lostfound.demo.owners import claim, confirm_and_call, report_loss
from lostfound.models import FoundItem, GoodDeed, Notice
from lostfound.services.batch_rules import methods_for, preview_batch
from lostfound.services.batches import approve_batch, prepare_batch, review_batch
from lostfound.services.custody import hand_over_at_once
from lostfound.services.deeds import GoodDeedFacts, register_good_deed, verify_good_deed
from lostfound.services.handing import LineFacts, Receiver, close_batch, execute_batch
from lostfound.services.notices import draft_notice, publish_notice
from servicedesk.choices import Role, StorageKind
from servicedesk.errors import Refusal
from servicedesk.models import StoragePlace
from servicedesk.services.demo import Demo, at

# Finds a day at each desk on a working day and at a weekend.
BUSY = [(4, 9), (1, 3), (1, 2)]
DEEDS = [
    (GoodDeedKind.HELPING, "帮助走失儿童在{}找到家长"), (GoodDeedKind.RESCUE, "在{}为中暑游客及时送医"),
    (GoodDeedKind.DISSUADING, "在{}劝阻游客翻越护栏"), (GoodDeedKind.HELPING, "推轮椅护送老人到{}"),
    (GoodDeedKind.LETTER, "收到游客表扬信,感谢在{}的耐心讲解"),
]


def live_through(demo: Demo) -> None:
    """All the days, each in its own order of events."""
    for day in demo.dates():
        for index, point in demo.points_on(day):
            _day_at(demo, point, day, BUSY[index])
        _evening(demo, day)
        if day.weekday() in {0, 3}:
            _announce(demo, day)
        if day.weekday() == 4:
            _praise(demo, day)
        if (day + dt.timedelta(days=1)).day == 1:
            _month_list(demo, day)


def _day_at(demo: Demo, point, day: dt.date, busy: tuple[int, int]) -> None:
    weekend = 2 if day.weekday() >= 5 else 1
    moments = sorted(
        demo.moment(day, demo.rng.randint(8, 16), demo.rng.randrange(60))
        for _ in range(demo.rng.randint(*busy) * weekend)
    )
    for moment in moments:
        if moment > demo.until - dt.timedelta(hours=1):
            return
        _one_turn(demo, point, moment)


def _one_turn(demo: Demo, point, moment: dt.datetime) -> None:
    """A find, and what comes of it. A refusal of the rules ends the turn as it would at the desk."""
    rng = demo.rng
    try:
        if rng.random() < 0.3:
            report_loss(demo, point, moment - dt.timedelta(minutes=5))
        item = register_find(demo, point, moment)
        later = moment + dt.timedelta(minutes=rng.choice([25, 60, 140, 26 * 60, 50 * 60]))
        if later > demo.until or not demo.is_open(point, later) or item.state != ItemState.IN_CUSTODY or item.category.is_forbidden:
            return
        if rng.random() < 0.28:
            report = report_loss(demo, point, moment + dt.timedelta(minutes=12), item)
            if rng.random() < 0.85:
                confirm_and_call(demo, item, report, moment + dt.timedelta(minutes=18))
                if rng.random() < 0.85:
                    claim(demo, item, later, report)
        elif rng.random() < 0.22:
            claim(demo, item, later)
    except Refusal as refusal:
        demo.notes.append(f"{point} {moment:%m-%d %H:%M} {refusal.sentence}")


def _evening(demo: Demo, day: dt.date) -> None:
    """Valuables go to the custodian before the shift ends; a few are forgotten, so that the alarm shows."""
    moment = demo.moment(day, 17, 40)
    if moment > demo.until:
        return
    waiting = FoundItem.objects.outside_the_safe_hands().filter(state=ItemState.IN_CUSTODY, created_at__lte=moment)
    for item in waiting.select_related("holder", "service_point"):
        if (demo.until.date() - day).days <= 1 and demo.rng.random() < 0.4:
            continue
        custodian = demo.one_of(Role.CUSTODIAN)
        place = demo.rng.choice(list(
            StoragePlace.objects.filter(service_point=item.service_point, kind=StorageKind.SAFE)
        ))
        with at(moment):
            hand_over_at_once(item, custodian, by=item.holder, place=place, reason="当日未领,交负责人")


def _announce(demo: Demo, day: dt.date) -> None:
    moment = demo.moment(day, 16, 30)
    if moment > demo.until - dt.timedelta(days=1):
        return
    for _, point in demo.points_on(day):
        items = list(FoundItem.objects.without_notice().filter(
            service_point=point, state=ItemState.IN_CUSTODY, created_at__lte=moment
        ).select_related("category", "service_point"))
        if not items:
            continue
        custodian = demo.one_of(Role.CUSTODIAN)
        channel = demo.rng.choice([NoticeChannel.BOARD, NoticeChannel.ACCOUNT])
        with at(moment):
            publish_notice(draft_notice(items, channel, by=custodian, point=point), by=custodian)


def _praise(demo: Demo, day: dt.date) -> None:
    moment = demo.moment(day, 15, 0)
    if moment > demo.until:
        return
    supervisor = demo.one_of(Role.SUPERVISOR)
    kind, words = demo.rng.choice(DEEDS)
    facts = GoodDeedFacts(
        kind=kind, person=demo.rng.choice(demo.people["finder"]), on=day,
        summary=words.format(demo.rng.choice(demo.zones).name),
        feedback=demo.rng.choice(["", "游客当面致谢", "来电表扬", "锦旗一面"]),
    )
    with at(moment):
        register_good_deed(facts, by=demo.one_of(Role.CLERK), point=demo.points[0])
        for deed in GoodDeed.objects.filter(state=GoodDeedState.DRAFT, on__lt=day):
            if demo.rng.random() < 0.9:
                verify_good_deed(deed, by=supervisor)


def _month_list(demo: Demo, last: dt.date) -> None:
    """The custodian lists what nobody fetched; another person approves; the cashier takes it."""
    moment = demo.moment(last + dt.timedelta(days=1), 9, 30)
    if moment > demo.until:
        return
    custodian, manager = demo.people[Role.CUSTODIAN][0], demo.people[Role.MANAGER][0]
    supervisor, cashier = demo.people[Role.SUPERVISOR][0], demo.people[Role.FINANCE][0]
    for _, point in demo.points_on(moment.date()):
        with at(moment):
            items = preview_batch(BatchKind.FINANCE, point).takes
            if not items:
                continue
            batch = prepare_batch(BatchKind.FINANCE, items, by=custodian, point=point, month=last)
            review_batch(batch, by=supervisor)
            approve_batch(batch, by=manager)
            method = methods_for(BatchKind.FINANCE)[0]
            receipt = f"CW{last:%Y%m}{point.pk:02d}"
            lines = [LineFacts(line=line, method=method, receipt_number=receipt) for line in batch.lines.all()]
            execute_batch(batch, lines, Receiver(name=cashier.name, unit="财务部", receipt_number=receipt,
                                                 second=cashier), by=custodian)
            batch.refresh_from_db()
            close_batch(batch, by=cashier, receipt_number=receipt)


def count(demo: Demo) -> None:
    """Say what was made."""
    demo.notes.append(f"拾物 {FoundItem.objects.count()} 件,公告 {Notice.objects.count()} 份")
