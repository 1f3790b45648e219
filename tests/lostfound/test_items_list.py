"""The book of found items as a list: tabs, filters, masks, and a query count that does not grow."""

import datetime as dt

import pytest
from django.urls import reverse

from lostfound.choices import IntakeKind
from lostfound.models import ItemCategory
from lostfound.services.item_facts import ContentFacts

MOST_QUERIES = 30


def url(name: str, *args) -> str:
    return reverse(f"lostfound:{name}", args=args)


def test_list_and_page_ask_as_much_for_three_rows_as_for_one(
    as_user, clerk, register, guard, counter, django_assert_max_num_queries
):
    def asked(address: str) -> int:
        with django_assert_max_num_queries(MOST_QUERIES) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    client = as_user(clerk)
    item = register(storage=counter, contents=(ContentFacts(thing="毛巾"),))
    addresses = (f"{url('founditem_list')}?all=1", url("founditem_detail", item.pk))
    one = [client.get(address) and asked(address) for address in addresses]
    register(intake_kind=IntakeKind.STAFF, finder=guard, storage=counter)
    register("眼镜", thing="墨镜")
    for thing in ("帽子", "水果"):
        item.contents.create(thing=thing)
    assert [asked(address) for address in addresses] == one


@pytest.fixture
def mid_month(time_machine):
    """On the last of a month a phone's term runs out the day it comes in."""
    time_machine.move_to(dt.datetime(2026, 11, 18, 10, 0, tzinfo=dt.timezone(dt.timedelta(hours=8))), tick=True)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"state": "in_custody"}, {"umbrella", "phone"}), ({"is_valuable": "1"}, {"phone"}),
        ({"is_valuable": "0"}, {"umbrella", "on_spot"}), ({"intake_kind": "on_spot"}, {"on_spot"}),
        ({"waiting": "loose"}, {"phone"}), ({"waiting": "field"}, {"on_spot"}), ({"waiting": "unfiled"}, {"on_spot"}),
        ({"waiting": "unannounced"}, {"umbrella", "phone"}), ({"waiting": "due"}, set()),
        ({"q": "ys"}, {"umbrella", "on_spot"}), ({"q": "华为"}, {"phone"}), ({"is_on_hold": "1"}, set()),
    ],
)
def test_filters_and_tabs_narrow_the_list(mid_month, as_user, clerk, register, phone, on_spot, query, found):
    rows = {"umbrella": register(), "phone": phone, "on_spot": on_spot}
    table = as_user(clerk).get(url("founditem_list"), query).context["table"]
    assert {row.record for row in table.rows} == {rows[name] for name in found}


@pytest.mark.parametrize("page", ["2", "100000", "9" * 40, "二"])
def test_a_page_past_the_end_is_answered_with_the_first(as_user, clerk, register, page):
    item = register()
    table = as_user(clerk).get(url("founditem_list"), {"page": page}).context["table"]
    assert [row.record for row in table.rows] == [item]


def test_the_list_masks_names_and_phones(as_user, clerk, register):
    register(finder_name="欧阳锋", finder_phone="13812345678")
    page = as_user(clerk).get(url("founditem_list"), {"columns": ["number", "finder", "finder_phone"]}).content.decode()
    assert "欧**" in page
    assert "138****5678" in page
    assert "欧阳锋" not in page


def test_a_desk_sees_its_own_book(as_user, outsider, register):
    item = register()
    client = as_user(outsider)
    assert item.number not in client.get(url("founditem_list"), {"all": "1"}).content.decode()
    assert client.get(url("founditem_detail", item.pk)).status_code == 404


def test_categories_of_the_form_carry_what_they_are_guessed_by(as_user, clerk, point):
    page = as_user(clerk).get(url("founditem_create")).content.decode()
    phone = ItemCategory.objects.get(name="手机")
    assert f'data-keywords="{phone.keywords}"' in page
    assert 'data-flags="is_valuable"' in page
