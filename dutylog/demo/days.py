"""Sheets of the demo park: weather, duty people, what runs, who is on which shift and who came."""

import datetime as dt
import random

from dutylog.choices import DayKind, OperationKind, Presence
from dutylog.models import DutyDay, ShiftPost
from dutylog.services.days import duty_day, edit_day
from dutylog.services.operations import set_operations
from dutylog.services.roster import note_absence, set_roster, sign_in_to_shift
from servicedesk.choices import Role
from servicedesk.services.demo import Demo, at

LEADERS = ["郑国栋", "沈美玲", "陆志远"]
# Mean of the warmest hour in each month, January first.
WARMTH = [8, 11, 16, 22, 27, 30, 34, 33, 28, 23, 17, 10]
SKIES = ["晴", "晴", "多云", "多云", "阴", "小雨", "中雨"]
WARNINGS = {"中雨": "暴雨蓝色预警", "大风": "大风蓝色预警"}
SHOWS = ["10:00-10:40 大剧院《山水谣》", "14:00-14:40 大剧院《山水谣》", "11:00-11:30 古戏台戏曲专场", "15:30-16:00 演艺广场非遗巡游"]
EVENTS = ["金秋登高节", "非遗市集", "亲子研学日", "摄影大赛颁奖"]
REPAIRS = ["九曲桥东侧护栏检修,绕行迎宾大道", "缆车例行保养,08:00 前不载客", "听松亭台阶修补,围挡施工", "植物园北门水管抢修"]
ABSENCES = ["病假", "调班", "家中有事"]


def chance_of(what: str, point, day: dt.date) -> random.Random:
    """Chance of its own for each sheet: further steps change nothing of the others."""
    return random.Random(f"{what}-{point.serial_mark}-{day.toordinal()}")


def open_days(demo: Demo) -> None:
    """One sheet for each date and desk, with head, operations and roster; the last day as far as it has come."""
    for on in demo.dates():
        for index, point in demo.points_on(on):
            moment = min(demo.moment(on, 7, 5), demo.until)
            rng = chance_of("day", point, on)
            clerk = _clerk(demo, point, on)
            with at(moment):
                day = duty_day(on, point, by=clerk)
                _head(demo, day, rng, clerk)
                _operations(day, rng, clerk, index)
                _roster(demo, day, clerk)
            _sign_in(demo, day, rng)


def clerks_of(demo: Demo, point) -> list:
    """The clerks of a desk in the order of their numbers."""
    return [person for person in demo.people[Role.CLERK] if point.pk in demo.desks_of[person.pk]]


def _clerk(demo: Demo, point, on: dt.date):
    clerks = clerks_of(demo, point)
    return clerks[on.toordinal() % len(clerks)]


def _head(demo: Demo, day: DutyDay, rng: random.Random, clerk) -> None:
    # The weather is that of the park, not of the desk.
    sky = chance_of("sky", demo.points[0], day.on)
    weather, warmest = sky.choice(SKIES), WARMTH[day.on.month - 1] + sky.randint(-4, 4)
    wind = sky.randint(1, 4)
    edit_day(
        day, by=clerk, weather=weather, temperature=f"{warmest - sky.randint(6, 11)}–{warmest}℃", wind=f"{wind}级",
        warning=WARNINGS["大风"] if wind == 4 and weather == "阴" else WARNINGS.get(weather, ""),
        duty_leader=LEADERS[day.on.toordinal() % len(LEADERS)],
        duty_manager=rng.choice([demo.people[Role.DUTY_MANAGER][0], *demo.people[Role.SUPERVISOR]]),
    )


def _operations(day: DutyDay, rng: random.Random, clerk, index: int) -> None:
    lines: dict[str, list[str]] = {
        OperationKind.OPEN: ["缆车 08:30-17:00", "玻璃栈道 09:00-16:30"] if index != 1 else ["观光车 08:00-17:30"],
        OperationKind.SHOW: sorted(rng.sample(SHOWS, 2)) if index == 0 else [],
        OperationKind.CLOSED: ["玻璃栈道 雨天停运"] if "雨" in day.weather else [],
        OperationKind.EVENT: [rng.choice(EVENTS)] if day.day_kind != DayKind.WORKDAY and rng.random() < 0.6 else [],
        OperationKind.REPAIR: [rng.choice(REPAIRS)] if rng.random() < 0.25 else [],
    }
    set_operations(day, lines, by=clerk)


def _roster(demo: Demo, day: DutyDay, clerk) -> None:
    """The first week is planned; later weeks go on as the last one was."""
    if ShiftPost.objects.filter(shift__day=day).exists():
        return
    clerks, supervisor = clerks_of(demo, day.service_point), demo.people[Role.SUPERVISOR][day.on.toordinal() % 2]
    turn = day.on.toordinal() % len(clerks)
    order = clerks[turn:] + clerks[:turn]
    half = max(len(order) // 2, 1)
    for place, shift in enumerate(day.shifts.all()):
        people = order[:half] if place == 0 else order[half:] or order
        set_roster(shift, [*people, supervisor] if day.service_point == demo.points[0] else people, by=clerk)


def _sign_in(demo: Demo, day: DutyDay, rng: random.Random) -> None:
    for post in ShiftPost.objects.filter(shift__day=day).select_related("shift__day", "person").order_by("due_at", "pk"):
        early = rng.randint(-9, 25) if rng.random() < 0.1 else rng.randint(2, 25)
        moment = post.due_at - dt.timedelta(minutes=early)
        if moment > demo.until:
            continue
        with at(moment):
            if rng.random() < 0.03:
                note_absence(post, rng.choice(ABSENCES), by=demo.people[Role.SUPERVISOR][0])
            elif post.presence == Presence.EXPECTED:
                sign_in_to_shift(post, by=post.person)
