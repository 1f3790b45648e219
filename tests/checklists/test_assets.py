"""The register of assets: tags, labels, what is away, what is retired."""

import datetime as dt

import pytest
from django.db import DatabaseError, transaction

from checklists.choices import Answer, AssetState, RoundKind
from checklists.errors.assets import (
    AssetRetired,
    BackAlready,
    BadAreaCode,
    BadTag,
    DueBeforeGoing,
    StillAway,
    TagTaken,
    TooManyAway,
)
from checklists.loans import _sources, add_loans, on_loan
from checklists.models import Asset
from checklists.services.answers import lines_of
from checklists.services.assets import (
    AssetFacts,
    AwayFacts,
    bring_back,
    edit_asset,
    mark_away,
    register_asset,
    restore_asset,
    retire_asset,
)
from servicedesk.errors import EditedMeanwhile, ReasonNeeded
from tests.checklists.conftest import TODAY

TOMORROW = TODAY + dt.timedelta(days=1)
FACTS = AssetFacts(name="轮椅", area="便民区", expected_quantity=5, is_counted=True)


def lent(quantity=1, **more) -> AwayFacts:
    return AwayFacts(**{"kind": "lent", "reason": "医务室借用", "due_on": TOMORROW, "quantity": quantity, **more})


def test_tags_run_by_area_and_step_over_what_is_stuck_on_already(clock, supervisor, point):
    typed = register_asset(FACTS, by=supervisor, point=point, number="kf-dt-0002")
    made = [register_asset(FACTS, by=supervisor, point=point, code="dt").number for _ in range(2)]
    assert typed.number == "KF-DT-0002"
    assert made == ["KF-DT-0001", "KF-DT-0003"]
    assert register_asset(FACTS, by=supervisor, point=point, code="BM").number == "KF-BM-0001"


@pytest.mark.parametrize(("tag", "refusal"), [({"number": "轮椅一号"}, BadTag), ({"code": ""}, BadAreaCode),
                                              ({"code": "大厅"}, BadAreaCode)])
def test_a_tag_that_is_none_is_refused(clock, supervisor, point, tag, refusal):
    with pytest.raises(refusal):
        register_asset(FACTS, by=supervisor, point=point, **tag)
    assert Asset.objects.count() == 0


def test_a_tag_is_given_once(clock, supervisor, point):
    register_asset(FACTS, by=supervisor, point=point, number="KF-DT-0001")
    with pytest.raises(TagTaken):
        register_asset(FACTS, by=supervisor, point=point, number="KF-DT-0001")


def test_what_is_lent_counts_as_away_until_it_is_back(make_asset, start, supervisor, clock):
    chairs = make_asset("轮椅", 5)
    absence = mark_away(chairs, lent(2), by=supervisor)
    first = lines_of(start(RoundKind.ASSETS))[0]
    assert (first.away_quantity, first.due_quantity) == (2, 3)
    bring_back(absence, by=supervisor)
    assert (on_loan(chairs, TODAY), on_loan(chairs, TODAY - dt.timedelta(days=1))) == (0, 0)
    with pytest.raises(BackAlready):
        bring_back(absence, by=supervisor)


def test_what_is_wholly_away_is_answered_before_anybody_walks(make_asset, start, supervisor):
    mark_away(make_asset("激光打印机"), lent(kind="repair"), by=supervisor)
    assert lines_of(start(RoundKind.ASSETS))[0].answer == Answer.AWAY


def test_loans_that_another_register_knows_of_count_too(make_asset, supervisor):
    chairs = make_asset("轮椅", 5)
    mark_away(chairs, lent(), by=supervisor)
    source = add_loans(lambda assets, day: {asset.pk: 3 for asset in assets})
    try:
        assert on_loan(chairs, TODAY) == 4
        assert on_loan(make_asset("婴儿车", 2), TODAY) == 2
    finally:
        _sources.remove(source)


def test_more_than_there_are_cannot_go(make_asset, supervisor):
    chairs = make_asset("轮椅", 5)
    mark_away(chairs, lent(4), by=supervisor)
    with pytest.raises(TooManyAway):
        mark_away(chairs, lent(2), by=supervisor)
    assert mark_away(chairs, lent(1), by=supervisor).quantity == 1


def test_a_loan_needs_a_reason_and_a_day_after_it_began(make_asset, supervisor):
    chairs = make_asset("轮椅", 5)
    with pytest.raises(ReasonNeeded):
        mark_away(chairs, lent(reason=" "), by=supervisor)
    with pytest.raises(DueBeforeGoing):
        mark_away(chairs, lent(due_on=TODAY - dt.timedelta(days=1)), by=supervisor)


def test_a_retired_asset_leaves_the_round_and_keeps_its_history(make_asset, start, supervisor):
    asset, other = make_asset(), make_asset("饮水机")
    with pytest.raises(ReasonNeeded):
        retire_asset(asset, by=supervisor, reason="")
    retire_asset(asset, by=supervisor, reason="屏幕损坏")
    assert [line.asset for line in lines_of(start(RoundKind.ASSETS))] == [other]
    assert asset.history.first().history_change_reason == "屏幕损坏"
    with pytest.raises(AssetRetired):
        edit_asset(asset, FACTS, by=supervisor)
    assert restore_asset(asset, by=supervisor).state == AssetState.IN_USE


def test_what_is_away_cannot_be_retired(make_asset, supervisor):
    asset = make_asset()
    mark_away(asset, lent(), by=supervisor)
    with pytest.raises(StillAway):
        retire_asset(asset, by=supervisor, reason="报废")


def test_two_who_edit_one_asset_are_told(make_asset, supervisor, manager):
    asset = make_asset()
    version, stale = asset.version, Asset.objects.get(pk=asset.pk)
    edit_asset(asset, FACTS, by=supervisor, version=version)
    with pytest.raises(EditedMeanwhile):
        edit_asset(stale, FACTS, by=manager, version=version)


def test_history_only_grows(make_asset):
    row = make_asset().history.first()
    with pytest.raises(DatabaseError), transaction.atomic():
        type(row).objects.filter(pk=row.pk).update(name="改名")
