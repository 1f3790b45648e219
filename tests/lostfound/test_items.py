"""Registering a find: what falls out of it, what is refused."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone

from lostfound.choices import IntakeKind, ItemState, MoveKind
from lostfound.errors.items import (
    AbsurdNumber,
    FinderNeeded,
    FoundInFuture,
    FoundTooLongAgo,
    HandedInBeforeFound,
    HandedInInFuture,
    SealNumberNeeded,
    SealNumberTaken,
    SecondPersonMustDiffer,
    SecondPersonNeeded,
    StaffFinderNeeded,
    StorageElsewhere,
)
from lostfound.models import Booklet, FoundItem, GoodDeed, ItemCategory
from lostfound.services.item_facts import CashFacts, ContentFacts
from lostfound.services.valuables import guess_category
from servicedesk.models import Signature, StoragePlace
from servicedesk.services.search import search

LONG_NAME = "Wolfeschlegelsteinhausenbergerdorff " * 2 + "Bartholomäus-Maximilian de la"


def test_a_visitors_umbrella_gets_a_number_a_holder_and_a_first_move(register, clerk):
    item = register(colour="黑色")
    assert item.number.startswith("SW-")
    assert (item.state, item.holder, item.public_text) == (ItemState.IN_CUSTODY, clerk, "黑色雨具")
    assert [(m.kind, m.from_text, m.to_person) for m in item.moves.all()] == [(MoveKind.INTAKE, "拾物游客", clerk)]
    assert item.desk_due_on is not None
    assert not hasattr(item, "slip")
    assert not GoodDeed.objects.exists()


def test_a_staff_find_makes_a_slip_and_one_draft_of_a_good_deed(register, guard):
    item = register(intake_kind=IntakeKind.STAFF, finder=guard)
    assert item.number.startswith("YG-")
    assert item.slip.number.startswith("HZ-")
    assert item.finder_post == "客服部 员工"
    assert [(d.person, d.state) for d in item.good_deeds.all()] == [(guard, "draft")]


def test_a_find_on_the_spot_stays_with_its_finder(on_spot, guard):
    assert on_spot.number.startswith("XC-")
    assert (on_spot.state, on_spot.holder, on_spot.filed_at) == (ItemState.FIELD_HELD, guard, None)


def test_a_find_on_the_spot_brought_straight_to_the_desk_is_filed_by_that(register, guard, clerk):
    item = register(intake_kind=IntakeKind.ON_SPOT, finder=guard)
    assert (item.state, item.holder, item.filed_by) == (ItemState.IN_CUSTODY, clerk, clerk)


def test_the_finder_keeps_the_post_of_the_day(register, guard, department):
    item = register(intake_kind=IntakeKind.STAFF, finder=guard)
    department.name = "客户服务部"
    department.save()
    item.refresh_from_db()
    assert item.finder_post == "客服部 员工"


@pytest.mark.parametrize(
    ("times", "refusal"),
    [
        ({"found_at": dt.timedelta(hours=1)}, FoundInFuture),
        ({"found_at": dt.timedelta(days=-365 * 40)}, FoundTooLongAgo),
        ({"handed_in_at": dt.timedelta(hours=1)}, HandedInInFuture),
        ({"handed_in_at": dt.timedelta(hours=-1)}, HandedInBeforeFound),
    ],
)
def test_impossible_times_are_refused_and_leave_nothing(register, now, times, refusal):
    with pytest.raises(refusal):
        register(**{name: now + away for name, away in times.items()})
    assert FoundItem.objects.count() == 0


def test_handed_in_at_the_minute_it_was_found_is_taken(register, now):
    assert register(handed_in_at=now - dt.timedelta(minutes=30)).handed_in_at == now - dt.timedelta(minutes=30)


def test_a_visitors_find_needs_a_name_or_anonymity(register):
    with pytest.raises(FinderNeeded):
        register(finder_name="  ")
    assert register(finder_name="", finder_is_anonymous=True).finder_shown == "匿名"


def test_an_anonymous_finder_leaves_no_phone(register):
    item = register(finder_is_anonymous=True, finder_phone="13812345678", finder_origin="杭州")
    assert (item.finder_name, item.finder_phone, item.finder_origin) == ("", "", "")


@pytest.mark.parametrize("kind", [IntakeKind.STAFF, IntakeKind.ON_SPOT])
def test_a_staff_find_needs_a_member_of_staff(register, kind):
    with pytest.raises(StaffFinderNeeded):
        register(intake_kind=kind)


@pytest.mark.parametrize(
    "figures",
    [
        {"quantity": 0}, {"quantity": 10_000_000}, {"estimated_value": Decimal("-1")},
        {"estimated_value": Decimal("1e12")}, {"cash": (CashFacts(denomination=Decimal(0), pieces=1),)},
        {"cash": (CashFacts(denomination=Decimal(100), pieces=0),)},
        {"contents": (ContentFacts(thing="卡", quantity=0),)},
    ],
)
def test_absurd_figures_are_refused(register, figures):
    with pytest.raises(AbsurdNumber):
        register(**figures)


def test_a_thing_of_no_worth_is_no_absurdity(register):
    assert register(estimated_value=Decimal(0)).is_valuable is False


def test_a_place_of_another_desk_is_refused(register, other_point, counter):
    elsewhere = StoragePlace.objects.create(service_point=other_point, code="B-01")
    with pytest.raises(StorageElsewhere):
        register(storage=elsewhere)
    assert register(storage=counter).storage == counter


# ---- valuables


def test_a_phone_needs_a_second_person_who_signs_and_a_seal(register, second_clerk):
    with pytest.raises(SecondPersonNeeded):
        register("手机")
    with pytest.raises(SealNumberNeeded):
        register("手机", second_person=second_clerk)
    item = register("手机", second_person=second_clerk, seal_number=" F-1 ")
    assert (item.is_valuable, item.seal_number, item.second_person) == (True, "F-1", second_clerk)
    assert [s.signer for s in Signature.objects.of(item)] == [second_clerk]


def test_the_second_person_is_neither_clerk_nor_finder(register, clerk, second_clerk, guard):
    with pytest.raises(SecondPersonMustDiffer):
        register("手机", second_person=clerk, seal_number="F-1")
    with pytest.raises(SecondPersonMustDiffer):
        register("手机", intake_kind=IntakeKind.STAFF, finder=guard, second_person=guard, seal_number="F-1")


def test_a_seal_serves_one_open_find(register, phone, second_clerk):
    with pytest.raises(SealNumberTaken, match=phone.number):
        register("手机", second_person=second_clerk, seal_number=phone.seal_number)


@pytest.mark.parametrize(
    ("facts", "is_valuable"),
    [
        ({"estimated_value": Decimal("499.99")}, False),
        ({"estimated_value": Decimal(500)}, True),
        ({"cash": (CashFacts(denomination=Decimal(1), pieces=1),)}, True),
        ({"contents": (ContentFacts(thing="身份证"),)}, True),
        ({"contents": (ContentFacts(thing="纸巾"),)}, False),
        ({"is_valuable": True}, True),
    ],
)
def test_what_makes_a_bag_valuable(register, second_clerk, facts, is_valuable):
    item = register("包袋", thing="背包", second_person=second_clerk, seal_number="F-1", **facts)
    assert item.is_valuable is is_valuable


def test_nobody_can_call_a_phone_ordinary(register, second_clerk):
    assert register("手机", is_valuable=False, second_person=second_clerk, seal_number="F-1").is_valuable is True


def test_a_valuable_in_the_field_is_counted_when_it_reaches_the_desk(register, guard):
    item = register("手机", intake_kind=IntakeKind.ON_SPOT, finder=guard, is_field_held=True)
    assert (item.is_valuable, item.second_person) == (True, None)


def test_a_custodian_who_takes_a_phone_in_has_it_in_safe_hands(register, custodian, second_clerk):
    item = register("手机", by=custodian, second_person=second_clerk, seal_number="F-1")
    assert item.custodian_took_at is not None
    assert list(FoundItem.objects.outside_the_safe_hands()) == []


def test_a_phone_with_a_clerk_waits_for_safe_hands(phone):
    assert list(FoundItem.objects.outside_the_safe_hands()) == [phone]


@pytest.mark.parametrize(
    ("thing", "category"),
    [
        ("黑色雨伞", "雨具"), ("手机充电器", "数码配件"), ("iPhone 15", "手机"), ("IPHONE", "手机"),
        ("保温杯", "水杯"), ("笔记本电脑", "电脑平板"), ("儿童水杯带", "儿童用品"), ("不知道什么", None),
        ("管制刀具", "违禁涉密军用物品"),
    ],
)
def test_the_category_is_guessed_from_the_thing(db, thing, category):
    found = guess_category(thing, ItemCategory.objects.filter(is_active=True))
    assert (found.name if found else None) == category


# ---- lines, flags, words


def test_contents_and_cash_are_kept_and_added_up(register, second_clerk):
    item = register(
        "钱包现金", thing="钱包", second_person=second_clerk, seal_number="F-1",
        contents=(ContentFacts(thing="公交卡"),),
        cash=(
            CashFacts(denomination=Decimal(100), pieces=12), CashFacts(denomination=Decimal("0.5"), pieces=1),
            CashFacts(currency="USD", denomination=Decimal(20), pieces=3),
        ),
    )
    assert item.cash_total == Decimal("1200.50")
    assert [str(line) for line in item.contents.all()] == ["公交卡 1件"]
    assert item.contents.get().history.get().history_user == item.created_by


@pytest.mark.parametrize(("hours", "is_late"), [(1, False), (5, True)])
def test_what_is_written_down_late_says_so(register, now, hours, is_late):
    at = now - dt.timedelta(hours=hours)
    assert register(found_at=at, handed_in_at=at).is_late_entry is is_late


@pytest.mark.parametrize("name", ["㛃䶮𬭎", "欧阳·买买提", LONG_NAME[:100], "小明👨‍👩‍👧"])
def test_rare_long_and_strange_names_are_kept_to_the_character_and_found(register, clerk, name):
    item = register(finder_name=name, name_on_item=name)
    item.refresh_from_db()
    assert (item.finder_name, item.name_on_item) == (name, name)
    assert [e.number for e in search(name[:8], clerk)] == [item.number]


def test_ten_thousand_characters_of_features_are_kept(register):
    text = "划痕" * 5000
    item = register(features=text)
    item.refresh_from_db()
    assert item.features == text


def test_a_find_is_found_by_thing_pinyin_phone_tail_and_number_on_it(register, clerk, outsider):
    item = register(thing="雨伞", finder_phone="13812345678", number_on_item="6222 0202 0000 1234")
    for words in ("雨伞", "yusan", "ys", "5678", "1234", "6222020200001234", item.number):
        assert [e.number for e in search(words, clerk)] == [item.number], words
    assert search("雨伞", outsider) == []


def test_a_search_never_leads_to_features_or_secret_marks(register, clerk):
    register(features="伞柄刻字", secret_marks="内侧红漆")
    assert search("刻字", clerk) == []
    assert search("红漆", clerk) == []


def test_a_sheet_of_a_booklet_is_used_by_the_find_written_on_it(register, guard, foreman, point, clerk):
    booklet = Booklet.objects.create(
        number="B012", service_point=point, issued_to=foreman, issued_at=timezone.now(), issued_by=clerk
    )
    sheet = booklet.sheets.create(sheet_number=7)
    item = register(
        intake_kind=IntakeKind.ON_SPOT, finder=guard, is_field_held=True, booklet_number="b012", sheet_number=7
    )
    sheet.refresh_from_db()
    assert (sheet.state, sheet.item) == ("used", item)
