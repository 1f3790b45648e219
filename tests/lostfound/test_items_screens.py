"""The screens of found items: forms that lose nothing, a record page that shows no more than it may."""

import datetime as dt
import io
import uuid
from contextlib import closing

import pytest
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from lostfound.choices import IntakeKind, ItemState
from lostfound.models import FoundItem
from lostfound.services.claim_statements import add_statement, open_for_view
from lostfound.services.claims import open_claim
from lostfound.services.custody import offer_custody
from lostfound.services.item_facts import ContentFacts
from servicedesk.models import Disclosure, Photo
from servicedesk.services.photos import store_photo
from tests.conftest import PASSWORD

pytestmark = pytest.mark.one_database

NEW = "lostfound:founditem_create"
EMPTY_LINES = {
    f"{prefix}-{name}": value
    for prefix in ("contents", "cash")
    for name, value in (("TOTAL_FORMS", "0"), ("INITIAL_FORMS", "0"))
}


def url(name: str, *args) -> str:
    return reverse(f"lostfound:{name}", args=args)


def picture() -> io.BytesIO:
    stream = io.BytesIO()
    Image.new("RGB", (40, 30), "navy").save(stream, "JPEG")
    stream.seek(0)
    stream.name = "伞.jpg"
    return stream


@pytest.fixture
def typed(zone):
    """What the clerk types for an ordinary umbrella."""

    def make(**more) -> dict:
        return {
            "thing": "雨伞", "colour": "黑色", "zone": zone.pk, "found_at": "-30", "finder_name": "张三",
            "quantity": "1", "unit": "把", "submission_key": str(uuid.uuid4()), **EMPTY_LINES, **more,
        }

    return make


# ---- intake


def test_an_ordinary_find_needs_four_fields(as_user, clerk, point, zone):
    answer = as_user(clerk).post(reverse(NEW), {
        "thing": "雨伞", "zone": zone.pk, "found_at": "-30", "finder_name": "匿名", "quantity": "1", "unit": "件",
        **EMPTY_LINES,
    })
    item = FoundItem.objects.get()
    assert (answer.status_code, answer.url) == (302, url("founditem_detail", item.pk))
    assert (item.category.name, item.finder_is_anonymous, item.service_point) == ("雨具", True, point)


def test_save_and_next_opens_an_empty_form_and_says_the_number(as_user, clerk, typed):
    answer = as_user(clerk).post(reverse(NEW), typed(after="next"), follow=True)
    assert answer.redirect_chain == [(reverse(NEW), 302)]
    assert f"已登记 {FoundItem.objects.get().number}" in answer.content.decode()


def test_a_double_submission_makes_one_record_and_leads_to_it(as_user, clerk, typed):
    form = typed()
    client = as_user(clerk)
    first, again = client.post(reverse(NEW), form), client.post(reverse(NEW), form)
    assert (first.url, again.url) == (url("founditem_detail", FoundItem.objects.get().pk),) * 2


@pytest.mark.parametrize(
    ("mistake", "sentence"),
    [
        ({"found_at": "+30"}, "看不懂这个时间"),
        ({"found_at": (timezone.now() + dt.timedelta(days=2)).strftime("%Y-%m-%d %H:%M")}, "这个时间还没有到"),
        ({"handed_in_at": "-60"}, "上交时间早于拾获时间"),
        ({"finder_name": ""}, "请填拾物人姓名"),
        ({"estimated_value": "-1"}, "金额应在"),
        ({"estimated_value": "十万"}, "金额请写数字"),
        ({"quantity": "0"}, "大于"),
        ({"zone": "999999"}, "没有这个地点"),
        ({"finder_phone": "12"}, "电话号码不对"),
        ({"thing": "手机"}, "贵重物品须两人当面清点"),
        ({"thing": "a" * 61}, "60"),
        ({"features": "长" * 10001}, "10000"),
    ],
)
def test_a_mistake_brings_the_form_back_with_everything_typed(as_user, clerk, typed, mistake, sentence):
    form = typed(brand="天堂", features="伞骨弯") | mistake
    answer = as_user(clerk).post(reverse(NEW), form)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert 'value="天堂"' in page
    assert FoundItem.objects.count() == 0


def test_lines_come_back_and_are_saved(as_user, clerk, second_clerk, typed):
    lines = {
        "contents-TOTAL_FORMS": "2", "contents-0-thing": "公交卡", "contents-0-quantity": "1", "contents-0-unit": "张",
        "contents-1-thing": "", "contents-1-quantity": "1", "contents-1-unit": "件",
        "cash-TOTAL_FORMS": "1", "cash-0-currency": "CNY", "cash-0-denomination": "100", "cash-0-pieces": "x",
    }
    second = {"second_person": second_clerk.pk, "second_on_paper": "on", "seal_number": "F-1"}
    answer = as_user(clerk).post(reverse(NEW), typed(thing="钱包", **lines, **second))
    assert answer.status_code == 422
    assert 'value="公交卡"' in answer.content.decode()
    as_user(clerk).post(reverse(NEW), typed(thing="钱包", **lines | {"cash-0-pieces": "12"}, **second))
    item = FoundItem.objects.get()
    assert [line.thing for line in item.contents.all()] == ["公交卡"]
    assert item.cash_total == 1200


@pytest.mark.parametrize(
    ("confirmation", "sentence"),
    [
        ({}, "请复核人输入自己的密码"),
        ({"second_password": "wrong"}, "密码"),
        ({"second_password": PASSWORD}, None),
        ({"second_on_paper": "on"}, None),
    ],
)
def test_the_second_person_confirms_by_password_or_on_paper(
    as_user, clerk, second_clerk, typed, confirmation, sentence
):
    form = typed(thing="手机", second_person=second_clerk.pk, seal_number="F-1", **confirmation)
    answer = as_user(clerk).post(reverse(NEW), form)
    if sentence:
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
        return
    assert FoundItem.objects.get().second_person == second_clerk


def test_one_cannot_be_ones_own_second_person(as_user, clerk, typed):
    form = typed(thing="手机", second_person=clerk.pk, second_password=PASSWORD, seal_number="F-1")
    assert as_user(clerk).post(reverse(NEW), form).status_code == 422
    paper = typed(thing="手机", second_person=clerk.pk, second_on_paper="on", seal_number="F-1")
    assert "不能是登记人" in as_user(clerk).post(reverse(NEW), paper).content.decode()


def test_a_password_never_comes_back_with_the_form(as_user, clerk, second_clerk, typed):
    form = typed(thing="手机", second_person=second_clerk.pk, second_password=PASSWORD)
    assert PASSWORD not in as_user(clerk).post(reverse(NEW), form).content.decode()


def test_a_forbidden_thing_is_said_to_go_to_the_police_at_once(as_user, clerk, second_clerk, typed):
    answer = as_user(clerk).post(reverse(NEW), typed(thing="管制刀具"), follow=True)
    assert "立即报公安" in answer.content.decode()


def test_photos_are_kept_with_the_find_and_a_broken_one_refuses_it(as_user, clerk, typed):
    broken = io.BytesIO(b"GIF89a not a picture")
    broken.name = "x.jpg"
    answer = as_user(clerk).post(reverse(NEW), typed(photos=[broken]))
    assert answer.status_code == 422
    assert "不是能读取的照片" in answer.content.decode()
    as_user(clerk).post(reverse(NEW), typed(photos=[picture()]))
    assert Photo.objects.of(FoundItem.objects.get()).count() == 1


def test_staff_and_field_finds_have_their_own_forms(as_user, clerk, guard, typed):
    as_user(clerk).post(url("founditem_create_staff"), typed(finder=guard.pk))
    as_user(clerk).post(url("founditem_create_on_spot"), typed(finder=guard.pk, is_field_held="1"))
    found = list(FoundItem.objects.order_by("pk").values_list("intake_kind", "state", "finder"))
    assert found == [
        (IntakeKind.STAFF, ItemState.IN_CUSTODY, guard.pk), (IntakeKind.ON_SPOT, ItemState.FIELD_HELD, guard.pk),
    ]


def test_no_field_of_the_model_is_set_that_the_form_does_not_offer(as_user, clerk, typed, supervisor):
    as_user(clerk).post(reverse(NEW), typed(
        state="returned", number="SW-1", created_by=supervisor.pk, holder=supervisor.pk, version=9,
        is_on_hold="on", custodian_took_at="2026-01-01",
    ))
    item = FoundItem.objects.get()
    assert (item.state, item.created_by, item.holder, item.is_on_hold) == ("in_custody", clerk, clerk, False)


# ---- what the system knows while typing


def test_hints_show_matching_reports_and_the_phones_earlier_finds(as_user, clerk, register, make_report, zone):
    earlier = register(finder_phone="13812345678")
    report = make_report(colour="黑色")
    page = as_user(clerk).post(url("founditem_hints"), {
        "thing": "雨伞", "colour": "黑色", "zone": str(zone.pk), "found_at": "-30", "finder_phone": "138 1234 5678",
    }).content.decode()
    assert earlier.number in page
    assert report.number in page


@pytest.mark.parametrize(
    "typed_so_far", [{}, {"zone": "x", "category": "99999999999999999999", "thing": "\x00"}, {"found_at": "昨" * 500}]
)
def test_hints_take_anything_and_store_nothing(as_user, clerk, register, outsider, typed_so_far):
    register(finder_phone="13812345678")
    assert as_user(clerk).post(url("founditem_hints"), typed_so_far).status_code == 200
    page = as_user(outsider).post(url("founditem_hints"), {"finder_phone": "13812345678"}).content.decode()
    assert "SW-" not in page


# ---- editing


def edit_form(item: FoundItem, **more) -> dict:
    return {
        "thing": item.thing, "zone": item.zone_id, "found_at": f"{timezone.localtime(item.found_at):%Y-%m-%d %H:%M}",
        "finder_name": item.finder_name, "category": item.category_id, "quantity": "1", "unit": "件",
        "version": item.version, **EMPTY_LINES, **more,
    }


def test_a_form_saved_as_it_was_shown_says_that_nothing_was_changed(as_user, clerk, register):
    item = register(colour="黑色")
    told = item.history.count()
    page = url("founditem_edit", item.pk)
    same = as_user(clerk).post(page, edit_form(item, colour="黑色"), follow=True).content.decode()
    other = as_user(clerk).post(page, edit_form(item, colour="蓝色"), follow=True).content.decode()
    assert f"没有改动,{item.number} 和原来一样" in same
    assert f"已保存 {item.number}" not in same
    assert f"已保存 {item.number}" in other
    assert item.history.count() == told + 1


def test_the_second_editor_keeps_the_text_sees_the_others_and_may_save_then(as_user, clerk, second_clerk, register):
    item = register()
    as_user(second_clerk).post(url("founditem_edit", item.pk), edit_form(item, thing="折叠伞"))
    clash = as_user(clerk).post(url("founditem_edit", item.pk), edit_form(item, thing="长柄伞"))
    page = clash.content.decode()
    assert clash.status_code == 422
    assert "李娜在您填写时修改了" in page
    assert 'value="长柄伞"' in page
    assert "现在的记录是:折叠伞" in page
    item.refresh_from_db()
    assert f'name="version" value="{item.version}"' in page
    as_user(clerk).post(url("founditem_edit", item.pk), edit_form(item, thing="长柄伞"))
    item.refresh_from_db()
    assert item.thing == "长柄伞"


def test_sealed_fields_stay_unless_typed_and_are_cleared_by_a_word(as_user, clerk, register):
    item = register(finder_phone="13812345678", number_on_item="6222020200001234", secret_marks="红漆")
    page = as_user(clerk).get(url("founditem_edit", item.pk)).content.decode()
    assert "13812345678" not in page
    assert "6222020200001234" not in page
    assert "红漆" not in page
    as_user(clerk).post(url("founditem_edit", item.pk), edit_form(item, number_on_item="无"))
    item.refresh_from_db()
    assert (item.finder_phone, item.number_on_item, item.secret_marks) == ("13812345678", "", "红漆")
    assert item.number_on_item_tail == ""


# ---- the record page


@pytest.fixture
def marked(register, clerk) -> FoundItem:
    """A bag with all that a blind check closes."""
    item = register(
        "包袋", thing="背包", features="夹层有泰文标签", secret_marks="内袋写着 K", brand="探路者",
        name_on_item="杨明静", contents=(ContentFacts(thing="蓝色保温壶"),), finder_phone="13812345678",
        number_on_item="6222020200001234",
    )
    store_photo(_upload(), item, clerk)
    return item


def _upload():
    stream = picture()
    stream.size = len(stream.getvalue())
    return stream


SHOWN_OPEN = ("夹层有泰文标签", "蓝色保温壶", "探路者", "杨明静", "/thumb/")


def test_the_page_shows_features_but_never_marks_or_whole_numbers(as_user, manager, marked):
    page = as_user(manager).get(url("founditem_detail", marked.pk)).content.decode()
    assert [words for words in SHOWN_OPEN if words not in page] == []
    assert [w for w in ("内袋写着 K", "13812345678", "6222020200001234") if w in page] == []


def test_while_a_check_is_blind_nobody_sees_what_the_claimant_must_say(as_user, clerk, manager, marked, facts):
    claim = open_claim(marked, facts(), by=clerk)
    photo = Photo.objects.of(marked).get()
    for person in (clerk, manager):
        page = as_user(person).get(url("founditem_detail", marked.pk)).content.decode()
        assert [words for words in SHOWN_OPEN if words in page] == []
        assert as_user(person).get(reverse("photo", args=[photo.pk, "full"])).status_code == 404
        assert as_user(person).get(url("founditem_edit", marked.pk)).status_code == 403
    for words in ("夹层有个外文标签", "里面有个蓝色的壶"):
        add_statement(claim, words, by=clerk)
    open_for_view(claim, by=clerk)
    page = as_user(clerk).get(url("founditem_detail", marked.pk)).content.decode()
    assert [words for words in SHOWN_OPEN if words not in page] == []
    with closing(as_user(clerk).get(reverse("photo", args=[photo.pk, "full"]))) as shown:
        assert shown.status_code == 200


def test_changes_of_closed_words_leave_the_time_line_too(as_user, clerk, marked, facts):
    as_user(clerk).post(
        url("founditem_edit", marked.pk), edit_form(marked, features="夹层有英文标签", name_on_item="杨明静")
    )
    marked.refresh_from_db()
    open_claim(marked, facts(), by=clerk)
    assert "文标签" not in as_user(clerk).get(url("founditem_detail", marked.pk)).content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [("finder_phone", "13812345678"), ("number_on_item", "6222020200001234"), ("secret_marks", "内袋写着 K")],
)
def test_a_reveal_needs_right_and_reason_and_is_written_down(as_user, clerk, supervisor, marked, field, value):
    address = url("founditem_reveal", marked.pk, field)
    assert as_user(clerk).post(address, {"reason": "核对"}).status_code == 403
    assert as_user(supervisor).post(address, {"reason": ""}).status_code == 422
    assert Disclosure.objects.count() == 0
    assert value in as_user(supervisor).post(address, {"reason": "核对失主来电"}).content.decode()
    assert [(d.user, d.reason) for d in Disclosure.objects.of(marked)] == [(supervisor, "核对失主来电")]
    assert value not in as_user(supervisor).get(address).content.decode()


@pytest.mark.parametrize("field", ["number_on_item", "secret_marks"])
def test_marks_and_numbers_are_not_revealed_while_the_check_is_blind(as_user, clerk, supervisor, marked, facts, field):
    open_claim(marked, facts(), by=clerk)
    answer = as_user(supervisor).post(url("founditem_reveal", marked.pk, field), {"reason": "核对"})
    assert answer.status_code == 403
    assert "盲核验" in answer.content.decode()
    assert Disclosure.objects.count() == 0


def test_steps_follow_state_and_right(as_user, clerk, second_clerk, supervisor, register, on_spot, phone):
    def labels(person, item) -> list[str]:
        return [step["label"] for step in as_user(person).get(url("founditem_detail", item.pk)).context["steps"]]

    assert labels(clerk, phone) == ["办理认领", "交接给负责人", "移位", "编辑", "联系失主", "加照片"]
    assert "交接给负责人" not in labels(second_clerk, phone)
    assert {"冻结", "移交公安", "作废"} <= set(labels(supervisor, phone))
    assert labels(clerk, on_spot)[:2] == ["收进保管", "现场发还"]


# ---- custody on screen


def test_a_custodian_accepts_from_the_inbox(as_user, clerk, custodian, phone):
    offer = offer_custody(phone, custodian, by=clerk)
    client = as_user(custodian)
    assert phone.number in client.get(url("custody_inbox")).content.decode()
    client.post(url("offer_accept", offer.pk))
    phone.refresh_from_db()
    assert phone.holder == custodian
    assert list(client.get(url("custody_inbox")).context["mine"]) == []


def test_who_has_more_to_take_goes_on_in_the_inbox(as_user, clerk, custodian, phone, purse):
    first, second = (offer_custody(item, custodian, by=clerk) for item in (phone, purse))
    client = as_user(custodian)
    assert client.post(url("offer_accept", first.pk)).url == url("custody_inbox")
    assert client.post(url("offer_accept", second.pk)).url == url("founditem_detail", purse.pk)


def test_somebody_elses_offer_is_refused_in_one_sentence(as_user, clerk, custodian, second_clerk, phone):
    offer = offer_custody(phone, custodian, by=clerk)
    answer = as_user(second_clerk).post(url("offer_accept", offer.pk), follow=True)
    assert "请陈静本人接收" in answer.content.decode()
    phone.refresh_from_db()
    assert phone.holder == clerk


@pytest.mark.parametrize(
    ("confirmation", "is_taken"),
    [({}, False), ({"taker_password": PASSWORD}, True), ({"taker_on_paper": "on"}, True)],
)
def test_a_taker_confirms_in_the_inbox_here_or_on_paper(as_user, clerk, custodian, phone, confirmation, is_taken):
    as_user(clerk).post(url("founditem_hand_over", phone.pk), {"to_person": custodian.pk, **confirmation})
    phone.refresh_from_db()
    assert (phone.holder == custodian) is is_taken
    assert (phone.custodian_took_at is not None) is is_taken


def test_a_wrong_password_of_the_taker_moves_nothing(as_user, clerk, custodian, phone):
    form = {"to_person": custodian.pk, "taker_password": "wrong"}
    assert as_user(clerk).post(url("founditem_hand_over", phone.pk), form).status_code == 422
    assert phone.offers.count() == 0


def test_many_are_moved_at_once_or_none(as_user, clerk, register, counter, safe, other_point):
    items = [register(storage=counter), register(storage=counter)]
    picks = "&".join(f"pick={item.pk}" for item in items)
    client = as_user(clerk)
    chosen = client.post(url("founditem_bulk"), {"action": "store", "pick": [item.pk for item in items]})
    assert chosen.url == f"{url('founditem_store_many')}?{picks}"
    client.post(chosen.url, {"place": safe.pk})
    assert list(FoundItem.objects.values_list("storage", flat=True)) == [safe.pk, safe.pk]
    register(storage=counter)
    all_picks = "&".join(f"pick={pk}" for pk in FoundItem.objects.values_list("pk", flat=True))
    again = client.post(f"{url('founditem_store_many')}?{all_picks}", {"place": safe.pk})
    assert again.status_code == 422
    assert FoundItem.objects.filter(storage=counter).count() == 1


def test_a_call_about_a_matched_find_is_written_for_both(as_user, clerk, item, matched):
    as_user(clerk).post(url("founditem_contact", item.pk), {"channel": "phone", "outcome": "reached", "note": "明天来"})
    assert [(c.item, c.report, c.note) for c in item.contacts.all()] == [(item, matched.report, "明天来")]
    assert "电话联系:接通" in as_user(clerk).get(url("founditem_detail", item.pk)).content.decode()
