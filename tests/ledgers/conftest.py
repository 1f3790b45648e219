"""Ledgers and things that the tests of this folder ask for. They play on a Tuesday at 10:30."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from ledgers.models import LedgerKind, StockThing
from ledgers.services.entries import EntryFacts
from ledgers.services.registering import register_entry
from ledgers.services.stock import ThingFacts, add_thing
from servicedesk.services import preferences

TODAY = dt.date(2026, 11, 24)
PHONE = "13812341234"
VALUES = {
    "jc": {"owner": "杨明静", "phone": PHONE, "pieces": 2, "look": "黑色双肩包", "shelf": "A3", "declared": True},
    "jy": {"borrower": "杨明静", "phone": PHONE},
    "gb": {"category": "寻人", "asker": "杨明静", "phone": PHONE, "text": "请小明到游客中心"},
    "zp": {"receiver": "杨明静", "phone": PHONE, "occasion": "活动"},
    "lf": {"visitor": "杨明静", "phone": PHONE, "purpose": "送票据"},
    "zg": {"caller": "杨明静", "phone": PHONE, "text": "请回电话"},
}


def local(clock: str, on: dt.date = TODAY) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(on, dt.time.fromisoformat(clock)))


@pytest.fixture
def moment():
    return local


@pytest.fixture
def clock():
    """The program's clock: `clock.move_to(moment("14:00"))`."""
    with time_machine.travel(local("10:30"), tick=False) as traveller:
        yield traveller


@pytest.fixture
def kind(db):
    """A ledger by its code, read anew."""
    return lambda code: LedgerKind.objects.in_order().get(code=code)


@pytest.fixture
def facts(clock):
    """What is typed into a ledger: `facts("jc", pieces=3)`; what the ledger works with goes into `more`."""

    def make(code: str, more: dict | None = None, **values) -> EntryFacts:
        return EntryFacts(**{"happened_at": local("10:20"), "values": {**VALUES[code], **values}, **(more or {})})

    return make


@pytest.fixture
def write(kind, facts, point, clerk):
    """An entry of a ledger at the desk: `write("jc", pieces=3)`."""

    def make(code: str, more: dict | None = None, *, at=point, by=clerk, **values):
        return register_entry(kind(code), facts(code, more, **values), by=by, point=at)

    return make


@pytest.fixture
def wheelchair(clock, kind, point, manager) -> StockThing:
    """The desk has two."""
    return add_thing(kind("jy"), ThingFacts(name="轮椅", unit="辆"), by=manager, point=point, quantity=2)


@pytest.fixture
def badge(clock, kind, point, manager) -> StockThing:
    return add_thing(kind("zp"), ThingFacts(name="徽章", unit="枚", low_at=3), by=manager, point=point, quantity=5)


@pytest.fixture
def choose(db, manager):
    def set_value(key: str, value) -> None:
        preferences.choose(key, value, manager, "试验")

    return set_value
