"""来访、转告: the colleague finds it in their inbox; a message is known once, by them."""

import pytest
from django.urls import reverse

from ledgers.choices import EntryState
from ledgers.errors.entries import NoNumberHere, NotYourMessage, StaffNeeded
from ledgers.services.visits import acknowledge_message, begin_visit, end_visit, open_number, tell_host
from servicedesk.errors import NotPossibleNow, SomeoneWasFaster
from servicedesk.models import Disclosure, Message
from servicedesk.services.today import waiting

pytestmark = pytest.mark.django_db


def test_a_message_lies_with_its_person_until_they_know_it(write, supervisor, clerk):
    note = write("zg", {"told_person": supervisor})
    told = Message.objects.get(person=supervisor)
    assert note.number in told.sentence
    assert "请回电话" not in told.sentence
    assert [line.url for line in waiting(supervisor) if "转告您" in line.sentence] == [f"/ledgers/my/{note.pk}/"]
    with pytest.raises(NotYourMessage):
        acknowledge_message(note, by=clerk)
    acknowledge_message(note, by=supervisor)
    assert (note.state, note.ended_by) == (EntryState.KNOWN, supervisor)
    assert not [line for line in waiting(supervisor) if "转告您" in line.sentence]
    assert not Message.objects.unread().exists()
    with pytest.raises(NotPossibleNow):
        acknowledge_message(note, by=supervisor)


def test_of_two_presses_one_counts(write, supervisor):
    note = write("zg", {"told_person": supervisor})
    same = type(note).objects.select_related("told_person").get(pk=note.pk)
    acknowledge_message(note, by=supervisor)
    with pytest.raises(SomeoneWasFaster):
        acknowledge_message(same, by=supervisor)


def test_a_message_for_nobody_and_a_visit_to_nobody_are_refused(write):
    for code in ("zg", "lf"):
        with pytest.raises(StaffNeeded):
            write(code)


def test_a_person_without_the_right_reads_their_own_message_and_no_other(write, cashier, clerk, as_user):
    note = write("zg", {"told_person": cashier})
    client = as_user(cashier)
    page = client.get(reverse("ledgers:entry_own", args=[note.pk]))
    assert "请回电话" in page.content.decode()
    assert client.get(reverse("ledgers:entry_detail", args=["zg", note.pk])).status_code == 403
    assert as_user(clerk).get(reverse("ledgers:entry_own", args=[note.pk])).status_code == 404
    assert as_user(cashier).post(reverse("ledgers:entry_know", args=[note.pk])).status_code == 302
    note.refresh_from_db()
    assert note.state == EntryState.KNOWN


def test_the_phone_of_a_message_is_masked_until_its_person_opens_it_which_is_noted(write, cashier, clerk, as_user):
    note = write("zg", {"told_person": cashier})
    number = next(iter(note.numbers.values()))
    client = as_user(cashier)
    assert number not in client.get(reverse("ledgers:entry_own", args=[note.pk])).content.decode()
    opened = client.post(reverse("ledgers:entry_own_reveal", args=[note.pk]))
    assert number in opened.content.decode()
    assert Disclosure.objects.of(note).get().user == cashier
    assert as_user(clerk).post(reverse("ledgers:entry_own_reveal", args=[note.pk])).status_code == 404
    assert Disclosure.objects.of(note).count() == 1


def test_of_a_visit_the_host_opens_no_number(write, cashier):
    visit = write("lf", {"told_person": cashier})
    with pytest.raises(NoNumberHere):
        open_number(visit, by=cashier)


def test_a_visitor_is_announced_met_and_leaves(write, supervisor, clerk):
    visit = write("lf", {"told_person": supervisor})
    assert visit.told_at is not None
    assert Message.objects.filter(person=supervisor).count() == 1
    tell_host(visit, by=clerk)
    assert Message.objects.filter(person=supervisor).count() == 2
    begin_visit(visit, by=clerk)
    with pytest.raises(NotPossibleNow):
        tell_host(visit, by=clerk)
    end_visit(visit, by=clerk)
    assert (visit.state, visit.ended_by) == (EntryState.LEFT, clerk)
    with pytest.raises(NotPossibleNow):
        begin_visit(visit, by=clerk)


def test_the_list_says_yes_and_no_in_chinese(write, clerk, supervisor, as_user):
    for call_back in (True, False):
        write("zg", {"told_person": supervisor}, wants_call=call_back)
    page = as_user(clerk).get("/ledgers/zg/").content.decode()
    assert [page.count(f'<span class="visually-hidden">{word}</span>') for word in ("是", "否")] == [1, 1]
    assert "True" not in page


@pytest.mark.parametrize(("code", "waits"), [
    ("zg", ["open", "mine"]), ("jc", ["open", "unfetched", "overnight"]), ("jy", ["open", "late"]),
    ("gb", ["open"]), ("zp", []),
])
def test_a_list_is_narrowed_to_what_can_wait_in_it(code, waits, kind, clerk, as_user):
    found = as_user(clerk).get(f"/ledgers/{code}/").context["filter"].form.fields.get("wait")
    assert [key for key, _ in found.choices if key] == waits if waits else found is None
