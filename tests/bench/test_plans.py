"""Questions are answered by an index whatever the number of rows; and a table read whole is noticed."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bench.plans import read_whole, sizes
from complaints.figures.callbacks import was_visited
from complaints.models import CallbackPlan
from dutylog.models import Briefing, BriefingReader, Enquiry, EnquiryTally
from dutylog.today import days, enquiries
from ledgers.models import LedgerEntry
from lostfound.models import FoundItem
from lostfound.services.contacts import contacts_of
from servicedesk.models import SearchEntry, Zone
from servicedesk.register import register_by_key
from servicedesk.services.asking import tallies
from servicedesk.services.search import ids_in_register, search
from surveys.models import SurveySheet

# SQLite plans by the indexes alone: what it says of few rows holds for a million.
pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
MANY = 3000


def plan_of(sql: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        return "\n".join(row[-1] for row in cursor.fetchall())


def plans_while(act) -> str:
    with CaptureQueriesContext(connection) as asked:
        act()
    return "\n".join(plan_of(query["sql"]) for query in asked if query["sql"].startswith("SELECT"))


@pytest.fixture
def told():
    Zone.objects.bulk_create(Zone(number=f"{n:05d}", name=f"景点{n}") for n in range(MANY))

    def told(rows) -> set[str]:
        with CaptureQueriesContext(connection) as asked:
            list(rows)
        return read_whole([query["sql"] for query in asked], sizes(["servicedesk_zone"]))

    return told


def test_a_table_that_is_read_from_end_to_end_is_noticed(told):
    assert told(Zone.objects.filter(initials="jd").order_by()) == {"servicedesk_zone"}


def test_what_is_found_by_an_index_or_ends_with_its_page_does_not_read_the_table(told):
    assert told(Zone.objects.filter(pk=1)) == set()
    assert told(Zone.objects.filter(initials="").order_by()[:10]) == set()


# ---- what waits is found beside what was settled in all years -------------------------------
def test_low_answers_that_wait_are_found_by_their_own_index(manager):
    rows = SurveySheet.objects.visible_to(manager).waiting()
    assert "USING INDEX sheet_care" in plans_while(lambda: tallies([(rows, "answered_at")]))


def test_finds_not_brought_to_the_desk_are_found_by_their_own_index(clerk):
    rows = FoundItem.objects.visible_to(clerk).unfiled().filter(state="returned")
    assert plans_while(lambda: tallies([(rows, "created_at")])).count("USING INDEX item_unfiled_state") == 2


def test_the_oldest_that_waits_is_not_sought_along_the_settled(clerk):
    rows = FoundItem.objects.visible_to(clerk).outside_the_safe_hands()
    assert "item_point_created" not in plans_while(lambda: tallies([(rows, "created_at")]))


def test_bags_left_today_are_found_by_their_day_and_late_things_by_their_term(point):
    rows = LedgerEntry.objects.filter(service_point=point, kind=1)
    assert "(service_point_id=? AND kind_id=? AND happened_at>?)" in plan_of(_sql(rows.late_today()))
    assert "(service_point_id=? AND kind_id=? AND state=? AND due_at<?)" in plan_of(_sql(rows.overdue().values("pk")))


def named(waiting) -> str:
    """The plans of the lists that the start page names."""
    return plans_while(lambda: [list(rows) for each in waiting for rows in each.lists])


def test_lines_late_in_the_chain_are_found_by_the_open_days(clerk):
    assert "entry_category" not in named(days.waiting(clerk))


def test_calls_that_wait_are_found_by_their_state(clerk):
    assert named(enquiries.waiting(clerk)).count("state=?") == 2


def _sql(rows) -> str:
    sql, values = rows.query.sql_with_params()
    return sql % tuple(f"'{value}'" for value in values)


# ---- what hangs on a record ------------------------------------------------------------------
def test_tries_to_reach_an_owner_are_found_from_the_item_and_from_its_report():
    said = plan_of(_sql(contacts_of(FoundItem(pk=1))))
    assert "SCAN lostfound_contactattempt" not in said
    assert "(item_id=?)" in said
    assert "(report_id=?)" in said


def test_signatures_are_found_from_the_reader(clerk):
    for rows in (Briefing.objects.unsigned_by(clerk), BriefingReader.objects.with_signed().filter(briefing=1)):
        assert "SEARCH U0 USING INDEX dutylog_briefingreceipt_reader" in plan_of(_sql(rows))


def test_visits_are_found_from_their_plan():
    rows = CallbackPlan.objects.filter(was_visited(None), due_on="2026-01-01")
    assert "attempt_plan_channel" in plan_of(_sql(rows))


def test_strokes_of_a_year_are_found_by_their_moment():
    now = timezone.now()
    rows = EnquiryTally.objects.filter(direction="phone", at__gte=now - dt.timedelta(days=365), at__lt=now)
    assert "tally_direction_at" in plan_of(_sql(rows))


# ---- search ----------------------------------------------------------------------------------
def test_matching_entries_are_found_by_their_keys(manager, clerk):
    SearchEntry.objects.create(register="founditem", object_id=1, number="SW-20261122-001", title="雨伞",
                               happened_at=timezone.now())
    entry = SearchEntry.objects.get()
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO servicedesk_searchwords (rowid, line) VALUES (%s, 'u96e84f1e')", [entry.pk])
    for act in (lambda: search("雨伞", manager), lambda: search("雨伞", clerk),
                lambda: ids_in_register("雨伞", register_by_key("founditem"))):
        assert "SEARCH servicedesk_searchentry USING INTEGER PRIMARY KEY" in plans_while(act)


def test_calls_of_a_desk_by_their_numbers_are_not_sorted(point):
    mine = Enquiry.objects.filter(service_point=point).order_by("-number")[:50]
    plan = plans_while(lambda: list(mine))
    assert "enquiry_point_number" in plan
    assert "USE TEMP B-TREE" not in plan
