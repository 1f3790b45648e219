"""赠品发放: never below zero, to each no more than the limit."""

import datetime as dt
import threading

import pytest
from django.db import connection

from ledgers.choices import EntryState
from ledgers.errors.entries import OverLimit, PhoneNeeded
from ledgers.errors.stock import NotInStock
from ledgers.models import LedgerKind
from ledgers.services.entries import EntryFacts, void_entry
from ledgers.services.registering import register_entry
from ledgers.services.stock import ThingFacts, add_thing
from servicedesk.errors import Refusal
from servicedesk.services.today import waiting
from tests.ledgers.conftest import VALUES, local

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


@pytest.mark.django_db(transaction=True)
def test_two_desks_that_give_one_person_the_last_of_their_limit_at_once_give_it_once(
    kind, point, manager, clerk, second_clerk
):
    thing = add_thing(kind("zp"), ThingFacts(name="折扇", unit="把"), by=manager, point=point, quantity=9)
    at_once, outcomes = threading.Barrier(2), []

    def give(by) -> None:
        try:
            at_once.wait(timeout=30)
            facts = EntryFacts(happened_at=local("10:00", dt.date(2026, 1, 5)), values=VALUES["zp"], thing=thing)
            gifts = LedgerKind.objects.in_order().get(code="zp")
            outcomes.append(register_entry(gifts, facts, by=by, point=point).number)
        except Refusal as refusal:
            outcomes.append(type(refusal).__name__)
        finally:
            connection.close()

    desks = [threading.Thread(target=give, args=(by,)) for by in (clerk, second_clerk)]
    for desk in desks:
        desk.start()
    for desk in desks:
        desk.join(timeout=60)
    assert (len(outcomes), outcomes.count("OverLimit")) == (2, 1)
    thing.refresh_from_db()
    assert (thing.available, thing.total) == (8, 8)
