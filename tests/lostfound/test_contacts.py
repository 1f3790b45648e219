"""Each try to reach an owner is written once and shown on both sides."""

import datetime as dt

import pytest
from django.db import DatabaseError, transaction

from lostfound.choices import ContactChannel, ContactOutcome
from lostfound.errors.reports import ContactAboutNothing, ContactInFuture
from lostfound.models import ContactAttempt
from lostfound.services.contacts import contact_events, contacts_of, record_contact


def test_a_try_about_an_item_and_about_its_report_shows_on_both_sides(matched, clerk, now):
    item, report = matched.item, matched.report
    about_report = record_contact(
        by=clerk, report=report, outcome=ContactOutcome.NO_ANSWER, at=now - dt.timedelta(minutes=30)
    )
    about_item = record_contact(by=clerk, item=item, outcome=ContactOutcome.REACHED, note="下午来取")
    assert list(contacts_of(item)) == list(contacts_of(report)) == [about_report, about_item]
    assert [line["title"] for line in contact_events(item)] == ["电话联系:无人接听", "电话联系:接通"]


def test_tries_about_an_unconfirmed_pair_stay_on_their_side(item, make_report, clerk):
    report = make_report()
    record_contact(by=clerk, report=report, outcome=ContactOutcome.BUSY)
    assert list(contacts_of(item)) == []
    assert len(contacts_of(report)) == 1


def test_a_try_needs_something_it_is_about(clerk, db):
    with pytest.raises(ContactAboutNothing):
        record_contact(by=clerk, outcome=ContactOutcome.SENT, channel=ContactChannel.SMS)
    assert ContactAttempt.objects.count() == 0


def test_a_try_in_the_future_is_refused_and_one_of_yesterday_is_not(item, clerk, now):
    with pytest.raises(ContactInFuture):
        record_contact(by=clerk, item=item, outcome=ContactOutcome.REACHED, at=now + dt.timedelta(hours=1))
    late = record_contact(by=clerk, item=item, outcome=ContactOutcome.REACHED, at=now - dt.timedelta(days=1))
    assert list(contacts_of(item)) == [late]


@pytest.mark.parametrize("change", ["update", "delete"])
def test_a_try_is_never_changed(item, clerk, change):
    attempt = record_contact(by=clerk, item=item, outcome=ContactOutcome.OFF)
    rows = ContactAttempt.objects.filter(pk=attempt.pk)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        rows.update(outcome=ContactOutcome.REACHED) if change == "update" else rows.delete()
    assert rows.get().outcome == ContactOutcome.OFF


def test_a_long_note_is_cut_to_its_column(item, clerk):
    assert len(record_contact(by=clerk, item=item, outcome=ContactOutcome.SENT, note="长" * 1000).note) == 300
