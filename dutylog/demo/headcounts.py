"""The demo park's headcounts: rising through the day, sometimes corrected, and last year's closing figures."""

import datetime as dt

from dutylog.choices import SendMeans
from dutylog.models import HeadcountReport
from dutylog.services.days import duty_day
from dutylog.services.headcount_tables import year_before
from dutylog.services.headcounts import (
    HeadcountFacts,
    correct_headcount,
    file_headcount,
    file_past_total,
    note_sent,
    slots_of,
)
from servicedesk.choices import Role
from servicedesk.services import preferences
from servicedesk.services.demo import Demo, at

SHARES = [0.3, 0.52, 0.76, 0.93, 1.0]
INSIDE = [0.95, 0.82, 0.6, 0.34, 0.0]
SHOWS = [("10:30 大剧院", 320), ("14:00 大剧院", 460), ("16:30 大剧院", 280)]
BUSY_DAYS = (5, 6)


def count_visitors(demo: Demo) -> None:
    """Every report time of the main desk; the same dates of the year before from its paper."""
    point = demo.points[0]
    preferences.choose("dutylog.headcount_points", [point.name], demo.people[Role.MANAGER][0], "全园只报一次")
    for day in demo.dates():
        clerk = demo.one_of(Role.CLERK, point)
        total = demo.rng.randint(5200, 9800) if day.weekday() in BUSY_DAYS else demo.rng.randint(1400, 3600)
        if demo.moment(day, 10) < demo.until and demo.rng.random() < 0.97:
            _one_day(demo, day, total, clerk, point)
        past = year_before(day)
        if past < demo.dates()[0] and demo.rng.random() < 0.95:
            file_past_total(past, int(total * demo.rng.uniform(0.8, 1.1)), by=clerk, point=point)


def _one_day(demo: Demo, day: dt.date, total: int, clerk, point) -> None:
    sheet = duty_day(day, point, by=clerk)
    for place, slot in enumerate(slots_of(sheet)):
        moment = slot.due_at + dt.timedelta(minutes=demo.rng.randint(1, 9))
        share = SHARES[min(place, len(SHARES) - 1)]
        if moment + dt.timedelta(minutes=6) > demo.until:
            return
        facts = HeadcountFacts(
            slot=slot.label, entered=int(total * share), inside=int(total * share * INSIDE[min(place, len(INSIDE) - 1)]),
            shows=[SHOWS[place - 1]] if 0 < place < len(SHOWS) + 1 else [],
        )
        with at(moment):
            report = file_headcount(sheet, facts, by=clerk)
        _tell(demo, report, moment, clerk)
        if demo.rng.random() < 0.06:
            _correct(demo, report, facts, moment, clerk)


def _tell(demo: Demo, report: HeadcountReport, moment: dt.datetime, clerk) -> None:
    means = demo.rng.choice([SendMeans.COPIED, SendMeans.COPIED, SendMeans.PHONE])
    with at(moment + dt.timedelta(minutes=2)):
        note_sent(report, preferences.value("dutylog.headcount_recipients"), means=means, by=clerk)


def _correct(demo: Demo, report: HeadcountReport, facts: HeadcountFacts, moment: dt.datetime, clerk) -> None:
    more = HeadcountFacts(**{**vars(facts), "entered": facts.entered + demo.rng.randint(3, 40)})
    with at(moment + dt.timedelta(minutes=4)):
        corrected = correct_headcount(report, more, by=clerk, reason="闸机漏计团队通道")
    _tell(demo, corrected, moment + dt.timedelta(minutes=3), clerk)
