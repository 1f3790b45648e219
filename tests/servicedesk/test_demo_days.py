"""One desk of the demo park was shut for a day, so that a missing sheet can be seen."""

import datetime as dt
import random

from django.utils import timezone

from servicedesk.services.demo import Demo


def test_the_last_desk_is_shut_on_one_day_of_the_park(point, other_point):
    until = timezone.make_aware(dt.datetime(2026, 11, 24, 15, 0))
    demo = Demo(rng=random.Random(1), days=12, until=until, points=[point, other_point])
    shut = [day for day in demo.dates() if demo.points_on(day) == [(0, point)]]
    assert shut == [dt.date(2026, 11, 15)]
    assert not demo.is_open(other_point, demo.moment(shut[0], 10))
    assert demo.is_open(point, demo.moment(shut[0], 10))
    assert demo.is_open(other_point, demo.moment(dt.date(2026, 11, 16), 10))


def test_a_park_with_one_desk_is_never_shut(point):
    demo = Demo(rng=random.Random(1), days=12, until=timezone.now(), points=[point])
    assert all(demo.points_on(day) for day in demo.dates())
