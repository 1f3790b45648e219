"""People leave the ledgers when the term of each is over; numbers, things and counts stay."""

import datetime as dt

import pytest
from django.db import transaction
from django.urls import reverse

from ledgers.choices import EntryState
from ledgers.models import LedgerEntry
from ledgers.personal import old_entries
from ledgers.services.broadcasts import end_broadcast
from ledgers.services.deposits import give_bag
from servicedesk.models import Disclosure
from servicedesk.paper import paper_by_key
from servicedesk.services.printing.sheets import sheet_html
from servicedesk.services.purging import purge
from servicedesk.services.search import search
from tests.ledgers.conftest import PHONE, local

pytestmark = pytest.mark.django_db


def test_each_ledger_forgets_after_its_own_term_and_nothing_that_is_open(write, clerk, clock, kind):
    fetched, kept, call = write("jc"), write("jc"), write("gb")
    give_bag(fetched, by=clerk)
    end_broadcast(call, "播完", by=clerk)
    assert list(old_entries(local("10:30", dt.date(2027, 2, 24)))) == []
    assert list(old_entries(local("10:30", dt.date(2027, 2, 25)))) == [fetched]
    assert set(old_entries(local("10:30", dt.date(2027, 12, 1)))) == {fetched, call}
    assert kept.state == EntryState.KEPT


def test_what_is_forgotten_is_in_no_row_history_search_or_paper(write, clerk, manager, clock):
    bag = write("jc")
    give_bag(bag, by=clerk, proof="slip", result="杨明静本人来取")
    clock.move_to(local("10:30", dt.date(2027, 3, 1)))
    done = purge(by=manager, reason="到期清除", expected=1)
    assert "1" in done.sentence
    bag.refresh_from_db()
    assert (bag.personal, bag.sealed, bag.person_digest) == ({}, "", "")
    assert bag.values["look"] == "黑色双肩包"
    assert "杨明静" not in bag.result
    for row in bag.history.all():
        assert (row.personal, row.sealed, row.person_digest) == ({}, "", "")
        assert "杨明静" not in row.result
    assert search("杨明静", clerk) == []
    assert search("1234", clerk) == []
    assert [hit.object_id for hit in search("双肩包", clerk)] == [bag.pk]
    html = sheet_html(paper_by_key("ledger-jc"), bag)
    assert "(已清除)" in html
    assert PHONE not in html


def test_a_number_is_shown_to_who_may_and_says_why(write, clerk, supervisor, as_user):
    bag = write("jc")
    url = reverse("ledgers:entry_reveal", args=["jc", bag.pk, "phone"])
    page = as_user(clerk).get(reverse("ledgers:entry_detail", args=["jc", bag.pk])).content.decode()
    assert "138****1234" in page
    assert PHONE not in page
    assert as_user(clerk).post(url, {"reason": "联系本人"}).status_code == 403
    client = as_user(supervisor)
    assert client.post(url, {"reason": ""}).status_code == 422
    assert PHONE in client.post(url, {"reason": "联系本人"}).content.decode()
    assert [(seen.field, seen.user) for seen in Disclosure.objects.of(bag)] == [("电话", supervisor)]
    for key in ("owner", "nothing"):
        assert client.get(reverse("ledgers:entry_reveal", args=["jc", bag.pk, key])).status_code == 404


def test_a_change_of_a_number_stands_masked_in_the_time_line(write, facts, clerk, as_user):
    bag = write("jc")
    client, url = as_user(clerk), reverse("ledgers:entry_edit", args=["jc", bag.pk])
    page = client.get(url).content.decode()
    assert "138****1234;空着不改" in page
    typed = {"version": 1, "happened_at": "2026-11-24 10:20", "due_at": "", "v_owner": "杨明静", "v_pieces": 3,
             "v_look": "黑色双肩包", "v_declared": "on", "v_phone": ""}
    assert client.post(url, typed).status_code == 302
    bag.refresh_from_db()
    assert (bag.numbers["phone"], bag.values["pieces"]) == (PHONE, 3)
    assert client.post(url, typed | {"version": 2, "v_phone": "13900005678"}).status_code == 302
    page = client.get(reverse("ledgers:entry_detail", args=["jc", bag.pk])).content.decode()
    assert "139****5678" in page
    assert "13900005678" not in page
    assert PHONE not in page


def test_the_history_of_an_entry_is_never_changed(write):
    bag = write("jc")
    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        bag.history.update(state="picked")
    assert LedgerEntry.objects.count() == 1
