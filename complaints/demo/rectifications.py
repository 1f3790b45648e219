"""What keeps coming in the demo park: one 整改 that was closed and came back, one that was not made."""

import datetime as dt

from complaints.models import Grievance
from complaints.services.grievances import GrievanceFacts, register_grievance
from complaints.services.rectifications import dismiss_rectification, make_rectification
from dutylog.services.followup_steps import add_progress, finish_follow_up, verify_follow_up
from dutylog.services.followups import Assignment, assign_follow_up
from servicedesk.choices import Role
from servicedesk.services.demo import Demo, at

DAY = dt.timedelta(days=1)
LEAST_DAYS = 7


def keep_coming(demo: Demo) -> None:
    """Queues at the lower cable car: put right, closed, and heard of again yesterday. Noise at the stage: let be."""
    if demo.days < LEAST_DAYS:
        return
    supervisor, manager, foreman = (demo.one_of(role) for role in (Role.SUPERVISOR, Role.MANAGER, Role.FOREMAN))
    start = demo.until.replace(hour=2, minute=30, second=0, microsecond=0) - 6 * DAY
    queue = [
        _row(demo, start + place * DAY / 2, "票务", "排队", "缆车下站排队一个多小时,没有人维持", 12)
        for place in range(3)
    ]
    with at(start + 2 * DAY):
        follow_up = make_rectification(queue[-1].number, by=supervisor)
        assign_follow_up(follow_up, Assignment(
            owner=foreman, due_on=(start + 5 * DAY).date(), checker=manager, measure="高峰增设单排通道和现场引导",
        ), by=supervisor)
    with at(start + 2.5 * DAY):
        add_progress(follow_up, "通道围栏已到位,周末起专人引导", by=foreman)
    with at(start + 3 * DAY):
        finish_follow_up(follow_up, "增设单排通道,高峰两人引导", by=foreman)
    with at(start + 3.5 * DAY):
        verify_follow_up(follow_up, by=manager, note="现场排队 15 分钟以内")
    _row(demo, start + 5 * DAY, "票务", "排队", "缆车又排了四十分钟,引导员中午不在", 12)
    noise = [_row(demo, start + place * DAY, "秩序", "噪声", "演艺广场音响太吵", 11) for place in range(3)]
    with at(start + 4 * DAY):
        dismiss_rectification(noise[-1].number, "节庆彩排,到本周末结束", by=supervisor)


def _row(demo: Demo, moment: dt.datetime, category: str, part: str, words: str, zone: int) -> Grievance:
    point = demo.points[0]
    with at(moment + dt.timedelta(minutes=3)):
        return register_grievance(GrievanceFacts(
            received_at=moment, category=category, subcategory=part, words=words, zone=demo.zones[zone],
            soothing="致歉并说明安排",
        ), by=demo.one_of(Role.CLERK, point), point=point, is_soothed=True)
