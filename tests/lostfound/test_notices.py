"""Notices: public words only, the legal clock starts with the first of them."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from lostfound.choices import ItemState, NoticeChannel, NoticeState
from lostfound.errors.exits import ItemOfAnotherPoint, NotAnnounceable, NothingChosen
from lostfound.models import ItemCategory, Notice
from lostfound.services.clocks import legal_term_is_over
from lostfound.services.item_facts import public_words
from lostfound.services.notices import draft_notice, edit_notice, publish_notice, withdraw_notice
from servicedesk.errors import EditedMeanwhile, NotPossibleNow, ReasonNeeded, SomeoneWasFaster

BOARD = NoticeChannel.BOARD


@pytest.fixture
def draft(make_find, custodian, point):
    """A draft about an umbrella and a bag."""
    items = [make_find("雨具", public_text="黑色长柄伞"), make_find("包袋", public_text="红色双肩包")]
    return draft_notice(items, BOARD, by=custodian, point=point)


def test_a_notice_is_put_together_from_public_words_and_nothing_else(make_find, custodian, point):
    item = make_find(
        "手机", public_text="黑色手机一部", features="锁屏是猫", name_on_item="杨明静", seal_number="F-20261",
        thing="华为手机", brand="Mate 60",
    )
    notice = draft_notice([item], BOARD, by=custodian, point=point)
    assert notice.number.startswith("ZL-")
    assert notice.text == (
        "我处拾得以下物品,请失主认领:\n1. 黑色手机一部\n"
        "请失主携带本人有效证件原件,到主服务中心说明物品特征后领取,电话 0571-88880001。"
    )


@pytest.mark.parametrize(("words", "why"), [
    ("身份证尾号 1234", "四位以上的号码"),
    ("银行卡 62 28-4", "四位以上的号码"),
    ("卡号1234", "四位以上的号码"),
    ("杨明静的身份证", "姓名"),
    ("写有 杨 明静 的卡", "姓名"),
    ("张三丰拾得的伞", "姓名"),
    ("   ", "公开描述"),
])
def test_words_with_a_number_or_a_name_are_refused(make_find, custodian, point, words, why):
    item = make_find("身份证护照", public_text=words, name_on_item="杨明静")
    with pytest.raises(NotAnnounceable, match=why):
        draft_notice([item], BOARD, by=custodian, point=point)
    assert not Notice.objects.exists()


@pytest.mark.parametrize("words", ["黑色伞 128 元标签", "80x50 画框", "三把钥匙", "iPhone 16 一部"])
def test_short_figures_are_no_number(make_find, custodian, point, words):
    assert draft_notice([make_find(public_text=words)], BOARD, by=custodian, point=point).lines.count() == 1


def test_forbidden_things_are_never_announced(make_find, custodian, point):
    with pytest.raises(NotAnnounceable, match="违禁"):
        draft_notice([make_find("违禁涉密军用物品")], BOARD, by=custodian, point=point)


@pytest.mark.parametrize("state", [ItemState.FIELD_HELD, ItemState.CLAIMING, ItemState.RETURNED, ItemState.VOID])
def test_only_what_is_kept_unclaimed_is_announced(make_find, custodian, point, state):
    with pytest.raises(NotAnnounceable, match="现在是"):
        draft_notice([make_find(state=state)], BOARD, by=custodian, point=point)


def test_an_empty_notice_and_an_item_of_another_desk_are_refused(make_find, custodian, point, other_point):
    with pytest.raises(NothingChosen):
        draft_notice([], BOARD, by=custodian, point=point)
    with pytest.raises(ItemOfAnotherPoint, match="东门服务点"):
        draft_notice([make_find(at=other_point)], BOARD, by=custodian, point=point)


def test_publishing_starts_the_legal_clock_of_each_item(draft, custodian):
    with time_machine.travel(dt.datetime(2027, 1, 31, 20, tzinfo=dt.UTC), tick=False):  # 1 February in Shanghai
        publish_notice(draft, by=custodian)
    assert (draft.state, draft.published_by) == (NoticeState.PUBLISHED, custodian)
    for item in draft.items.all():
        assert item.announced_at == draft.published_at
        assert item.legal_due_on == dt.date(2028, 2, 1)
        assert item.history.first().history_change_reason == f"公告 {draft.number}"


def test_a_second_notice_does_not_set_the_clock_back(draft, custodian, point):
    publish_notice(draft, by=custodian)
    item = draft.items.first()
    first = (item.announced_at, item.legal_due_on)
    with time_machine.travel(timezone.now() + dt.timedelta(days=40), tick=False):
        publish_notice(draft_notice([item], NoticeChannel.WEBSITE, by=custodian, point=point), by=custodian)
    item.refresh_from_db()
    assert (item.announced_at, item.legal_due_on) == first


def test_the_legal_term_ends_the_day_after_its_last(make_find):
    item = make_find(legal_due_on=dt.date(2027, 11, 22))
    last_minute = dt.datetime(2027, 11, 22, 15, 59, tzinfo=dt.UTC)
    assert not legal_term_is_over(item, last_minute)
    assert legal_term_is_over(item, last_minute + dt.timedelta(minutes=1))
    assert not legal_term_is_over(make_find(), last_minute)


def test_a_draft_whose_item_was_claimed_meanwhile_is_not_published(draft, custodian):
    draft.items.filter(public_text="红色双肩包").update(state=ItemState.CLAIMING)
    with pytest.raises(NotAnnounceable, match="认领核验中"):
        publish_notice(draft, by=custodian)
    draft.refresh_from_db()
    assert (draft.state, draft.items.filter(announced_at__isnull=False).count()) == (NoticeState.DRAFT, 0)


def test_words_changed_after_the_draft_are_read_again_and_judged_again(draft, custodian):
    draft.items.filter(public_text="黑色长柄伞").update(public_text="黑伞,柄上 13812345678")
    with pytest.raises(NotAnnounceable, match="四位以上"):
        publish_notice(draft, by=custodian)
    draft.items.filter(public_text__contains="1381").update(public_text="深色雨伞")
    publish_notice(draft, by=custodian)
    assert "1. 深色雨伞" in draft.text
    assert list(draft.lines.values_list("public_text", flat=True)) == ["深色雨伞", "红色双肩包"]


def test_a_draft_is_changed_and_a_published_notice_is_not(draft, custodian, make_find):
    edit_notice(draft, [make_find(public_text="蓝色水杯")], NoticeChannel.ACCOUNT, by=custodian)
    assert (draft.channel, draft.lines.get().public_text) == (NoticeChannel.ACCOUNT, "蓝色水杯")
    publish_notice(draft, by=custodian)
    with pytest.raises(NotPossibleNow):
        edit_notice(draft, [make_find()], BOARD, by=custodian)


def test_of_two_editors_of_a_draft_the_second_is_told(draft, custodian, make_find):
    version = draft.version
    edit_notice(draft, [make_find()], BOARD, by=custodian, version=version)
    with pytest.raises(EditedMeanwhile):
        edit_notice(draft, [make_find()], BOARD, by=custodian, version=version)


def test_a_notice_is_published_once(draft, custodian):
    stale = Notice.objects.get(pk=draft.pk)
    publish_notice(draft, by=custodian)
    with pytest.raises(SomeoneWasFaster):
        publish_notice(stale, by=custodian)


def test_withdrawing_needs_a_reason_and_leaves_the_clocks_running(draft, custodian):
    publish_notice(draft, by=custodian)
    with pytest.raises(ReasonNeeded):
        withdraw_notice(draft, by=custodian, reason=" ")
    withdraw_notice(draft, by=custodian, reason="张贴期满")
    assert (draft.state, draft.withdrawn_by) == (NoticeState.WITHDRAWN, custodian)
    assert draft.items.filter(legal_due_on__isnull=True).count() == 0


def test_the_line_of_a_claimed_item_says_so(draft, custodian):
    publish_notice(draft, by=custodian)
    draft.items.filter(public_text="红色双肩包").update(state=ItemState.RETURNED)
    assert [line.is_over for line in draft.lines.all()] == [False, True]


@pytest.mark.parametrize(("category", "thing", "said"), [
    ("钱包现金", "长款钱包", "棕色钱包"), ("身份证护照", "护照", "棕色护照"), ("手机", "iPhone 15", "棕色手机"),
    ("包袋", "双肩包", "棕色包袋"), ("其他", "石头", "棕色物品"),
])
def test_a_thing_is_announced_by_one_noun_of_its_category_and_never_by_its_brand(db, category, thing, said):
    assert public_words("棕色", ItemCategory.objects.get(name=category), thing) == said
