"""Two desks at one moment, on the database that the suite runs on."""

import threading

import pytest
from django.db import connection

from lostfound.choices import BatchKind, ItemState
from lostfound.models import BatchLine, FoundItem, StockTake
from lostfound.services.batches import approve_batch, prepare_batch, review_batch
from lostfound.services.handing import LineFacts, Receiver, execute_batch
from lostfound.services.stocktakes import start_stock_take
from servicedesk.errors import Refusal

DESKS = 6
pytestmark = pytest.mark.django_db(transaction=True)


def at_once(acts) -> list:
    """Run the acts in threads that start together; each answers with its result or its refusal."""
    gate, answers = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place, act):
        gate.wait()
        try:
            answers[place] = act()
        except Refusal as refusal:
            answers[place] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return answers


def refusals(answers) -> int:
    return sum(isinstance(answer, Refusal) for answer in answers)


def test_of_lists_that_take_one_item_at_once_one_gets_it(make_find, custodian, point):
    items = [make_find(days=60) for _ in range(3)]
    answers = at_once(
        [lambda: prepare_batch(BatchKind.FINANCE, items, by=custodian, point=point) for _ in range(DESKS)]
    )
    assert refusals(answers) == DESKS - 1
    assert BatchLine.objects.filter(is_active=True).count() == len(items)


def test_a_list_executed_at_once_by_many_lets_each_item_go_once(
    make_find, custodian, supervisor, manager, cashier, point
):
    items = [make_find(days=60) for _ in range(2)]
    batch = prepare_batch(BatchKind.FINANCE, items, by=custodian, point=point)
    review_batch(batch, by=supervisor)
    approve_batch(batch, by=manager)

    def execute():
        fresh = type(batch).objects.get(pk=batch.pk)
        facts = [LineFacts(line=line, method="to_finance") for line in fresh.lines.select_related("item__category")]
        return execute_batch(fresh, facts, Receiver(second=cashier), by=custodian)

    answers = at_once([execute] * 4)
    assert refusals(answers) == 3
    assert [i.moves.filter(kind="finance").count() for i in FoundItem.objects.filter(state=ItemState.FINANCE)] == [1, 1]


def test_of_counts_started_at_once_one_runs(make_find, clerk, point):
    make_find("手机")
    answers = at_once([lambda: start_stock_take(by=clerk, point=point) for _ in range(DESKS)])
    assert refusals(answers) == DESKS - 1
    assert StockTake.objects.count() == 1
