"""统计分析: every figure by day, week, month and year; each number is the length of the list it leads to."""

import datetime as dt
import io

import openpyxl
import pytest
import time_machine
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from checklists.choices import RoundKind, RoundState
from checklists.models import Round, RoundTemplate
from dutylog.models import DutyDay, HeadcountReport
from lostfound.choices import ItemState, ReportState
from lostfound.models import FoundItem, ItemCategory, LostReport
from reports.services.statistics import statistics_of
from servicedesk.behind import rows_behind
from servicedesk.figures import NOTHING, Asked, CaseSource, source_of
from servicedesk.models import ExportLog
from servicedesk.periods import Span, day_of, midnight, month_of, read_period, week_of, year_of

TODAY = dt.date(2026, 11, 30)
NOVEMBER = month_of(TODAY)


def local(clock: str, on: dt.date = TODAY) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(on, dt.time.fromisoformat(clock)))


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(local("20:00"), tick=False) as traveller:
        yield traveller


@pytest.fixture
def found_thing(db, point, zone, clerk):
    """A row of the book of finds as it stands: `found_thing(at, state=…)`."""
    categories = list(ItemCategory.objects.order_by("order")[:2])
    made = []

    def make(at: dt.datetime, **facts) -> FoundItem:
        made.append(at)
        return FoundItem.objects.create(**{
            "number": f"SW-{len(made):04}", "service_point": point, "created_at": at, "created_by": clerk,
            "found_at": at, "zone": zone, "category": categories[0], "thing": "雨伞", "intake_kind": "visitor",
            "state": ItemState.IN_CUSTODY, "holder": clerk, "desk_due_on": dt.date(2026, 12, 31), **facts,
        })

    make.other = categories[1]
    return make


def counted(period=NOVEMBER, point=None):
    return statistics_of(Asked(period=period, now=timezone.now(), point=point))


def numbers(key: str, period=NOVEMBER) -> tuple:
    now = counted(period).line(key).now
    return now.hits, now.base, now.waiting


def length(reading, part: str) -> int:
    """How many rows the list behind a number has."""
    source = source_of(reading.figure.key)
    model = source.model if isinstance(source, CaseSource) else None
    text = QueryDict(reading.urls[part].partition("?")[2])["figure"]
    found = rows_behind(model, text) if model else None
    return len(found)


def returned(ended_at: dt.datetime, **facts) -> dict:
    return {"state": ItemState.RETURNED, "ended_at": ended_at, **facts}


# ---- periods --------------------------------------------------------------------------------------
@pytest.mark.one_database
def test_the_same_of_last_year_is_found_at_the_ends_of_years():
    assert day_of(dt.date(2028, 2, 29)).year_before == day_of(dt.date(2027, 2, 28))
    assert read_period("2026-W53").year_before == read_period("2025-W52")
    assert year_of(TODAY).year_before == year_of(TODAY).before
    assert week_of(dt.date(2027, 1, 1)).year_before.key == "2025-W52"
    assert [each.key for each in month_of(dt.date(2026, 2, 1)).back(3)] == ["2025-12", "2026-01", "2026-02"]


@pytest.mark.one_database
def test_an_address_names_a_day_week_month_or_year():
    for text, span in (("2026-11-30", Span.DAY), ("2026-W49", Span.WEEK), ("2026-11", Span.MONTH), ("2026", Span.YEAR)):
        period = read_period(text, Span)
        assert (period.span, period.key) == (span, text)
    assert [read_period(text) for text in ("2026-11-30", "2026")] == [None, None]  # a summary has no such period
    assert [read_period(text, Span) for text in ("2026-02-30", "20", "")] == [None] * 3


# ---- numbers --------------------------------------------------------------------------------------
def test_a_find_belongs_to_the_day_of_the_desk_until_its_midnight(found_thing):
    night = midnight(dt.date(2026, 12, 1))
    found_thing(night - dt.timedelta(seconds=1))
    found_thing(midnight(TODAY))
    with time_machine.travel(night + dt.timedelta(hours=1), tick=False):
        found_thing(night)
        assert [numbers("finds", day_of(day))[0] for day in (TODAY, TODAY + dt.timedelta(days=1))] == [2, 1]
        assert numbers("finds", year_of(TODAY))[0] == 3


def test_what_went_back_is_counted_in_all_four_ways(found_thing):
    found_thing(local("09:00"), **returned(local("10:00"), is_valuable=True))
    found_thing(local("09:00"), **returned(local("10:00"), desk_due_on=dt.date(2026, 11, 29)))
    found_thing(local("09:00"), is_valuable=True, desk_due_on=dt.date(2026, 11, 29), category=found_thing.other)
    found_thing(local("09:00"), intake_kind="staff")
    found_thing(local("09:00"), state=ItemState.VOID)
    assert numbers("returned") == (2, 4, 0)
    assert numbers("returned_valuables") == (1, 2, 0)
    assert numbers("returned_in_term") == (1, 3, 1)
    found = {parting.cut.key: {line.now.name: (line.now.hits, line.now.base) for line in parting.lines}
             for group in counted().groups for parting in group.partings if parting.figure.key == "returned"}
    assert found["intake"] == {"游客拾物": (2, 3), "员工拾物": (0, 1)}
    assert found["value"] == {"贵重": (1, 2), "一般": (1, 2)}
    assert sorted(found["category"].values()) == [(0, 1), (2, 3)]


def test_every_number_and_part_leads_to_exactly_its_rows(found_thing, point, clerk):
    found_thing(local("09:00"), **returned(local("10:00"), is_valuable=True))
    found_thing(local("09:00"), desk_due_on=dt.date(2026, 11, 29), category=found_thing.other)
    found_thing(local("09:00", dt.date(2026, 10, 31)))
    for order, state in enumerate((ReportState.FOUND, ReportState.OPEN, ReportState.WITHDRAWN)):
        LostReport.objects.create(
            number=f"SS-{order}", service_point=point, created_at=local("09:00"), created_by=clerk, state=state,
            owner_name="王芳", phone="13800001111", lost_from=local("08:00"), lost_to=local("08:30"),
            category=found_thing.other, thing="伞", expires_on=dt.date(2027, 11, 30),
        )
    found = counted()
    own = [line.now for group in found.groups for line in group.lines if line.figure.group in {"finds", "losses"}]
    parts = [line.now for group in found.groups for each in group.partings for line in each.lines]
    assert {reading.figure.key for reading in parts} == {"returned", "losses_found"}
    for reading in (*own, *parts):
        for part in reading.urls:
            assert length(reading, part) == getattr(reading, part), (reading.figure.key, reading.cut, part)
    assert numbers("losses_found") == (1, 2, 0)


def test_visitors_without_a_count_are_not_none(db, point, clerk):
    assert counted().line("visitors_in").now.text == NOTHING
    facts = {"service_point": point, "created_at": timezone.now(), "created_by": clerk, "slot": "闭园",
             "due_at": local("18:00"), "taken_at": local("18:00")}
    first = HeadcountReport.objects.create(number="RS-1", on=TODAY, entered=900, **facts)
    HeadcountReport.objects.create(number="RS-2", on=TODAY, entered=980, corrects=first, **facts)
    line = counted().line("visitors_in").now
    assert line.text == "980"
    assert len(rows_behind(HeadcountReport, line.urls["hits"].partition("figure=")[2])) == 1


def test_a_round_that_nobody_walked_is_owed_and_one_of_today_is_not_missing_yet(db, point, clerk):
    RoundTemplate.objects.update(is_active=False)
    template = RoundTemplate.objects.filter(kind=RoundKind.PRE_SHIFT).first()
    RoundTemplate.objects.filter(pk=template.pk).update(is_active=True, valid_from=dt.date(2026, 11, 27))
    for order, (on, state) in enumerate(((28, RoundState.DONE), (29, RoundState.RUNNING))):
        day = DutyDay.objects.create(
            number=f"ZB-{order}", service_point=point, on=dt.date(2026, 11, on), created_at=timezone.now(),
            created_by=clerk,
        )
        Round.objects.create(
            number=f"GQ-{order}", service_point=point, created_at=timezone.now(), created_by=clerk, state=state,
            kind=RoundKind.PRE_SHIFT, template=template, template_version=template.versions.last(), day=day, on=day.on,
        )
    assert numbers("rounds_done")[:2] == (1, 3)


# ---- the page and the workbook -----------------------------------------------------------------------
def test_an_empty_period_divides_by_nothing(db, as_user, manager):
    page = as_user(manager).get(reverse("reports:statistics"), {"period": "2020", "trend": "returned"})
    line = page.context["found"].line("returned")
    assert (line.now.text, line.change, page.context["found"].trend.points[-1][1].text) == (NOTHING, "", NOTHING)
    assert "100" not in line.now.text


def test_the_page_goes_to_the_time_before_and_not_into_the_future(found_thing, as_user, manager):
    found_thing(local("09:00"))
    found_thing(local("09:00", dt.date(2026, 10, 5)))
    found_thing(local("09:00", dt.date(2025, 11, 5)))
    found_thing(local("09:00", dt.date(2025, 11, 6)))
    client = as_user(manager)
    page = client.get(reverse("reports:statistics"))
    line = page.context["found"].line("finds")
    assert (line.now.text, line.before.text, line.change, line.year_before.text, line.year_change) == (
        "1", "1", "持平", "2", "-1")
    assert page.context["later_url"] == ""
    assert [point["value"] for point in page.context["points"]][-2:] == ["1.0000", "1.0000"]
    earlier = client.get(page.context["earlier_url"]).context["found"]
    assert earlier.asked.period.key == "2026-10"
    for text in ("2026-12", "2199-13", "x"):
        assert client.get(reverse("reports:statistics"), {"period": text}).status_code == 404


def test_the_workbook_holds_numbers_and_is_noted(found_thing, as_user, manager):
    found_thing(local("09:00"), **returned(local("10:00")))
    found_thing(local("09:00"))
    answer = as_user(manager).get(reverse("reports:statistics_export"), {"period": "2026-11", "trend": "returned"})
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    lines = {row[1]: row for row in book["指标"].iter_rows(values_only=True)}
    assert lines["归还率"][2:6] == (50, "%", 1, 2)
    assert lines["入园人数"][2] is None
    assert [row[1] for row in book["走势"].iter_rows(values_only=True)][-1] == 50
    assert ExportLog.objects.get().register == "statistics"
