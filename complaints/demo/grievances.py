"""Visitors who grumble: two or three a day, soothed on the spot; now and then one that becomes a complaint."""

import datetime as dt

from complaints.choices import GrievanceState
from complaints.models import Grievance
from complaints.services.grievances import (
    GrievanceFacts,
    accept_draft,
    archive_grievances,
    confirm_grievance,
    register_grievance,
    soothe_grievance,
    void_grievance,
)
from complaints.services.upgrades import upgrade_grievance
from servicedesk.choices import Role
from servicedesk.demo.words import name, phone
from servicedesk.models import Department
from servicedesk.services.demo import Demo, at

HEARD = [
    ("票务", "排队", "票务部", "排队 40 分钟没有人引导", "致歉,引导至快速通道"),
    ("餐饮", "等候", "餐饮部", "美食街等位没有叫号,乱糟糟的", "致歉,请店长现场排号"),
    ("环境卫生", "异味", "环卫部", "停车场卫生间味道太大", "致歉,通知保洁马上清理"),
    ("设施设备", "标识不清", "工程部", "指路牌看不懂,绕了一大圈", "当面指路,送上导览图"),
    ("交通停车", "接驳", "交通部", "接驳车司机不等人", "致歉,联系下一班停靠"),
    ("剧院/演出", "座位", "演艺部", "座位前面有柱子挡着", "协调换到同价位空座"),
    ("秩序", "插队", "安保部", "有人插队没人管", "通知岗点维持秩序,致歉"),
]


def hear_grievances(demo: Demo) -> None:
    """A ledger with a row in each state."""
    supervisor, last = demo.one_of(Role.SUPERVISOR), None
    for day in demo.dates():
        for _ in range(demo.rng.randint(1, 3)):
            moment = demo.moment(day, demo.rng.randint(9, 17), demo.rng.randint(0, 59))
            if moment + dt.timedelta(hours=1) < demo.until:
                last = _heard(demo, moment, supervisor)
    now = demo.until - dt.timedelta(minutes=40)
    with at(now):
        upgrade_grievance(_row(demo, now - dt.timedelta(hours=1)), by=supervisor)
        void_grievance(_row(demo, now), "重复录入", by=supervisor)
        _row(demo, now)
        if last is not None and last.state == GrievanceState.SOOTHED:
            archive_grievances([last], by=supervisor)


def _row(demo: Demo, moment: dt.datetime) -> Grievance:
    category, part, department, words, _ = demo.rng.choice(HEARD)
    point = demo.points[0]
    return register_grievance(GrievanceFacts(
        received_at=moment, category=category, subcategory=part, words=words, zone=demo.rng.choice(demo.zones),
        visitor_name=name(demo.rng) if demo.rng.random() < 0.6 else "",
        phone=phone(demo.rng) if demo.rng.random() < 0.4 else "",
        department=Department.objects.filter(name=department).first(),
    ), by=demo.one_of(Role.CLERK, point), point=point)


def _heard(demo: Demo, moment: dt.datetime, supervisor) -> Grievance:
    with at(moment + dt.timedelta(minutes=3)):
        row = _row(demo, moment)
        soothing = next(each[4] for each in HEARD if each[3] == row.words)
        soothe_grievance(row, soothing, by=row.created_by)
    if demo.rng.random() < 0.7:
        with at(moment + dt.timedelta(hours=1)):
            confirm_grievance(row, by=supervisor)
    return row


def look_at_drafts(demo: Demo) -> None:
    """What the surveys began: the newest is taken up, one is not, the others wait."""
    drafts = list(Grievance.objects.filter(state=GrievanceState.DRAFT).order_by("-received_at")[:4])
    with at(demo.until - dt.timedelta(minutes=5)):
        if len(drafts) > 1:
            row = drafts[0]
            accept_draft(row, GrievanceFacts(
                received_at=row.received_at, category="环境卫生", words=row.words, zone=row.zone, phone=row.phone,
                visitor_name=row.visitor_name, channel=row.channel, soothing="已电话致歉",
            ), by=demo.one_of(Role.CLERK, row.service_point))
        if len(drafts) > 2:
            void_grievance(drafts[-1], "同一游客当天已在服务台登记", by=demo.one_of(Role.SUPERVISOR))
