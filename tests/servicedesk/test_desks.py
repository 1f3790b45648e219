"""Rows of a person's desks: the right ones, and read in their order however large the book is."""

import pytest
from django.utils import timezone

from dutylog.models import LogEntry
from dutylog.services.days import duty_day
from lostfound.models import FoundItem
from servicedesk.authentication import DeskBackend
from servicedesk.models import SearchEntry, ServicePoint, of_desks

pytestmark = pytest.mark.django_db
ORDER = ("-created_at", "-pk")


def at_a_page(person):
    """The person as a request has them."""
    return DeskBackend().get_user(person.pk)


@pytest.fixture
def entries(point, other_point) -> dict[str, SearchEntry]:
    """A row at each of three desks."""
    third = ServicePoint.objects.create(name="西门服务点", serial_mark="C")
    return {
        desk.serial_mark: SearchEntry.objects.create(
            register="founditem", object_id=n, number=f"SW{desk.serial_mark}-20261130-001", service_point=desk,
            title="雨伞", happened_at=timezone.now(),
        )
        for n, desk in enumerate((point, other_point, third))
    }


def seen_by(person) -> set[str]:
    return {entry.service_point.serial_mark for entry in SearchEntry.objects.filter(of_desks(person))}


def test_a_person_sees_the_rows_of_their_desks_and_no_others(entries, clerk, outsider, other_point):
    assert (seen_by(clerk), seen_by(at_a_page(clerk))) == ({""}, {""})
    assert seen_by(at_a_page(outsider)) == {"B"}
    clerk.service_points.add(other_point)
    assert (seen_by(clerk), seen_by(at_a_page(clerk))) == ({"", "B"}, {"", "B"})
    clerk.service_points.clear()
    assert (seen_by(clerk), seen_by(at_a_page(clerk))) == (set(), set())


def test_desks_that_are_taken_away_while_a_page_is_made_are_not_seen_any_more(entries, clerk, other_point):
    person = at_a_page(clerk)
    person.service_points.set([other_point])
    assert seen_by(person) == {"B"}


def plan_of(rows) -> str:
    return rows.explain()


@pytest.mark.one_database
def test_the_rows_of_one_desk_come_in_their_order_without_sorting(clerk):
    plan = plan_of(FoundItem.objects.visible_to(at_a_page(clerk)).order_by(*ORDER)[:50])
    assert "item_point_created" in plan
    assert "B-TREE FOR ORDER BY" not in plan


@pytest.mark.one_database
def test_the_rows_of_several_desks_are_not_fetched_and_sorted_for_one_page(clerk, other_point):
    clerk.service_points.add(other_point)
    plan = plan_of(FoundItem.objects.visible_to(at_a_page(clerk)).order_by(*ORDER)[:50])
    assert "USING INDEX item_created" in plan
    assert "B-TREE" not in plan


@pytest.mark.one_database
def test_lines_of_the_log_come_in_their_order_without_sorting(clerk):
    plan = plan_of(LogEntry.objects.visible_to(at_a_page(clerk)).order_by("-happened_at", "-pk")[:50])
    assert "USING INDEX entry_happened" in plan
    assert "B-TREE" not in plan


@pytest.mark.one_database
@pytest.mark.parametrize(("asked", "index"), [
    ({"category": "accident"}, "entry_category"), ({"is_late_entry": True}, "entry_late"),
    ({"struck_at__isnull": False}, "entry_struck"),
])
def test_what_is_few_in_the_log_is_found_without_reading_the_rest(asked, index, manager):
    rows = LogEntry.objects.visible_to(at_a_page(manager)).filter(**asked)
    assert f"INDEX {index}" in plan_of(rows.order_by("-happened_at", "-pk")[:50])
    assert f"INDEX {index}" in plan_of(rows.order_by().values("pk")[:1001])


@pytest.mark.one_database
def test_notices_that_stand_are_found_without_reading_the_days_before(point, clerk):
    day = duty_day(timezone.localdate(), point, by=clerk)
    plan = plan_of(LogEntry.objects.notices_on(day))
    assert "INDEX entry_stands" in plan
    assert "SCAN dutylog_logentry" not in plan
