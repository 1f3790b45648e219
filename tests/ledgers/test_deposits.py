"""寄存: a bag is taken in with a slip, fetched once, by the slip or by two people's eyes."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from dutylog.models import LogEntry
from dutylog.services.figures import counts_of
from ledgers.choices import EntryState, Proof
from ledgers.errors.entries import DueBeforeStart, EntryInFuture, FieldNeeded, NoWitness, ResultNeeded, SlipUnknown
from ledgers.models import LedgerEntry
from ledgers.papers import papers_of
from ledgers.services.deposits import bag_of_slip, give_bag, hand_over_bag
from ledgers.services.entries import edit_entry, void_entry
from servicedesk.errors import EditedMeanwhile, NotPossibleNow, ReasonNeeded, SamePerson, SomeoneWasFaster
from servicedesk.paper import paper_by_key
from servicedesk.services.printing.sheets import sheet_html
from servicedesk.services.search import search
from servicedesk.services.today import waiting
from tests.conftest import PASSWORD
from tests.ledgers.conftest import PHONE, local

pytestmark = pytest.mark.django_db


def test_a_bag_gets_a_number_without_gap_and_its_phone_is_sealed(write):
    first, second = write("jc"), write("jc", pieces=1)
    assert [first.number, second.number] == ["JC-20261124-001", "JC-20261124-002"]
    assert first.state == EntryState.KEPT
    assert first.numbers == {"phone": PHONE}
    assert first.values == {"pieces": 2, "look": "黑色双肩包", "shelf": "A3", "declared": True}
    assert first.personal == {"owner": "杨明静"}
    raw = LedgerEntry.objects.filter(pk=first.pk).extra(select={"raw": "sealed"}).values_list("raw", flat=True)
    assert PHONE not in raw[0]


@pytest.mark.parametrize("missing", ["owner", "phone", "pieces", "look", "declared"])
def test_no_bag_is_taken_without_what_the_slip_needs_nor_without_the_declaration(missing, write):
    with pytest.raises(FieldNeeded) as refused:
        write("jc", **{missing: None})
    assert refused.value.facts["field"] == f"v_{missing}"
    assert not LedgerEntry.objects.exists()
    assert write("jc").number.endswith("-001")


def test_a_bag_of_tomorrow_and_a_term_before_the_bag_are_refused(write):
    with pytest.raises(DueBeforeStart):
        write("jc", {"due_at": local("09:00")})
    with pytest.raises(EntryInFuture):
        write("jc", {"happened_at": local("10:00", dt.date(2026, 11, 25))})


def test_a_slip_gives_its_bag_once(write, clerk, second_clerk):
    bag = write("jc")
    same = LedgerEntry.objects.get(pk=bag.pk)
    give_bag(bag, by=clerk)
    assert (bag.state, bag.ended_by, bag.proof) == (EntryState.PICKED, clerk, Proof.SLIP)
    with pytest.raises(SomeoneWasFaster):
        give_bag(same, by=second_clerk)
    with pytest.raises(NotPossibleNow):
        give_bag(bag, by=second_clerk)


def test_without_the_slip_two_people_look_at_a_document(write, clerk, second_clerk):
    bag = write("jc")
    with pytest.raises(ResultNeeded):
        give_bag(bag, by=clerk, proof=Proof.DOCUMENT, witness=second_clerk)
    with pytest.raises(NoWitness):
        give_bag(bag, by=clerk, proof=Proof.DOCUMENT, result="身份证,姓名相符")
    with pytest.raises(SamePerson):
        give_bag(bag, by=clerk, proof=Proof.DOCUMENT, result="身份证,姓名相符", witness=clerk)
    give_bag(bag, by=clerk, proof=Proof.DOCUMENT, result="身份证,姓名相符", witness=second_clerk)
    assert (bag.state, bag.witness) == (EntryState.PICKED, second_clerk)
    line = LogEntry.objects.get(record_number=bag.number)
    assert "寄存单遗失" in line.text
    assert {count.label: count.number for count in counts_of(line.day)}["便民"] == 1


def test_the_second_person_proves_themselves_on_the_page(write, clerk, second_clerk, as_user):
    bag, client = write("jc"), as_user(clerk)
    url = reverse("ledgers:entry_give", args=["jc", bag.pk])
    typed = {"proof": "document", "result": "身份证,姓名相符", "witness_no": "1002", "witness_password": "wrong"}
    assert client.post(url, typed).status_code == 422
    assert client.post(url, typed | {"witness_password": PASSWORD}).status_code == 302
    bag.refresh_from_db()
    assert (bag.state, bag.witness) == (EntryState.PICKED, second_clerk)


def test_the_running_number_of_todays_slip_is_enough(write, clerk, outsider):
    bag = write("jc")
    assert bag_of_slip(bag.number.lower(), clerk) == bag
    assert bag_of_slip("1", clerk) == bag
    for typed, who in (("2", clerk), ("JC-20261124-009", clerk), (bag.number, outsider), ("", clerk), ("²", clerk)):
        with pytest.raises(SlipUnknown):
            bag_of_slip(typed, who)


def test_a_bag_of_the_night_is_on_the_start_page_and_becomes_a_find(write, clerk, supervisor, clock):
    bag = write("jc", {"due_at": local("18:00")})
    assert not [line for line in waiting(clerk) if "寄存" in line.sentence]
    clock.move_to(local("18:01"))
    assert [line.sentence for line in waiting(clerk) if "寄存" in line.sentence] == ["1 件寄存过了应取时间"]
    clock.move_to(local("09:00", dt.date(2026, 11, 25)))
    said = [line.url for line in waiting(clerk) if "1 件寄存过夜未取" in line.sentence]
    assert said == ["/ledgers/jc/?wait=overnight"]
    with pytest.raises(ReasonNeeded):
        hand_over_bag(bag, " ", by=supervisor)
    hand_over_bag(bag, "无人取,转 SW-20261125-001", by=supervisor)
    assert not [line for line in waiting(clerk) if "过夜" in line.sentence]
    assert "转拾物" in LogEntry.objects.get(record_number=bag.number).text


def test_a_bag_is_completed_while_it_is_here_and_two_editors_are_told(write, facts, clerk, second_clerk):
    bag = write("jc")
    edit_entry(bag, facts("jc", shelf="B9"), by=clerk, version=1)
    assert bag.values["shelf"] == "B9"
    with pytest.raises(EditedMeanwhile):
        edit_entry(bag, facts("jc", shelf="C1"), by=second_clerk, version=1)


def test_a_voided_bag_keeps_its_number_and_is_given_to_nobody(write, clerk, supervisor):
    bag = write("jc")
    with pytest.raises(ReasonNeeded):
        void_entry(bag, "", by=supervisor)
    void_entry(bag, "重复登记", by=supervisor)
    with pytest.raises(NotPossibleNow):
        give_bag(bag, by=clerk)
    assert write("jc").number.endswith("-002")


def test_both_parts_of_the_slip_bear_the_number_and_the_bags_part_hides_the_visitor(write):
    bag = write("jc")
    html = sheet_html(paper_by_key("ledger-jc-slip"), bag)
    left, right = html.split("寄存人联")
    assert left.count(bag.number) >= 1
    assert right.count(bag.number) == 1
    assert html.count('class="qr"') == 2
    assert "138****1234" in left
    assert "杨*" in left
    assert "杨明静" not in left
    assert PHONE not in html
    assert "杨明静" in right


def test_the_empty_slip_has_room_for_a_number(kind):
    slip = next(paper for paper in papers_of(kind("jc")) if paper.key == "ledger-jc-slip")
    assert "编号:____________" in sheet_html(slip, None)


@pytest.mark.parametrize("asked", ["双肩包", "杨明静", "yangmingjing", "1234", PHONE, "JC-20261124-001"])
def test_a_bag_is_found_by_any_word(asked, write, clerk, outsider):
    bag = write("jc")
    assert [(hit.register, hit.object_id) for hit in search(asked, clerk)] == [("ledger-jc", bag.pk)]
    assert search(asked, outsider) == []


def test_the_form_saves_and_leads_to_the_slip(kind, clerk, point, as_user, clock):
    client = as_user(clerk)
    url = reverse("ledgers:entry_create", args=["jc"])
    typed = {
        "happened_at": "1020", "due_at": "1800", "v_owner": "杨明静", "v_phone": PHONE, "v_pieces": "2",
        "v_look": "黑色双肩包",
    }
    page = client.post(url, typed)
    assert page.status_code == 422
    assert "请确认后勾选" in page.content.decode()
    answer = client.post(url, typed | {"v_declared": "on"})
    bag = LedgerEntry.objects.get()
    assert answer.url == f"/papers/ledger-jc-slip/?id={bag.pk}"
    assert timezone.localtime(bag.due_at).hour == 18
