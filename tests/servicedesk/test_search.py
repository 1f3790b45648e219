"""Search over real rows of both databases: what is found, by whom, and what never breaks it."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from lostfound.models import FoundItem, ItemCategory, Slip
from servicedesk.models import SearchEntry
from servicedesk.register import register_of
from servicedesk.sealing import digest
from servicedesk.services.search import index_record, question, search

DIGEST = digest("SW20261122100")[:24]


@pytest.fixture
def make_item(point, clerk, zone):
    def make(number: str, thing: str, **facts) -> FoundItem:
        facts = {"zone": zone, "service_point": point, "finder_name": "单田芳", "finder_phone": "13812345678", **facts}
        item = FoundItem.objects.create(
            number=number, thing=thing, category=ItemCategory.objects.get(code="99"), intake_kind="visitor",
            state="in_custody", found_at=timezone.now() - dt.timedelta(hours=1),
            created_at=timezone.now(), created_by=clerk, **facts,
        )
        index_record(item)
        return item

    return make


def item_page(item: FoundItem) -> str:
    return reverse("lostfound:founditem_detail", args=[item.pk])


def numbers(text: str, user) -> list[str]:
    return [entry.number for entry in search(text, user)]


@pytest.mark.parametrize("text", [
    "SW-20261122-001", "sw-20261122-001", "20261122", "黑色手机", "手机", "机", "5678", "13812345678",
    "单田芳", "shantianfang", "shouji", "tianfang", "stf", "dtf", "单", "华为",
])
def test_an_item_is_found_by_number_thing_name_pinyin_initials_and_phone(make_item, clerk, text):
    make_item("SW-20261122-001", "黑色手机", brand="华为")
    make_item("SW-20261122-002", "雨伞", finder_name="李白", finder_phone="13900000000", number_on_item="")
    found = numbers(text, clerk)
    assert found == (["SW-20261122-002", "SW-20261122-001"] if text == "20261122" else ["SW-20261122-001"])


@pytest.mark.parametrize("name", ["㛃䶮𬭎", "欧阳·买买提", "Nguyễn Thị Ánh", "O'Brien"])
def test_rare_and_foreign_names_are_found(make_item, clerk, name):
    make_item("SW-20261122-001", "钱包", finder_name=name)
    make_item("SW-20261122-002", "钱包", finder_name="别人")
    assert numbers(name, clerk) == ["SW-20261122-001"]


def test_an_item_is_found_by_its_place(make_item, clerk, far_zone):
    make_item("SW-20261122-001", "手机")
    make_item("SW-20261122-002", "手机", zone=far_zone)
    assert numbers(far_zone.name, clerk) == ["SW-20261122-002"]


@pytest.mark.parametrize("scanned", [
    "SW-20261122-001", "sw-20261122-001", "\uff33\uff37-20261122-001", " SW-20261122-001 ", "HZ-20261122-001",
])
def test_a_scanned_number_opens_its_record(make_item, as_user, clerk, scanned):
    item = make_item("SW-20261122-001", "手机")
    make_item("SW-20261122-002", "手机")
    Slip.objects.create(number="HZ-20261122-001", item=item, created_at=timezone.now(), created_by=clerk)
    item.refresh_from_db()
    index_record(item)
    answer = as_user(clerk).get(reverse("search"), {"q": scanned})
    assert (answer.status_code, answer.headers.get("Location")) == (302, item_page(item))


def test_a_whole_number_is_asked_for_as_it_stands_and_an_unfinished_one_by_its_beginning(make_item, clerk):
    for tail in ("100", "101", "1000"):
        make_item(f"SW-20261122-{tail}", "手机")
    assert question("SW-20261122-100") == [["wsw", "d" + DIGEST], ["w20261122", "d" + DIGEST], ["w100", "d" + DIGEST]]
    assert numbers("SW-20261122-100", clerk) == ["SW-20261122-100"]
    assert numbers("SW-20261122-10", clerk) == [f"SW-20261122-{tail}" for tail in ("1000", "101", "100")]
    assert numbers("SW-202611", clerk) == [f"SW-20261122-{tail}" for tail in ("1000", "101", "100")]


def test_a_scanned_number_opens_nothing_that_the_person_may_not_see(make_item, as_user, clerk, cashier, other_point):
    make_item("SW-20261122-001", "手机", service_point=other_point)
    assert as_user(clerk).get(reverse("search"), {"q": "SW-20261122-001"}).context["count"] == 0
    assert as_user(cashier).get(reverse("search"), {"q": "SW-20261122-001"}).context["count"] == 0


def test_words_that_meet_one_record_are_a_list_and_open_nothing(make_item, as_user, clerk):
    make_item("SW-20261122-001", "手机")
    for text in ("手机", "5678", "13812345678"):
        assert as_user(clerk).get(reverse("search"), {"q": text}).context["count"] == 1


def test_a_scanned_address_of_this_house_opens_its_page_and_no_other(make_item, as_user, clerk):
    item = make_item("SW-20261122-001", "手机")
    client = as_user(clerk)
    assert client.get(reverse("search"), {"q": f"http://testserver{item_page(item)}"}).url == item_page(item)
    for text in (f"http://evil.example{item_page(item)}", "http://testserver/signout/", "http://testserver/nowhere/"):
        assert client.get(reverse("search"), {"q": text}).status_code == 200


def test_results_stand_in_their_registers_with_their_number(make_item, as_user, clerk):
    for order in range(3):
        make_item(f"SW-20261122-00{order}", "手机")
    groups = as_user(clerk).get(reverse("search"), {"q": "手机"}).context["groups"]
    assert [(group["register"].label, len(group["rows"])) for group in groups] == [("拾物", 3)]


def test_two_words_must_both_be_met(make_item, clerk):
    make_item("SW-20261122-001", "黑色手机")
    make_item("SW-20261122-002", "红色手机")
    assert numbers("红色 手机", clerk) == ["SW-20261122-002"]


def test_a_record_of_another_desk_is_not_found(make_item, other_point, clerk, outsider, manager):
    make_item("SWB-20261122-001", "手机", service_point=other_point)
    assert numbers("手机", clerk) == []
    assert numbers("手机", outsider) == ["SWB-20261122-001"]
    assert numbers("手机", manager) == ["SWB-20261122-001"]


def test_whoever_may_not_look_into_the_register_finds_nothing(make_item, cashier, admin):
    make_item("SW-20261122-001", "手机")
    assert numbers("手机", cashier) == []
    assert numbers("手机", admin) == []


def test_a_changed_record_is_found_by_its_new_words_only(make_item, clerk):
    item = make_item("SW-20261122-001", "手机")
    item.thing = "相机"
    item.save()
    index_record(item)
    assert numbers("手机", clerk) == []
    assert numbers("相机", clerk) == ["SW-20261122-001"]
    assert SearchEntry.objects.count() == 1


@pytest.mark.parametrize("text", [
    "", " ", "'", '"', "*", "(", "a AND b", "NEAR(a b)", "\\", "&|!:*", "%", "𬭎*", "\x00", "x" * 5000, "—" * 50,
    "' OR 1=1 --",
])
def test_no_text_breaks_the_search(make_item, clerk, text):
    make_item("SW-20261122-001", "手机")
    assert isinstance(search(text, clerk), list)


def test_every_register_tells_what_it_is_found_by(make_item):
    item = make_item("SW-20261122-001", "手机")
    register = register_of(item)
    assert item.thing in register.title(item)
