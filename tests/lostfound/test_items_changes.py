"""Putting a find right, holding it, making it void, giving it to the police, taking it in from the field."""

import datetime as dt
import threading

import pytest
from django.db import connection
from django.utils import timezone

from lostfound.choices import IntakeKind, ItemState, MoveKind
from lostfound.errors.items import (
    InRunningBatch,
    ItemEnded,
    ItemOnHold,
    NotOnHold,
    OpenClaimFirst,
    PoliceFactsNeeded,
    SealNumberNeeded,
    SecondPersonNeeded,
)
from lostfound.models import Batch, BatchLine, FoundItem
from lostfound.services.claims import open_claim
from lostfound.services.custody import move_item
from lostfound.services.item_facts import ContentFacts
from lostfound.services.items import (
    accept_field_item,
    edit_found_item,
    hold_item,
    unhold_item,
    void_found_item,
)
from lostfound.services.police import hand_to_police
from servicedesk.errors import EditedMeanwhile, NotPossibleNow, ReasonNeeded, SomeoneWasFaster
from servicedesk.models import Message
from servicedesk.services.search import search

POLICE = {"officer": "李警官", "unit": "景区派出所", "receipt_number": "G-2026-1"}


@pytest.fixture
def umbrella(register) -> FoundItem:
    return register()


# ---- putting right


def test_an_edit_changes_the_words_and_keeps_the_old_ones_in_the_history(umbrella, find, clerk):
    edit_found_item(umbrella, find(thing="折叠伞", colour="红色"), by=clerk, version=umbrella.version)
    umbrella.refresh_from_db()
    assert (umbrella.thing, umbrella.colour) == ("折叠伞", "红色")
    assert [(row.thing, row.history_user) for row in umbrella.history.order_by("history_id")] == [
        ("雨伞", clerk), ("折叠伞", clerk),
    ]
    assert [e.number for e in search("折叠伞", clerk)] == [umbrella.number]


def test_the_second_editor_of_the_same_version_is_told_and_changes_nothing(umbrella, find, clerk, second_clerk):
    edit_found_item(umbrella, find(thing="折叠伞"), by=clerk, version=1)
    with pytest.raises(EditedMeanwhile, match="王芳"):
        edit_found_item(umbrella, find(thing="长柄伞"), by=second_clerk, version=1)
    umbrella.refresh_from_db()
    assert umbrella.thing == "折叠伞"


def test_a_new_category_sets_the_desks_term_anew(umbrella, find, clerk):
    edit_found_item(umbrella, find("水杯", thing="水杯"), by=clerk, version=umbrella.version)
    assert umbrella.desk_due_on == timezone.localdate(umbrella.handed_in_at) + dt.timedelta(days=30)


def test_an_umbrella_that_turns_out_a_phone_needs_two_and_a_seal(umbrella, find, clerk, second_clerk):
    with pytest.raises(SecondPersonNeeded):
        edit_found_item(umbrella, find("手机"), by=clerk, version=1)
    with pytest.raises(SealNumberNeeded):
        edit_found_item(umbrella, find("手机", second_person=second_clerk), by=clerk, version=1)
    facts = find("手机", second_person=second_clerk, seal_number="F-1")
    edit_found_item(umbrella, facts, by=clerk, version=1)
    assert (umbrella.is_valuable, umbrella.second_person) == (True, second_clerk)


def test_a_valuable_keeps_its_own_seal_and_second_person_through_an_edit(phone, find, clerk, second_clerk):
    facts = find("手机", thing="手机", colour="银色", seal_number=phone.seal_number)
    edit_found_item(phone, facts, by=clerk, version=phone.version)
    assert (phone.colour, phone.second_person) == ("银色", second_clerk)


def test_lines_are_added_changed_and_taken_away_with_history(register, find, clerk):
    bag = register("包袋", contents=(ContentFacts(thing="毛巾"), ContentFacts(thing="帽子")))
    towel, hat = bag.contents.all()
    lines = (ContentFacts(thing="浴巾", pk=towel.pk), ContentFacts(thing="水果"))
    edit_found_item(bag, find("包袋", contents=lines), by=clerk, version=bag.version)
    assert [(line.pk == towel.pk, line.thing) for line in bag.contents.all()] == [(True, "浴巾"), (False, "水果")]
    assert [row.history_type for row in type(hat).history.filter(id=hat.pk).order_by("history_id")] == ["+", "-"]


def test_a_line_of_another_find_cannot_be_changed_by_its_key(register, find, clerk):
    other = register("包袋", contents=(ContentFacts(thing="相册"),))
    bag = register("包袋")
    foreign = ContentFacts(thing="换名", pk=other.contents.get().pk)
    edit_found_item(bag, find("包袋", contents=(foreign,)), by=clerk, version=bag.version)
    assert other.contents.get().thing == "相册"


def test_a_corrected_finder_takes_the_good_deed_along(register, find, guard, foreman, clerk):
    item = register(intake_kind=IntakeKind.STAFF, finder=guard)
    edit_found_item(item, find(intake_kind=IntakeKind.STAFF, finder=foreman), by=clerk, version=item.version)
    deeds = {deed.person: deed.state for deed in item.good_deeds.all()}
    assert deeds == {guard: "withdrawn", foreman: "draft"}


def test_words_rest_while_a_claim_is_checked_and_after_the_end(umbrella, find, clerk, facts, register, supervisor):
    open_claim(umbrella, facts(), by=clerk)
    with pytest.raises(OpenClaimFirst):
        edit_found_item(umbrella, find(name_on_item="杨明静"), by=clerk, version=umbrella.version)
    gone = register()
    void_found_item(gone, by=supervisor, reason="误登")
    with pytest.raises(ItemEnded):
        edit_found_item(gone, find(), by=clerk, version=gone.version)


# ---- hold


def test_a_hold_blocks_every_exit_until_it_is_lifted(umbrella, clerk, supervisor):
    hold_item(umbrella, by=supervisor, reason="公安要求")
    for kind in (MoveKind.RELEASE, MoveKind.POLICE, MoveKind.FINANCE, MoveKind.DISPOSE):
        with pytest.raises(ItemOnHold, match="公安要求"):
            move_item(umbrella, kind=kind, by=clerk, to_text="谁")
    with pytest.raises(ItemOnHold):
        void_found_item(umbrella, by=supervisor, reason="误登")
    unhold_item(umbrella, by=supervisor, reason="公安已查清")
    assert move_item(umbrella, kind=MoveKind.RELEASE, by=clerk, to_text="失主").to_text == "失主"


def test_a_hold_set_a_moment_ago_counts_for_a_page_opened_before(umbrella, supervisor):
    stale = FoundItem.objects.get(pk=umbrella.pk)
    hold_item(umbrella, by=supervisor, reason="争议")
    assert stale.is_on_hold is False
    with pytest.raises(ItemOnHold):
        hand_to_police(stale, by=supervisor, **POLICE)


def test_hold_and_its_end_need_a_reason(umbrella, supervisor):
    with pytest.raises(ReasonNeeded):
        hold_item(umbrella, by=supervisor, reason=" ")
    with pytest.raises(NotOnHold):
        unhold_item(umbrella, by=supervisor, reason="查清")


def test_a_second_reason_is_added_to_the_first(umbrella, supervisor):
    hold_item(umbrella, by=supervisor, reason="法院来函")
    hold_item(umbrella, by=supervisor, reason="公安要求")
    assert umbrella.hold_reason == "法院来函;公安要求"


# ---- void


def test_a_void_find_takes_slip_and_good_deed_with_it_and_keeps_its_number(register, guard, supervisor):
    item = register(intake_kind=IntakeKind.STAFF, finder=guard)
    void_found_item(item, by=supervisor, reason="重复登记")
    assert (item.state, item.end_note) == (ItemState.VOID, "重复登记")
    item.slip.refresh_from_db()
    assert (item.slip.void_reason, item.good_deeds.get().state) == ("重复登记", "withdrawn")
    assert register(intake_kind=IntakeKind.STAFF, finder=guard).number != item.number


def test_void_needs_a_reason_and_happens_once(umbrella, supervisor):
    with pytest.raises(ReasonNeeded):
        void_found_item(umbrella, by=supervisor, reason="")
    void_found_item(umbrella, by=supervisor, reason="误登")
    with pytest.raises(NotPossibleNow):
        void_found_item(umbrella, by=supervisor, reason="误登")


def test_a_find_under_claim_or_in_a_running_list_is_not_voided(register, facts, clerk, supervisor, point, now):
    claimed = register()
    open_claim(claimed, facts(), by=clerk)
    with pytest.raises(OpenClaimFirst):
        void_found_item(claimed, by=supervisor, reason="误登")
    listed = register()
    batch = Batch.objects.create(
        number="CW-1", service_point=point, created_at=now, created_by=clerk, kind="finance", month=now.date()
    )
    BatchLine.objects.create(batch=batch, item=listed)
    with pytest.raises(InRunningBatch):
        void_found_item(listed, by=supervisor, reason="误登")


# ---- police


def test_a_knife_goes_to_the_police_with_officer_unit_and_receipt(register, second_clerk, supervisor):
    knife = register("违禁涉密军用物品", thing="管制刀具", second_person=second_clerk, seal_number="F-9")
    hand_to_police(knife, by=supervisor, **POLICE)
    assert (knife.state, knife.holder, knife.storage) == (ItemState.POLICE, None, None)
    assert knife.end_note == "景区派出所 李警官,凭证 G-2026-1"
    assert knife.moves.last().to_text == "景区派出所 李警官"


@pytest.mark.parametrize("missing", sorted(POLICE))
def test_the_police_sign_with_all_three(umbrella, supervisor, missing):
    with pytest.raises(PoliceFactsNeeded):
        hand_to_police(umbrella, by=supervisor, **{**POLICE, missing: " "})
    umbrella.refresh_from_db()
    assert umbrella.state == ItemState.IN_CUSTODY


# ---- from the field into custody


def test_a_field_find_comes_into_custody_and_is_filed_by_that(on_spot, clerk, counter, guard):
    accept_field_item(on_spot, by=clerk, storage=counter)
    assert (on_spot.state, on_spot.holder, on_spot.storage) == (ItemState.IN_CUSTODY, clerk, counter)
    assert on_spot.filed_by == clerk
    assert [(m.from_person, m.to_person) for m in on_spot.moves.all()] == [(None, guard), (guard, clerk)]


def test_a_valuable_from_the_field_is_counted_at_the_desk(register, guard, clerk, second_clerk):
    item = register("手机", intake_kind=IntakeKind.ON_SPOT, finder=guard, is_field_held=True)
    with pytest.raises(SecondPersonNeeded):
        accept_field_item(item, by=clerk)
    accept_field_item(item, by=clerk, second_person=second_clerk, seal_number="F-1")
    assert item.second_person == second_clerk


def test_a_field_find_is_taken_in_once(on_spot, clerk, second_clerk):
    stale = FoundItem.objects.get(pk=on_spot.pk)
    accept_field_item(on_spot, by=clerk)
    with pytest.raises(SomeoneWasFaster, match="王芳"):
        accept_field_item(stale, by=second_clerk)


@pytest.mark.django_db(transaction=True)
def test_of_six_desks_that_take_a_field_find_in_at_once_one_does(on_spot, make_person):
    people = [make_person(f"30{n:02d}", f"甲{n}", "客服员") for n in range(6)]
    answers: list[str] = []
    ready = threading.Barrier(len(people))

    def take(person) -> None:
        stale = FoundItem.objects.get(pk=on_spot.pk)
        ready.wait()
        try:
            accept_field_item(stale, by=person)
            answers.append("taken")
        except SomeoneWasFaster:
            answers.append("told")
        finally:
            connection.close()

    threads = [threading.Thread(target=take, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == ["taken", *["told"] * 5]
    assert on_spot.moves.filter(kind=MoveKind.INTAKE).count() == 2


def test_the_supervisor_is_told_of_a_forbidden_thing_once_found_or_recognised(register, find, clerk, supervisor):
    register("违禁涉密军用物品", thing="管制刀具")
    item = register(thing="铁盒")
    assert [m.person for m in Message.objects.filter(is_urgent=True)] == [supervisor]
    forbidden = find("违禁涉密军用物品", thing="铁盒", seal_number="F-8")
    edit_found_item(item, forbidden, by=clerk, version=item.version)
    edit_found_item(item, forbidden, by=clerk, version=item.version)
    assert Message.objects.filter(person=supervisor, sentence__contains=item.number).count() == 1
