"""Two desks close the same day at once; a line is written while the day closes."""

import threading

import pytest
from django.db import connection
from django.utils import timezone

from dutylog.choices import DayState, EntryCategory
from dutylog.errors.closing import AlreadyClosed
from dutylog.models import DaySeal, DutyDay, LogEntry
from dutylog.services.closing import close_day, gates_of
from dutylog.services.days import open_today
from dutylog.services.entries import EntryFacts, write_entry
from dutylog.services.verifying import verify_all
from servicedesk.errors import Refusal

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts) -> list[object]:
    """Run acts in threads with connections of their own; what each returned or refused."""
    start, results = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place: int) -> None:
        try:
            start.wait()
            results[place] = acts[place]()
        except Refusal as refusal:
            results[place] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[place]) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.fixture
def day(point, clerk) -> DutyDay:
    return open_today(point, by=clerk)


def texts(day: DutyDay) -> dict[tuple[str, str], str]:
    return {miss.key: "停电" for gate in gates_of(day) for miss in gate.misses}


def test_of_two_desks_that_close_one_day_one_wins(day, clerk, second_clerk):
    words = texts(day)
    results = at_once(*[
        lambda by=by: close_day(DutyDay.objects.get(pk=day.pk), by=by, texts=words) for by in (clerk, second_clerk)
    ])
    assert [isinstance(each, AlreadyClosed) for each in results].count(True) == 1
    assert DaySeal.objects.count() == 1
    assert verify_all() == []


def test_a_line_written_while_the_day_closes_is_sealed_or_on_the_next_sheet(day, clerk, second_clerk):
    words = texts(day)

    def write(number: int) -> LogEntry:
        facts = EntryFacts(happened_at=timezone.now(), category=EntryCategory.ENQUIRY, text=f"第 {number} 笔")
        return write_entry(facts, by=second_clerk, point=day.service_point)

    at_once(
        lambda: close_day(DutyDay.objects.get(pk=day.pk), by=clerk, texts=words),
        *[lambda number=number: write(number) for number in range(4)],
    )
    assert DutyDay.objects.get(pk=day.pk).state == DayState.CLOSED
    assert LogEntry.objects.count() == 4
    assert verify_all() == []
