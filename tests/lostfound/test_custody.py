"""Who answers for a thing: offers, acceptance, places, corrections; a chain that only grows."""

import threading

import pytest
from django.db import DatabaseError, connection, transaction

from lostfound.choices import ItemState, MoveKind, OfferState
from lostfound.errors.custody import (
    AlreadyThere,
    NotInHands,
    NotItsMove,
    NotTheHolder,
    NotTheTaker,
    OfferWaiting,
    TakerIsHolder,
)
from lostfound.errors.items import StorageElsewhere
from lostfound.models import CustodyMove, CustodyOffer, FoundItem
from lostfound.services.custody import (
    accept_custody,
    correct_move,
    hand_over_at_once,
    move_item,
    offer_custody,
    refuse_custody,
    store_item,
    withdraw_custody,
)
from servicedesk.errors import NotPossibleNow, ReasonNeeded, SomeoneWasFaster
from servicedesk.models import StoragePlace


@pytest.fixture
def offer(phone, custodian, clerk, safe) -> CustodyOffer:
    return offer_custody(phone, custodian, by=clerk, place=safe)


def test_an_offer_changes_nothing_until_it_is_accepted(phone, offer, clerk):
    phone.refresh_from_db()
    assert (phone.holder, phone.storage, phone.custodian_took_at) == (clerk, None, None)


def test_acceptance_writes_one_move_with_both_acknowledgements(phone, offer, clerk, custodian, safe):
    move = accept_custody(offer, by=custodian)
    phone.refresh_from_db()
    assert (phone.holder, phone.storage) == (custodian, safe)
    assert (move.kind, move.from_person, move.to_person) == (MoveKind.HAND_OVER, clerk, custodian)
    assert (move.given_at, move.given_means, move.taken_means) == (offer.at, "account", "account")
    assert move.taken_at >= move.given_at
    assert offer.state == OfferState.ACCEPTED


def test_a_valuable_is_in_safe_hands_when_a_custodian_takes_it_and_only_then(phone, offer, custodian, second_clerk):
    accept_custody(offer, by=custodian)
    phone.refresh_from_db()
    assert phone.custodian_took_at is not None
    hand_over_at_once(phone, second_clerk, by=custodian, means="account")
    assert (phone.holder, phone.custodian_took_at) == (second_clerk, None)


def test_only_the_one_it_was_offered_to_accepts_or_refuses(offer, second_clerk):
    with pytest.raises(NotTheTaker, match="陈静"):
        accept_custody(offer, by=second_clerk)
    with pytest.raises(NotTheTaker):
        refuse_custody(offer, by=second_clerk, reason="不是我")
    offer.refresh_from_db()
    assert offer.state == OfferState.WAITING


def test_a_refusal_says_why_and_the_thing_stays(phone, offer, custodian, clerk):
    with pytest.raises(ReasonNeeded):
        refuse_custody(offer, by=custodian, reason="  ")
    refuse_custody(offer, by=custodian, reason="封袋破损")
    phone.refresh_from_db()
    assert (offer.state, offer.answer_reason, phone.holder) == (OfferState.REFUSED, "封袋破损", clerk)


def test_an_offer_is_answered_once(offer, custodian):
    stale = CustodyOffer.objects.get(pk=offer.pk)
    accept_custody(offer, by=custodian)
    with pytest.raises(SomeoneWasFaster):
        refuse_custody(stale, by=custodian, reason="晚了")
    with pytest.raises(NotPossibleNow):
        accept_custody(offer, by=custodian)


def test_only_the_holder_gives_and_a_supervisor_for_one_who_is_away_with_a_reason(
    phone, second_clerk, supervisor, custodian, clerk
):
    with pytest.raises(NotTheHolder, match="王芳"):
        offer_custody(phone, custodian, by=second_clerk)
    with pytest.raises(ReasonNeeded):
        offer_custody(phone, custodian, by=supervisor)
    assert offer_custody(phone, custodian, by=supervisor, reason="王芳请假").from_person == clerk


def test_nobody_is_given_what_they_hold(phone, clerk):
    with pytest.raises(TakerIsHolder):
        offer_custody(phone, clerk, by=clerk)


def test_one_offer_waits_at_a_time_until_it_is_withdrawn(phone, offer, clerk, second_clerk):
    with pytest.raises(OfferWaiting, match="陈静"):
        offer_custody(phone, second_clerk, by=clerk)
    withdraw_custody(offer, by=clerk)
    assert offer_custody(phone, second_clerk, by=clerk).state == OfferState.WAITING


def test_only_the_giver_withdraws(offer, second_clerk):
    with pytest.raises(NotTheHolder):
        withdraw_custody(offer, by=second_clerk)


def test_an_offer_falls_when_the_thing_goes_another_way(phone, offer, clerk, custodian):
    move_item(phone, kind=MoveKind.RELEASE, by=clerk, to_text="失主")
    offer.refresh_from_db()
    assert offer.state == OfferState.WITHDRAWN
    with pytest.raises(NotPossibleNow):
        accept_custody(offer, by=custodian)


def test_a_thing_that_left_the_desk_changes_no_hands(phone, offer, clerk, custodian, safe):
    FoundItem.objects.filter(pk=phone.pk).update(state=ItemState.POLICE)
    phone.refresh_from_db()
    with pytest.raises(NotInHands):
        accept_custody(offer, by=custodian)
    with pytest.raises(NotInHands):
        offer_custody(phone, custodian, by=clerk)
    with pytest.raises(NotInHands):
        store_item(phone, safe, by=clerk)


def test_moving_to_another_place_keeps_the_holder(phone, clerk, safe, counter):
    store_item(phone, counter, by=clerk)
    with pytest.raises(AlreadyThere):
        store_item(phone, counter, by=clerk)
    move = store_item(phone, safe, by=clerk, reason="入柜")
    assert (phone.holder, phone.storage, move.to_person) == (clerk, safe, clerk)


def test_a_valuable_stays_in_safe_hands_when_only_its_place_changes(phone, offer, custodian, counter):
    accept_custody(offer, by=custodian)
    phone.refresh_from_db()
    took_at = phone.custodian_took_at
    store_item(phone, counter, by=custodian)
    assert phone.custodian_took_at == took_at is not None


def test_a_place_of_another_desk_is_refused(phone, clerk, custodian, other_point):
    elsewhere = StoragePlace.objects.create(service_point=other_point, code="B-01")
    with pytest.raises(StorageElsewhere):
        store_item(phone, elsewhere, by=clerk)
    with pytest.raises(StorageElsewhere):
        offer_custody(phone, custodian, by=clerk, place=elsewhere)


def test_a_correction_is_a_further_row_and_the_thing_follows_the_last_one(phone, clerk, supervisor, safe, counter):
    wrong = store_item(phone, counter, by=clerk)
    with pytest.raises(ReasonNeeded):
        correct_move(phone, wrong, by=supervisor, reason="", place=safe)
    row = correct_move(phone, wrong, by=supervisor, reason="格位写错", place=safe)
    wrong.refresh_from_db()
    assert (wrong.place, row.corrects, phone.storage) == (counter, wrong, safe)


def test_correcting_an_old_row_leaves_the_thing_where_it_is(phone, clerk, supervisor, safe, counter):
    old = store_item(phone, counter, by=clerk)
    store_item(phone, safe, by=clerk)
    correct_move(phone, old, by=supervisor, reason="当时写错", place=safe)
    assert phone.storage == safe
    assert phone.moves.count() == 4


def test_a_row_of_another_thing_is_no_row_of_this(phone, register, supervisor, safe):
    other = register()
    with pytest.raises(NotItsMove):
        correct_move(phone, other.moves.get(), by=supervisor, reason="错", place=safe)


@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_database_refuses_to_change_the_chain(phone, change):
    rows = CustodyMove.objects.filter(item=phone)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        rows.update(reason="别的") if change == "update" else rows.delete()
    assert rows.get().reason == ""


@pytest.mark.django_db(transaction=True)
def test_accept_refuse_and_withdraw_at_once_have_one_winner(phone, custodian, clerk):
    offer = offer_custody(phone, custodian, by=clerk)
    acts = [
        lambda row: accept_custody(row, by=custodian), lambda row: refuse_custody(row, by=custodian, reason="不收"),
        lambda row: withdraw_custody(row, by=clerk),
    ] * 2
    outcome: list[str] = []
    ready = threading.Barrier(len(acts))

    def run(act) -> None:
        row = CustodyOffer.objects.select_related("to_person", "from_person").get(pk=offer.pk)
        ready.wait()
        try:
            act(row)
            outcome.append("done")
        except (SomeoneWasFaster, NotPossibleNow):
            outcome.append("told")
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcome) == ["done", *["told"] * 5]
    offer.refresh_from_db()
    phone.refresh_from_db()
    assert (phone.holder == custodian) is (offer.state == OfferState.ACCEPTED)
