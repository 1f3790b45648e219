"""赠品发放: never below zero, to each no more than the limit."""

import pytest

from ledgers.choices import EntryState
from ledgers.errors.entries import OverLimit, PhoneNeeded
from ledgers.errors.stock import NotInStock
from ledgers.services.entries import void_entry
from servicedesk.services.today import waiting

pytestmark = pytest.mark.django_db


def test_what_is_given_is_gone_and_no_more_is_given_than_there_is(write, badge, choose):
    choose("ledgers.gift_limit", 0)
    gift = write("zp", {"thing": badge, "quantity": 4})
    badge.refresh_from_db()
    assert (gift.state, badge.available, badge.total) == (EntryState.ISSUED, 1, 1)
    with pytest.raises(NotInStock):
        write("zp", {"thing": badge, "quantity": 2})
    badge.refresh_from_db()
    assert badge.available == 1


def test_a_phone_gets_its_limit_a_day_and_another_phone_its_own(write, badge, clock, moment):
    write("zp", {"thing": badge})
    with pytest.raises(OverLimit, match="今天已领 1 枚"):
        write("zp", {"thing": badge}, phone="138-1234 1234")
    write("zp", {"thing": badge}, phone="13900001111")
    badge.refresh_from_db()
    assert badge.available == 3


def test_what_was_voided_counts_for_nobody_and_is_there_again(write, badge, supervisor):
    void_entry(write("zp", {"thing": badge}), "登错", by=supervisor)
    assert write("zp", {"thing": badge}).number.endswith("-002")
    badge.refresh_from_db()
    assert badge.available == 4


def test_a_limit_needs_a_phone_and_no_limit_needs_none(write, badge, choose):
    with pytest.raises(PhoneNeeded) as refused:
        write("zp", {"thing": badge}, phone="")
    assert refused.value.facts["field"] == "v_phone"
    choose("ledgers.gift_limit", 0)
    assert write("zp", {"thing": badge}, phone="").sealed == ""


def test_a_stock_that_is_low_is_told_to_who_may_bring_in(write, badge, supervisor, clerk, choose):
    choose("ledgers.gift_limit", 0)
    assert not [line for line in waiting(supervisor) if "不够了" in line.sentence]
    write("zp", {"thing": badge, "quantity": 3})
    assert [line.sentence for line in waiting(supervisor) if "不够了" in line.sentence] == ["1 种用品、赠品不够了"]
    assert not [line for line in waiting(clerk) if "不够了" in line.sentence]
