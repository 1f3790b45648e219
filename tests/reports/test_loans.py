"""What visitors borrowed is ○ in the asset round of its desk, until it is back."""

import datetime as dt

import pytest

from checklists.choices import Answer, RoundKind
from checklists.loans import on_loan
from checklists.models import Asset, RoundTemplate
from checklists.services.answers import lines_of
from checklists.services.assets import AssetFacts, register_asset
from checklists.services.rounds import start_round
from ledgers.errors.stock import AssetUnknown
from ledgers.models import LedgerKind
from ledgers.services.entries import EntryFacts, void_entry
from ledgers.services.loans import return_thing
from ledgers.services.registering import register_entry
from ledgers.services.stock import ThingFacts, add_thing, edit_thing
from tests.reports.conftest import DAY, local

pytestmark = pytest.mark.django_db


@pytest.fixture
def lend(clock, manager, clerk, point):
    """`lend("轮椅", 2, of=5)`: an asset that is lent; gives the asset and the loan."""

    def make(name: str, quantity: int, of: int):
        facts = AssetFacts(name=name, area="便民区", expected_quantity=of, is_counted=of > 1)
        asset = register_asset(facts, by=manager, point=point, code="BM")
        kind = LedgerKind.objects.in_order().get(code="jy")
        thing = add_thing(kind, ThingFacts(name=name, asset_number=asset.number), by=manager, point=point, quantity=of)
        typed = EntryFacts(
            happened_at=local("10:20"), thing=thing, quantity=quantity,
            values={"borrower": "杨明静", "phone": "13812341234"},
        )
        return asset, register_entry(kind, typed, by=clerk, point=point)

    return make


def test_what_is_lent_is_away_in_the_round_and_what_is_left_is_expected(lend, clerk, point):
    lend("婴儿车", 1, of=1)
    lend("轮椅", 2, of=5)
    RoundTemplate.objects.update(valid_from=DAY)
    round_ = start_round(RoundTemplate.objects.get(kind=RoundKind.ASSETS), DAY, by=clerk, point=point)
    lines = [(line.asset.name, line.answer, line.away_quantity) for line in lines_of(round_)]
    assert lines == [("婴儿车", Answer.AWAY, 1), ("轮椅", "", 2)]


def test_what_came_back_or_was_never_lent_is_there_again(lend, clerk, manager):
    chair, loan = lend("轮椅", 2, of=5)
    pram, slip = lend("婴儿车", 1, of=1)
    assert [on_loan(chair, day) for day in (DAY - dt.timedelta(days=1), DAY)] == [0, 2]
    return_thing(loan, by=clerk)
    void_entry(slip, "写错了", by=manager)
    assert [on_loan(asset, DAY) for asset in (chair, pram)] == [0, 0]


def test_a_tag_of_no_asset_and_of_another_desks_asset_are_refused(lend, manager, other_point):
    chair, loan = lend("轮椅", 1, of=5)
    for number, point in ((chair.number, other_point), ("KF-BM-9999", loan.service_point)):
        with pytest.raises(AssetUnknown):
            add_thing(loan.kind, ThingFacts(name="雨伞", asset_number=number), by=manager, point=point)
    with pytest.raises(AssetUnknown):
        edit_thing(loan.thing, ThingFacts(name="轮椅", asset_number="KF-BM-9999"), by=manager)
    assert Asset.objects.count() == 1
