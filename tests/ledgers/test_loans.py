"""便民借用: what is here is lent, the last one to one desk alone, and comes back once."""

import datetime as dt
import threading
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.urls import reverse

from ledgers.choices import EntryState, MoveReason
from ledgers.errors.entries import DepositNeeded, DocumentStillHeld, MoreThanDeposit, NothingHeld, ResultNeeded
from ledgers.errors.stock import (
    NotInStock,
    NotThisDesk,
    QuantityNeeded,
    SameCount,
    StockTooLarge,
    ThingNeeded,
    ThingThere,
)
from ledgers.models import LedgerEntry, LedgerKind, StockMove, StockThing
from ledgers.services.entries import EntryFacts, void_entry
from ledgers.services.loans import close_loan, return_thing, usual_due
from ledgers.services.registering import register_entry
from ledgers.services.stock import ThingFacts, add_thing, bring_in, correct_count, edit_thing, take_out
from servicedesk.errors import EditedMeanwhile, NotPossibleNow, ReasonNeeded, Refusal, SomeoneWasFaster
from servicedesk.services.today import waiting
from tests.ledgers.conftest import VALUES, local

pytestmark = pytest.mark.django_db


def stock(thing: StockThing) -> tuple[int, int]:
    thing.refresh_from_db()
    return thing.available, thing.total


def test_what_is_lent_is_not_here_and_what_is_not_here_is_not_lent(write, wheelchair):
    write("jy", {"thing": wheelchair, "quantity": 2})
    assert stock(wheelchair) == (0, 2)
    with pytest.raises(NotInStock, match="现在只有 0 辆"):
        write("jy", {"thing": wheelchair})
    assert LedgerEntry.objects.count() == 1
    assert [(m.reason, m.change, m.left) for m in StockMove.objects.filter(thing=wheelchair)] == [
        (MoveReason.LEND, -2, 0), (MoveReason.IN, 2, 2),
    ]


def test_a_loan_needs_a_thing_of_this_desk_and_a_number_of_them(write, wheelchair, other_point, outsider):
    with pytest.raises(ThingNeeded):
        write("jy")
    with pytest.raises(QuantityNeeded):
        write("jy", {"thing": wheelchair, "quantity": 0})
    with pytest.raises(NotThisDesk):
        write("jy", {"thing": wheelchair}, at=other_point, by=outsider)


def test_a_thing_comes_back_once(write, wheelchair, clerk, second_clerk):
    loan = write("jy", {"thing": wheelchair})
    same = LedgerEntry.objects.get(pk=loan.pk)
    return_thing(loan, by=clerk)
    with pytest.raises(SomeoneWasFaster):
        return_thing(same, by=second_clerk)
    with pytest.raises(NotPossibleNow):
        return_thing(loan, by=second_clerk)
    assert (loan.state, stock(wheelchair)) == (EntryState.BACK, (2, 2))


def test_deposit_and_document_are_given_back_with_the_thing(write, wheelchair, clerk):
    loan = write("jy", {"thing": wheelchair, "deposit": Decimal(200), "held_document": "身份证"})
    with pytest.raises(DepositNeeded):
        return_thing(loan, by=clerk, is_document_back=True)
    with pytest.raises(MoreThanDeposit):
        return_thing(loan, by=clerk, deposit_returned=Decimal(201), is_document_back=True)
    with pytest.raises(ResultNeeded):
        return_thing(loan, by=clerk, deposit_returned=Decimal(150), is_document_back=True)
    with pytest.raises(DocumentStillHeld):
        return_thing(loan, by=clerk, deposit_returned=Decimal(200))
    return_thing(loan, by=clerk, deposit_returned=Decimal(150), is_document_back=True, result="脚踏断了,赔 50 元")
    assert (loan.deposit_returned, loan.result) == (Decimal(150), "脚踏断了,赔 50 元")


def test_damage_is_told(write, wheelchair, clerk):
    loan = write("jy", {"thing": wheelchair})
    with pytest.raises(ResultNeeded):
        return_thing(loan, by=clerk, is_damaged=True)
    return_thing(loan, by=clerk, is_damaged=True, result="轮胎漏气")
    assert StockMove.objects.filter(entry=loan, reason=MoveReason.BACK).get().note == "轮胎漏气"


def test_a_thing_with_a_deposit_is_not_lent_for_nothing(write, wheelchair, manager):
    edit_thing(wheelchair, ThingFacts(name="轮椅", unit="辆", deposit=Decimal(200)), by=manager)
    with pytest.raises(NothingHeld):
        write("jy", {"thing": wheelchair})
    assert write("jy", {"thing": wheelchair, "held_document": "身份证"}).held_document == "身份证"


def test_what_comes_back_no_more_is_written_off(write, wheelchair, supervisor):
    loan = write("jy", {"thing": wheelchair})
    with pytest.raises(ReasonNeeded):
        close_loan(loan, "", by=supervisor)
    close_loan(loan, "三次联系不上,按价赔偿", by=supervisor)
    assert (loan.state, stock(wheelchair)) == (EntryState.LOST, (1, 1))


def test_a_voided_loan_puts_the_thing_back(write, wheelchair, supervisor):
    void_entry(write("jy", {"thing": wheelchair}), "登错", by=supervisor)
    assert stock(wheelchair) == (2, 2)


def test_what_should_be_back_is_on_the_start_page(write, wheelchair, clerk, outsider, clock):
    write("jy", {"thing": wheelchair, "due_at": local("14:00")})
    clock.move_to(local("14:00"))
    assert not [line for line in waiting(clerk) if "该还没还" in line.sentence]
    clock.move_to(local("14:01"))
    late = [line.url for line in waiting(clerk) if "1 件便民用品该还没还" in line.sentence]
    assert late == ["/ledgers/jy/?wait=late"]
    assert not [line for line in waiting(outsider) if "该还没还" in line.sentence]


@pytest.mark.parametrize(("now", "due"), [("10:00", "14:00"), ("16:00", "18:00"), ("18:30", "22:30")])
def test_a_thing_is_due_after_some_hours_and_before_the_desk_closes(now, due, db):
    assert usual_due(local(now)) == local(due)


def test_the_stock_moves_with_reasons_and_the_count_is_put_right(wheelchair, manager):
    bring_in(wheelchair, 3, by=manager, note="新购")
    with pytest.raises(QuantityNeeded):
        bring_in(wheelchair, 0, by=manager)
    with pytest.raises(StockTooLarge):
        bring_in(wheelchair, 100_001, by=manager)
    with pytest.raises(ReasonNeeded):
        take_out(wheelchair, 1, " ", by=manager)
    with pytest.raises(NotInStock):
        take_out(wheelchair, 6, "报废", by=manager)
    take_out(wheelchair, 1, "报废", by=manager)
    assert stock(wheelchair) == (4, 4)
    with pytest.raises(ReasonNeeded):
        correct_count(wheelchair, 3, "", by=manager)
    with pytest.raises(SameCount):
        correct_count(wheelchair, 4, "盘点", by=manager)
    correct_count(wheelchair, 3, "盘点少一辆", by=manager)
    assert stock(wheelchair) == (3, 3)
    moves = StockMove.objects.filter(thing=wheelchair)
    assert sum(move.change for move in moves) == 3
    assert moves[0].note == "盘点少一辆"


def test_one_name_is_one_thing_of_a_desk(kind, wheelchair, manager, point, other_point):
    with pytest.raises(ThingThere):
        add_thing(kind("jy"), ThingFacts(name="轮椅"), by=manager, point=point)
    add_thing(kind("jy"), ThingFacts(name="轮椅"), by=manager, point=other_point)
    with pytest.raises(EditedMeanwhile):
        edit_thing(wheelchair, ThingFacts(name="轮椅"), by=manager, version=9)


def test_a_move_of_the_stock_is_never_changed(wheelchair):
    move = StockMove.objects.get()
    for act in (lambda: StockMove.objects.filter(pk=move.pk).update(change=9), move.delete):
        with pytest.raises(Exception, match="append-only"), transaction.atomic():
            act()


@pytest.mark.django_db(transaction=True)
def test_two_desks_that_lend_the_last_wheelchair_at_once_lend_it_once(
    kind, point, manager, clerk, second_clerk
):
    thing = add_thing(kind("jy"), ThingFacts(name="轮椅", unit="辆"), by=manager, point=point, quantity=1)
    at_once, outcomes = threading.Barrier(2), []

    def lend(by) -> None:
        try:
            at_once.wait(timeout=30)
            facts = EntryFacts(happened_at=local("10:00", dt.date(2026, 1, 5)), values=VALUES["jy"], thing=thing)
            loans = LedgerKind.objects.in_order().get(code="jy")
            outcomes.append(register_entry(loans, facts, by=by, point=point).number)
        except Refusal as refusal:
            outcomes.append(type(refusal).__name__)
        finally:
            connection.close()

    desks = [threading.Thread(target=lend, args=(by,)) for by in (clerk, second_clerk)]
    for desk in desks:
        desk.start()
    for desk in desks:
        desk.join(timeout=60)
    assert len(outcomes) == 2
    assert outcomes.count("NotInStock") == 1
    assert LedgerEntry.objects.count() == 1
    assert stock(thing) == (0, 1)


def test_the_name_of_a_thing_is_no_markup_and_no_template_on_the_page_of_its_return(write, wheelchair, clerk, as_user):
    loan = write("jy", {"thing": wheelchair})
    StockThing.objects.filter(pk=wheelchair.pk).update(name="<b>轮椅</b>{{ user }}")
    page = as_user(clerk).get(reverse("ledgers:entry_return", args=["jy", loan.pk])).content.decode()
    assert "&lt;b&gt;轮椅&lt;/b&gt;{{ user }}" in page
    assert "<b>轮椅</b>" not in page
