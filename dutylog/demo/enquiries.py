"""The demo park's calls and questions: most counted, some written in full, a few missed and called back."""

import datetime as dt

from dutylog.choices import EnquiryDirection, EnquiryKind, TallyDirection
from dutylog.services.enquiries import EnquiryFacts, answer_enquiry, register_enquiry
from dutylog.services.tallies import count_question, topics
from servicedesk.choices import Role
from servicedesk.demo.words import name, phone
from servicedesk.services.demo import Demo, at

ASKED = [
    (EnquiryKind.PRICE, "二十人团队票价格,含缆车", "二十人以上八折,缆车另计每人六十元"),
    (EnquiryKind.PRICE, "包场拍婚纱照的收费", "外景区每小时三百元,需提前两天预约"),
    (EnquiryKind.BOOKING, "预订周六大剧院下午场四张", "已留四张,凭姓名取票,开演前半小时有效"),
    (EnquiryKind.BOOKING, "退改昨天网上买的票", "未入园可全退,已指引在原平台申请"),
    (EnquiryKind.QUESTION, "轮椅能不能上缆车", "可以,请走无障碍通道,岗点有人协助"),
    (EnquiryKind.QUESTION, "自驾从高速哪个口下", "景区南口下,右转三公里到西门停车场"),
    (EnquiryKind.QUESTION, "能否带宠物入园", "导盲犬可以,其他宠物可在西门寄养"),
    (EnquiryKind.HELP, "老人走不动了,在观景台", "已请岗点用轮椅送至游客中心"),
    (EnquiryKind.LOST, "早上在观光车上落下一把长柄伞", "已请先登记,找到后电话通知"),
    (EnquiryKind.PRAISE, "表扬检票口同事帮忙推婴儿车", "已致谢,转好人好事登记"),
    (EnquiryKind.SUGGESTION, "建议洗手间增加挂钩", "已记录,转工程部研究"),
]
MISSED_SAID = ["已回电,咨询停车收费,已答复", "已回电,对方已在现场解决", "已回电,想订团队票,已转票务"]
RELAYS = ["旅行社请你回电谈下周团队", "工程部说照明配件明天到", "研学团领队改到下午两点集合"]
WEIGHTS = [14, 10, 8, 7, 6, 5, 3, 6, 4]


def take_calls(demo: Demo) -> None:
    """A day of strokes at each desk, and the lines of its main one."""
    for day in demo.dates():
        for index, point in demo.points_on(day):
            if demo.moment(day, 9) < demo.until:
                _count(demo, day, point, busy=index == 0)
        _write(demo, day)


def _moment(demo: Demo, day: dt.date) -> dt.datetime:
    return demo.moment(day, demo.rng.randint(8, 17), demo.rng.randint(0, 59))


def _count(demo: Demo, day: dt.date, point, *, busy: bool) -> None:
    clerk, names = demo.one_of(Role.CLERK, point), topics()
    for _ in range(demo.rng.randint(14, 26) if busy else demo.rng.randint(3, 8)):
        moment = _moment(demo, day)
        topic = demo.rng.choices(names, WEIGHTS[:len(names)])[0]
        direction = TallyDirection.PHONE if demo.rng.random() < 0.3 else TallyDirection.ON_SITE
        if moment < demo.until:
            with at(moment):
                count_question(topic, direction, by=clerk, point=point)


def _write(demo: Demo, day: dt.date) -> None:
    point = demo.points[0]
    for _ in range(demo.rng.randint(2, 5)):
        moment, clerk = _moment(demo, day), demo.one_of(Role.CLERK, point)
        if moment + dt.timedelta(minutes=3) < demo.until:
            _line(demo, moment, clerk, point)
    missed = _moment(demo, day)
    if demo.rng.random() < 0.6 and missed < demo.until:
        _missed(demo, missed, demo.one_of(Role.CLERK, point), point)


def _line(demo: Demo, moment: dt.datetime, clerk, point) -> None:
    kind, summary, answer = demo.rng.choice(ASKED)
    direction = demo.rng.choice([EnquiryDirection.INCOMING, EnquiryDirection.INCOMING, EnquiryDirection.ON_SITE])
    waits = kind == EnquiryKind.PRICE and demo.rng.random() < 0.5
    relays = demo.rng.random() < 0.12
    facts = EnquiryFacts(
        direction=direction, kind=kind, received_at=moment, summary=summary, answer="" if waits else answer,
        phone=phone(demo.rng) if direction != EnquiryDirection.ON_SITE else "", caller_name=name(demo.rng) if demo.rng.random() < 0.8 else "",
        relay_to=demo.one_of(Role.CLERK, point) if relays else None,
        relay_text=demo.rng.choice(RELAYS) if relays else "",
    )
    with at(moment + dt.timedelta(minutes=2)):
        enquiry = register_enquiry(facts, by=clerk, point=point)
    later = moment + dt.timedelta(minutes=demo.rng.randint(40, 600))
    if waits and later < demo.until:
        with at(later):
            answer_enquiry(enquiry, answer, by=clerk)


def _missed(demo: Demo, moment: dt.datetime, clerk, point) -> None:
    facts = EnquiryFacts(
        direction=EnquiryDirection.INCOMING, kind=EnquiryKind.QUESTION, received_at=moment, is_missed=True,
        phone=phone(demo.rng),
    )
    with at(moment + dt.timedelta(seconds=40)):
        call = register_enquiry(facts, by=clerk, point=point)
    back = moment + dt.timedelta(minutes=demo.rng.choice([2, 3, 4, 4, 9]))
    if back < demo.until:
        with at(back):
            answer_enquiry(call, demo.rng.choice(MISSED_SAID), by=clerk)

