"""A pile of paper a week, and what visitors answered day by day."""

import datetime as dt
import random
import uuid

from servicedesk.choices import Role
from servicedesk.models import VisitorCode
from servicedesk.services.demo import Demo, at
from surveys.choices import AgeBand, Channel, HeardFrom, Party, Score, Transport, Visits
from surveys.models import SurveySheet, SurveyVersion
from surveys.services.batches import BatchFacts, hand_out
from surveys.services.care import drop_care
from surveys.services.sheets import SheetFacts, enter_sheet, take_answer, void_sheet

ORIGINS = ["浙江杭州", "上海", "江苏苏州", "安徽黄山", "广东深圳", "北京", "福建厦门", "湖北武汉", "韩国", "Germany"]
GOOD = ["工作人员很热情,下次还来。", "风景好,卫生间干净。", "观景台的讲解很生动。", "缆车排队有序。"]
POOR = [
    (12, "卫生间地面有积水,没有纸。"), (8, "返程大巴等了四十分钟。"), (13, "餐厅又贵又凉。"), (9, "停车场没有指引,绕了三圈。"),
    (4, "问路时工作人员不耐烦。"), (5, "岔路口没有指示牌,走错了。"),
]


def ask_visitors(demo: Demo) -> None:
    """Each day some scan, some fill in paper, a few are asked by telephone."""
    rng = random.Random(demo.days)  # its own chance: the rest of the park stays as it is
    codes = list(VisitorCode.objects.select_related("service_point", "zone").order_by("pk"))
    for day in demo.dates():
        for code in codes:
            for _ in range(rng.randint(0, 3)):
                _scan(demo, rng, code, day)
        if day.weekday() == 5:
            _paper(demo, rng, day)
        if day.weekday() == 2:
            _call(demo, rng, day)
    _settle(demo)


def _facts(rng: random.Random, channel: str, phone: str) -> SheetFacts:
    """Mostly content; one in eight has something to say, and half of those may be called."""
    version = SurveyVersion.current()
    lines = [item.line for item in version.items.all()] if version else []
    scores = {line: rng.choices(Score.values, [46, 34, 12, 1, 0, 7])[0] for line in lines}
    overall, comment = rng.choice([5, 5, 5, 4, 4, 3]), rng.choice([*GOOD, "", "", ""])
    is_poor = rng.random() < 0.12
    if is_poor:
        line, comment = rng.choice(POOR)
        scores[line], overall = rng.choice([1, 2]), rng.choice([2, 3, 3])
    may_call = is_poor and rng.random() < 0.5
    return SheetFacts(
        channel=channel, scores=scores, overall=overall, nps=min(10, overall * 2 + rng.randint(-1, 1)), comment=comment,
        origin=rng.choice(ORIGINS), party=rng.choice(Party.values), sex=rng.choice(["m", "f", ""]),
        age_band=rng.choice(AgeBand.values), visits=rng.choice(Visits.values), transport=rng.choice(Transport.values),
        heard_from=sorted(rng.sample(HeardFrom.values[:4], 2)), may_call=may_call,
        visitor_name=rng.choice(["王女士", "陈先生", "李老师"]) if may_call else "", phone=phone if may_call else "",
    )


def _phone(rng: random.Random) -> str:
    return f"1390000{rng.randint(1000, 9999)}"


def _scan(demo: Demo, rng: random.Random, code: VisitorCode, day: dt.date) -> None:
    moment = demo.moment(day, rng.randint(9, 17), rng.randrange(60))
    if moment > demo.until:
        return
    channel = Channel.KIOSK if code.is_kiosk else Channel.QR
    with at(moment):
        take_answer(_facts(rng, channel, _phone(rng)), code=code, key=uuid.UUID(int=rng.getrandbits(128)))


def _paper(demo: Demo, rng: random.Random, day: dt.date) -> None:
    """Thirty go out in the morning, most come back and are typed in the afternoon."""
    point, morning = demo.points[0], demo.moment(day, 9, 10)
    if demo.moment(day, 17) > demo.until:
        return
    clerks = [person for person in demo.people[Role.CLERK] if point.pk in demo.desks_of[person.pk]]
    with at(morning):
        facts = BatchFacts(count=30, handed_out_by=rng.choice(clerks), zone=demo.zones[1], note="周末抽样")
        batch = hand_out(facts, by=clerks[0], point=point)
    for order, number in enumerate(batch.numbers[: rng.randint(24, 28)]):
        with at(demo.moment(day, 15, order)):
            facts_ = _facts(rng, Channel.PAPER, _phone(rng))
            enter_sheet(SheetFacts(**{**vars(facts_), "serial": number}), by=clerks[0], point=point)


def _call(demo: Demo, rng: random.Random, day: dt.date) -> None:
    if demo.moment(day, 17) > demo.until:
        return
    with at(demo.moment(day, 16, 20)):
        enter_sheet(_facts(rng, Channel.PHONE, _phone(rng)), by=demo.people[Role.CLERK][0], point=demo.points[0])


def _settle(demo: Demo) -> None:
    """The oldest low answer needed nothing more; one sheet was scribbled for fun."""
    supervisor, manager = demo.people[Role.SUPERVISOR][0], demo.people[Role.MANAGER][0]
    waiting = SurveySheet.objects.waiting().order_by("answered_at").first()
    if waiting is not None:
        drop_care(waiting, by=supervisor, reason="已当面道歉,游客表示不用再回访")
    scribbled = SurveySheet.objects.filter(channel=Channel.QR, care="").order_by("-answered_at").first()
    if scribbled is not None:
        void_sheet(scribbled, by=manager, reason="员工子女试填")
