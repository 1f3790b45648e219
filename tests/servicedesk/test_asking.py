"""Many questions in one query: the same rows, in the same order, of the same types, as one by one."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lostfound.models import CashLine, ContentLine, FoundItem, ItemCategory
from servicedesk.models import Disclosure, User, Zone
from servicedesk.services.asking import Tally, counts, gather, gathered, tallies


@pytest.fixture
def item(point, clerk, zone):
    now = timezone.now()
    item = FoundItem.objects.create(
        number="SW-20261122-001", thing="钱包", category=ItemCategory.objects.get(code="99"), intake_kind="visitor",
        state="in_custody", found_at=now, zone=zone, created_at=now, created_by=clerk, service_point=point,
        estimated_value=Decimal("12345678.90"), finder_phone="13812345678", desk_due_on=dt.date(2026, 12, 1),
    )
    for thing in ("钥匙", "身份证", "口红"):
        ContentLine.objects.create(item=item, thing=thing, estimated_value=Decimal("0.10"))
    for denomination in ("5", "100", "20"):
        CashLine.objects.create(item=item, denomination=Decimal(denomination), pieces=2)
    return item


def plain(rows) -> list[dict]:
    return [{k: v for k, v in vars(row).items() if not k.startswith("_")} for row in rows]


def test_gathered_lists_are_what_each_queryset_gives(item, clerk, near_zone):
    def questions():
        return [
            FoundItem.objects.select_related("zone", "created_by__department", "holder"),
            FoundItem.history.filter(id=item.pk).select_related("history_user"),
            CashLine.objects.filter(item=item),
            User.objects.order_by("-staff_no")[:1],
            Zone.objects.order_by("-number").values_list("number", flat=True),
            Disclosure.objects.none(),
            ContentLine.objects.order_by("-pk").values("thing", "estimated_value"),
        ]

    with CaptureQueriesContext(connection) as asked:
        items, history, cash, people, zones, nothing, contents = (list(rows) for rows in gather(*questions()))
        assert (items[0].zone.name, items[0].created_by.department.name, items[0].holder) == ("观景台", "客服部", None)
    assert len(asked) == 1
    one_by_one = [list(rows) for rows in questions()]
    assert plain(items) == plain(one_by_one[0])
    assert plain(history) == plain(one_by_one[1])
    assert plain(cash) == plain(one_by_one[2])
    assert [people, zones, nothing, contents] == one_by_one[3:]
    assert zones == ["02", "01"]
    assert [line.denomination for line in cash] == [100, 20, 5]


def test_a_gathered_queryset_can_be_narrowed_afterwards(item):
    lines = gather(ContentLine.objects.filter(item=item))[0]
    assert [line.thing for line in lines.filter(thing="钥匙")] == ["钥匙"]
    assert len(lines) == 3


def test_named_lists_come_by_one_query(item, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = gathered({"contents": item.contents.order_by("thing"), "cash": item.cash_lines.all()})
    assert [line.thing for line in found["contents"]] == sorted(["钥匙", "身份证", "口红"])
    assert [line.pieces for line in found["cash"]] == [2, 2, 2]


def test_nothing_asked_is_no_query(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert gather() == []
        assert tallies([]) == []
        assert [list(rows) for rows in gather(Zone.objects.none())] == [[]]


def test_tallies_count_and_find_the_oldest_in_one_query(item, zone, near_zone, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = tallies([
            (FoundItem.objects.all(), "created_at"), (FoundItem.objects.filter(state="void"), "created_at"),
            (FoundItem.objects.all(), "desk_due_on"), (Zone.objects.all(), ""), (Zone.objects.none(), "number"),
        ])
    assert found == [
        Tally(1, item.created_at), Tally(0, None), Tally(1, dt.date(2026, 12, 1)), Tally(2, None), Tally(0, None),
    ]


def test_counting_stops_at_the_most(item):
    assert counts([ContentLine.objects.all(), CashLine.objects.filter(pieces=3)], most=2) == [2, 0]
