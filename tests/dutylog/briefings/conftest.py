"""A morning: six people who have to read it, a page typed, a page published."""

import datetime as dt
from dataclasses import replace

import pytest
import time_machine
from django.utils import timezone

from dutylog.choices import Presence, ShiftKind
from dutylog.models import Briefing, Shift, ShiftPost
from dutylog.services.briefing_readers import sign_briefing
from dutylog.services.briefings import (
    BriefingFacts,
    DocumentFacts,
    TaskFacts,
    draft_briefing,
    publish_briefing,
)
from dutylog.services.days import duty_day
from servicedesk.choices import Role

TODAY = dt.date(2026, 11, 24)


def local(clock: str, on: dt.date = TODAY) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(on, dt.time.fromisoformat(clock)))


@pytest.fixture
def clock():
    """The program's clock, standing at 07:30 of the day."""
    with time_machine.travel(local("07:30"), tick=False) as traveller:
        yield traveller


@pytest.fixture
def team(clock, point, make_person) -> list:
    """Six clerks of the desk; 李一 to 李三 stand on the early shift, the others are off."""
    names = ["李一", "李二", "李三", "李四", "李五", "李六"]
    people = [make_person(f"30{place:02d}", name, Role.CLERK) for place, name in enumerate(names, start=1)]
    day = duty_day(TODAY, point, by=people[0])
    shift = Shift.objects.get_or_create(
        day=day, kind=ShiftKind.EARLY, defaults={"starts_at": local("08:00"), "ends_at": local("13:00")}
    )[0]
    ShiftPost.objects.filter(shift__day=day).delete()
    for person in people[:3]:
        ShiftPost.objects.create(shift=shift, person=person, due_at=local("07:30"), presence=Presence.PRESENT)
    return people


@pytest.fixture
def facts(team) -> BriefingFacts:
    return BriefingFacts(
        on=TODAY, starts_at=dt.time(7, 40), ends_at=dt.time(7, 50), host=team[0], recorder=team[1], expected=6,
        present=5, absences="李六(轮休)", operations="开放项目:缆车、栈道\n天气:多云", yesterday="投诉:无",
        checks=["dress", "float"], check_problems="对讲机没电",
        documents=(DocumentFacts(number="景安9号", title="大客流预案", points="超过两万人分流"),),
        tasks=(TaskFacts(matter="清点雨伞", owner=team[1], due_at=dt.time(9, 30)), TaskFacts(matter="更新公告栏")),
    )


@pytest.fixture
def draft(facts, team, point) -> Briefing:
    return draft_briefing(facts, by=team[1], point=point)


@pytest.fixture
def published(draft, team) -> Briefing:
    return publish_briefing(draft, by=team[0])


@pytest.fixture
def changed(published, facts) -> BriefingFacts:
    """The page as it was typed, with one line more of what runs today."""
    tasks = tuple(
        TaskFacts(pk=t.pk, matter=t.matter, owner=t.owner, due_at=t.due_at) for t in published.tasks.all()
    )
    return replace(facts, operations=f"{facts.operations}\n停运项目:栈道检修", tasks=tasks)


@pytest.fixture
def signs():
    """`signs(briefing, person, …)`: each signs the version that stands."""

    def sign(briefing: Briefing, *people) -> None:
        briefing.refresh_from_db()
        for person in people:
            sign_briefing(briefing, by=person, edition=briefing.edition)

    return sign
