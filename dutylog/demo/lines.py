"""Lines that people of the demo park wrote by hand: enquiries, broadcasts, loans, faults, complaints, accidents."""

import datetime as dt
import random

from django.utils import timezone

from dutylog.choices import DayKind, EntryCategory, NoticeChannel, NoticeRole
from dutylog.demo.days import chance_of, clerks_of
from dutylog.demo.words import LINES, OPEN_ITEMS, WEIGHTS
from dutylog.models import LogEntry
from dutylog.services.addenda import add_addendum
from dutylog.services.chain import CHAIN_CATEGORIES, StepFacts, note_answer, note_arrival, tell_step
from dutylog.services.entries import EntryFacts, strike_entry, write_entry
from dutylog.services.openitems import OpenItemFacts, open_item
from servicedesk.choices import Role
from servicedesk.services.demo import Demo, at

# Lines a day by hand at each desk.
BUSY = [(9, 16), (3, 7), (2, 5)]
FIRST, LAST = 8 * 60 + 5, 17 * 60 + 40


def write_lines(demo: Demo) -> None:
    """Each day in the order of its hours."""
    for on in demo.dates():
        for index, point in demo.points_on(on):
            rng = chance_of("lines", point, on)
            for minute in _minutes(rng, on, BUSY[index]):
                moment = demo.moment(on, minute // 60, minute % 60)
                if moment <= demo.until - dt.timedelta(minutes=5):
                    _one_line(demo, point, moment, rng)


def _minutes(rng: random.Random, on: dt.date, busy: tuple[int, int]) -> list[int]:
    count = rng.randint(*busy) + (5 if on.weekday() >= 5 else 0)
    return sorted(rng.randint(FIRST, LAST) for _ in range(count))


def _one_line(demo: Demo, point, moment: dt.datetime, rng: random.Random) -> None:
    category = rng.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
    text, handling, result = rng.choice(LINES[category])
    zone = rng.choice(demo.zones)
    words = {"n": rng.randint(2, 5), "m": rng.choice([10, 15, 20, 30, 40]), "k": rng.randint(3, 8)}
    clerk = rng.choice(clerks_of(demo, point))
    delay = rng.choice([1, 2, 3, 6, 12]) if rng.random() > 0.05 else 190
    written = moment + dt.timedelta(minutes=delay)
    if written > demo.until:
        return
    facts = EntryFacts(
        happened_at=moment, category=category, text=text.format(**words), handling=handling.format(**words),
        result=result, zone=zone, stands_until=_standing(category, moment, rng),
    )
    with at(written):
        entry = write_entry(facts, by=clerk, point=point)
    _what_follows(demo, entry, clerk, rng)


def _standing(category: str, moment: dt.datetime, rng: random.Random) -> dt.date | None:
    """Some notices stand for a few days."""
    if category != EntryCategory.NOTICE or rng.random() > 0.12:
        return None
    return timezone.localdate(moment) + dt.timedelta(days=rng.randint(2, 6))


def _what_follows(demo: Demo, entry: LogEntry, clerk, rng: random.Random) -> None:
    if entry.category in CHAIN_CATEGORIES:
        _tell(demo, entry, clerk, rng)
    if entry.category == EntryCategory.EQUIPMENT and rng.random() < 0.12:
        _leave_open(demo, entry, clerk, rng)
    later = entry.entered_at + dt.timedelta(minutes=rng.randint(50, 200))
    if rng.random() < 0.02 and later <= demo.until:
        with at(later):
            add_addendum(entry.day, "经核对,当时在场的还有一位巡逻员,已补充说明。", by=clerk, entry=entry)
    elif rng.random() < 0.015:
        with at(entry.entered_at + dt.timedelta(minutes=5)):
            strike_entry(entry, "与上一行重复", by=clerk)


def _tell(demo: Demo, entry: LogEntry, clerk, rng: random.Random) -> None:
    """The supervisor at once; who does not answer in time is followed by the next."""
    told = entry.entered_at + dt.timedelta(minutes=rng.randint(0, 4))
    supervisor = demo.people[Role.SUPERVISOR][entry.day.on.toordinal() % 2]
    steps = [(NoticeRole.SUPERVISOR, supervisor)]
    if entry.category == EntryCategory.ACCIDENT or rng.random() < 0.2:
        steps.append((NoticeRole.MANAGER, demo.people[Role.MANAGER][0]))
    for place, (role, person) in enumerate(steps):
        moment = told + dt.timedelta(minutes=8 * place)
        answer = moment + dt.timedelta(minutes=rng.randint(1, 5))
        if answer > demo.until:
            return
        with at(answer):
            channel = rng.choice([NoticeChannel.PHONE, NoticeChannel.RADIO])
            step = tell_step(entry, StepFacts(role=role, channel=channel, told_at=moment, person=person), by=clerk)
            note_answer(step, answer, by=clerk)
        arrival = answer + dt.timedelta(minutes=rng.randint(4, 12))
        if role == NoticeRole.SUPERVISOR and arrival <= demo.until:
            with at(arrival):
                note_arrival(step, arrival, by=clerk)


def _leave_open(demo: Demo, entry: LogEntry, clerk, rng: random.Random) -> None:
    text, next_step = rng.choice(OPEN_ITEMS)
    due = entry.happened_at + dt.timedelta(days=rng.randint(1, 5))
    is_quiet_day = entry.day.day_kind == DayKind.WORKDAY
    owner = rng.choice(demo.people[Role.SUPERVISOR]) if is_quiet_day else demo.people[Role.MANAGER][0]
    with at(entry.entered_at + dt.timedelta(minutes=2)):
        open_item(
            OpenItemFacts(text=text, next_step=next_step, owner=owner, due_at=due), by=clerk,
            point=entry.service_point, entry=entry,
        )
