"""Registering a find: what falls out, what is refused."""

import datetime as dt

import pytest

from lostfound.choices import IntakeKind, ItemState
from lostfound.errors.items import FoundInFuture
from lostfound.models import ItemCategory
from lostfound.services.item_facts import FoundItemFacts
from lostfound.services.items import register_found_item


@pytest.fixture
def umbrella(zone, now):
    """Facts of an ordinary find."""

    def facts(**more) -> FoundItemFacts:
        return FoundItemFacts(**{
            "intake_kind": IntakeKind.VISITOR, "category": ItemCategory.objects.get(name="雨具"), "thing": "雨伞",
            "found_at": now - dt.timedelta(minutes=30), "zone": zone, "finder_name": "张三", **more,
        })

    return facts


def test_a_visitors_umbrella_gets_a_number_a_holder_and_a_first_move(umbrella, clerk, point):
    item = register_found_item(umbrella(colour="黑色"), by=clerk, point=point)
    assert item.number.startswith("SW-")
    assert (item.state, item.holder, item.public_text) == (ItemState.IN_CUSTODY, clerk, "黑色雨具")
    assert [m.from_text for m in item.moves.all()] == ["拾物游客"]


def test_a_find_in_the_future_is_refused(umbrella, clerk, point, now):
    with pytest.raises(FoundInFuture):
        register_found_item(umbrella(found_at=now + dt.timedelta(hours=1)), by=clerk, point=point)


def test_a_staff_find_makes_a_slip(umbrella, clerk, point, guard):
    item = register_found_item(umbrella(intake_kind=IntakeKind.STAFF, finder=guard), by=clerk, point=point)
    assert item.number.startswith("YG-")
    assert item.slip.number.startswith("HZ-")
