"""A believable park for trying the desk out: apps add their steps, `manage.py seed_demo` runs them."""

import datetime as dt
import itertools
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from unittest.mock import patch

from django.db import transaction
from django.utils import timezone

from servicedesk.models import ServicePoint, User, Zone
from servicedesk.services import preferences

# Known to everybody who reads this: the start-up checks refuse it in production.
DEMO_PASSWORD = "youke-2026"
SHUT_BACK = 9


@dataclass(kw_only=True)
class Demo:
    """What the steps share: chance from a seed, the days to fill, and who and what is there already."""

    rng: random.Random
    days: int
    until: dt.datetime
    points: list[ServicePoint] = field(default_factory=list)
    zones: list[Zone] = field(default_factory=list)
    people: dict[str, list[User]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    desks_of: dict[int, set[int]] = field(default_factory=dict)
    running: Iterator[int] = field(default_factory=lambda: itertools.count(400001))

    def dates(self) -> list[dt.date]:
        """The days to fill, oldest first, today included."""
        today = timezone.localtime(self.until).date()
        return [today - dt.timedelta(days=back) for back in range(self.days, -1, -1)]

    def points_on(self, day: dt.date) -> list[tuple[int, ServicePoint]]:
        """The desks that are open on a day, with their places: the last one was shut once and kept no sheet."""
        places = list(enumerate(self.points))
        today = timezone.localtime(self.until).date()
        return places[:-1] if day == today - dt.timedelta(days=SHUT_BACK) and len(places) > 1 else places

    def is_open(self, point: ServicePoint, moment: dt.datetime) -> bool:
        return point in [each for _, each in self.points_on(timezone.localtime(moment).date())]

    def moment(self, day: dt.date, hour: int, minute: int = 0) -> dt.datetime:
        return timezone.make_aware(dt.datetime.combine(day, dt.time(hour, minute)))

    def one_of(self, role: str, point: ServicePoint | None = None) -> User:
        """A person of a role, of one desk when asked."""
        pool = self.people[role]
        here = [p for p in pool if point is None or point.pk in self.desks_of[p.pk]]
        return self.rng.choice(here or pool)


@contextmanager
def at(moment: dt.datetime) -> Iterator[None]:
    """Let the program's clock stand at `moment`: services write the past as if it were now."""
    with patch.object(timezone, "now", return_value=moment.astimezone(dt.UTC)):
        yield


_steps: list[tuple[int, str, Callable[[Demo], None]]] = []


def add_step(order: int, label: str, run: Callable[[Demo], None]) -> None:
    """Add a step of the seeding; lower orders run first."""
    _steps.append((order, label, run))


def seed(days: int, chance: int) -> Demo:
    """Run all steps. The same `days`, `chance` and date give the same park.

    Each step throws dice of its own: a step that is added or changed leaves the others as they were.
    """
    demo = Demo(rng=random.Random(chance), days=days, until=timezone.now())
    # No step changes a setting: they are read once.
    preferences.begin_request()
    try:
        for _, label, run in sorted(_steps, key=lambda step: step[0]):
            demo.rng = random.Random(f"{chance} {label}")
            with transaction.atomic():
                run(demo)
            demo.notes.append(label)
    finally:
        preferences.end_request()
    return demo
