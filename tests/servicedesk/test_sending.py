"""Notices out of the house: queued with their record, without personal numbers, no more than robots take, retried."""

import datetime as dt
import logging

import pytest
import time_machine
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from servicedesk.choices import DeliveryState
from servicedesk.errors import DeliveryGone, PersonalDataInText
from servicedesk.models import Channel, Delivery
from servicedesk.services import delivering, preferences
from servicedesk.services.delivering import deliver, pause
from servicedesk.services.posting import NotPosted
from servicedesk.services.sending import refuse_personal, send, try_again

SECRET = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=0a1b2c3d-secret-9f8e"


@pytest.fixture
def channel(db) -> Channel:
    return Channel.objects.create(name="值班群", kind="wecom", address=SECRET, topics=["urgent"])


@pytest.fixture
def posted(monkeypatch) -> list[str]:
    """What went out; nothing leaves this machine."""
    texts: list[str] = []
    monkeypatch.setattr(delivering, "post", lambda channel, text: texts.append(text))
    return texts


@pytest.fixture
def no_network(monkeypatch):
    def fail(channel, text):
        raise NotPosted("没有网络,或对方没有回答")

    monkeypatch.setattr(delivering, "post", fail)


def test_a_text_is_queued_for_the_channels_that_get_its_topic(channel, clerk):
    Channel.objects.create(name="邮件", kind="email", address="a@example.com", topics=["reminder"])
    Channel.objects.create(name="旧群", kind="wecom", address=SECRET, topics=["urgent"], is_active=False)
    rows = send("大风预警", "urgent", by=clerk, about=clerk)
    assert [(r.channel, r.state, r.text, r.about) for r in rows] == [
        (channel, DeliveryState.QUEUED, "【紧急通知】大风预警", clerk)
    ]


def test_without_a_channel_nothing_is_queued_and_nothing_fails(clerk):
    assert send("大风预警", "urgent", by=clerk) == []


def test_a_roll_back_takes_the_notice_with_it(channel, clerk):
    with transaction.atomic():
        send("大风预警", "urgent", by=clerk)
        transaction.set_rollback(True)
    assert Delivery.objects.count() == 0


@pytest.mark.parametrize("text", [
    "请回电 13812345678", "138 1234 5678", "+86 138-1234-5678", "13812345678", "0571-88880001", "+49 170 1234567",
    "身份证 330106199001011234", "33010619900101123X", "330106 19900101 123x", "卡号 6222 0212 3456 7890 123",
    "护照 E12345678", "港澳 H12345678", "H1234567(8)",
])
def test_a_text_with_a_personal_number_is_refused(text):
    with pytest.raises(PersonalDataInText):
        refuse_personal(text)


@pytest.mark.parametrize("text", [
    "SW-20261122-001 等您核实", "入园 13800 人,在园 4200 人,剧场 5000 人", "11月22日 10:20 东门", "ZB-20261122 已闭班",
    "TS-20261122-003、YG-20261122-014", "营收 1380012.34 元", "2026-11-22 07:40–07:50 早会", "KF-3.15 版本 A/0",
])
def test_figures_times_and_numbers_of_records_pass(text):
    refuse_personal(text)


def test_the_job_sends_what_is_queued_once(channel, clerk, posted):
    send("大风预警", "urgent", by=clerk)
    deliver()
    deliver()
    row = Delivery.objects.get()
    assert posted == ["【紧急通知】大风预警"]
    assert (row.state, row.tries, row.error) == (DeliveryState.SENT, 1, "")
    assert row.sent_at is not None


def test_without_a_network_nothing_is_lost_and_the_pauses_grow(channel, clerk, no_network):
    with time_machine.travel("2026-11-22 10:00", tick=False) as clock:
        send("大风预警", "urgent", by=clerk)
        waits = []
        for _ in range(4):
            deliver()
            row = Delivery.objects.get()
            waits.append((row.next_try_at - timezone.now()).total_seconds() / 60)
            clock.move_to(row.next_try_at)
    assert waits == [1, 2, 4, 8]
    assert (row.state, row.tries, row.error) == (DeliveryState.FAILED, 4, "没有网络,或对方没有回答")


def test_a_text_is_not_tried_before_its_pause_is_over(channel, clerk, no_network):
    send("大风预警", "urgent", by=clerk)
    deliver()
    deliver()
    assert Delivery.objects.get().tries == 1


def test_the_longest_pause_is_two_hours():
    assert pause(40) == dt.timedelta(hours=2)


def test_after_the_last_try_it_is_given_up_and_may_be_queued_again(channel, clerk, manager, no_network, monkeypatch):
    most = preferences.value("servicedesk.post_tries")
    row, = send("大风预警", "urgent", by=clerk)
    for _ in range(most):
        Delivery.objects.update(next_try_at=timezone.now())
        deliver()
    row.refresh_from_db()
    assert (row.state, row.tries) == (DeliveryState.GIVEN_UP, most)
    try_again(row, by=manager)
    monkeypatch.setattr(delivering, "post", lambda channel, text: None)
    deliver()
    row.refresh_from_db()
    assert (row.state, row.tries) == (DeliveryState.SENT, 1)


def test_what_waits_already_is_not_queued_again(channel, clerk, manager):
    row, = send("大风预警", "urgent", by=clerk)
    with pytest.raises(DeliveryGone):
        try_again(row, by=manager)


def test_up_to_the_limit_each_text_is_a_message_of_its_own(channel, clerk, posted):
    for number in range(20):
        send(f"第 {number} 条", "urgent", by=clerk)
    deliver()
    assert len(posted) == 20


def test_more_than_robots_take_goes_out_together(channel, clerk, posted):
    for number in range(21):
        send(f"第 {number} 条", "urgent", by=clerk)
    deliver()
    assert len(posted) == 1
    assert posted[0].startswith("共 21 条通知\n1. 【紧急通知】第 0 条\n2. ")
    assert Delivery.objects.filter(state=DeliveryState.SENT).count() == 21


def test_a_minute_holds_no_more_than_the_limit_and_the_rest_follows(channel, clerk, posted):
    preferences.choose("servicedesk.posts_a_minute", 2, clerk)
    with time_machine.travel("2026-11-22 10:00", tick=False) as clock:
        for number in range(9):
            send(f"{number}" + "长" * 600, "urgent", by=clerk)
        deliver()
        deliver()
        assert len(posted) == 2
        clock.shift(61)
        deliver()
        assert len(posted) == 4
        for _ in range(5):
            clock.shift(61)
            deliver()
    assert Delivery.objects.filter(state=DeliveryState.SENT).count() == 9
    assert max(len(text.encode()) for text in posted) <= 2000


def test_one_dead_channel_does_not_keep_the_others(channel, clerk, monkeypatch):
    other = Channel.objects.create(name="东门群", kind="feishu", address=SECRET, topics=["urgent"])

    def post(channel, text):
        if channel.name == "值班群":
            raise NotPosted("对方拒收")

    monkeypatch.setattr(delivering, "post", post)
    send("大风预警", "urgent", by=clerk)
    deliver()
    assert {d.channel.name: d.state for d in Delivery.objects.all()} == {"值班群": "failed", other.name: "sent"}


def test_a_row_that_another_runner_took_is_passed_by(channel, clerk, posted):
    row, = send("大风预警", "urgent", by=clerk)
    seen = Delivery.objects.get()
    assert delivering._claim([seen]) == [seen]
    assert delivering._claim([row]) == []


def test_no_log_names_the_secret_address(channel, clerk, no_network, caplog):
    send("大风预警", "urgent", by=clerk)
    with caplog.at_level(logging.DEBUG):
        deliver()
    assert "没有网络" in caplog.text
    assert "0a1b2c3d" not in caplog.text


def test_the_secret_address_is_sealed_in_the_database_and_masked_on_screen(channel, as_user, manager):
    with transaction.get_connection().cursor() as cursor:
        cursor.execute("SELECT address FROM servicedesk_channel")
        assert "0a1b2c3d" not in cursor.fetchone()[0]
    for page in ("channel_detail", "channel_edit"):
        text = as_user(manager).get(reverse(page, args=[channel.pk])).content.decode()
        assert "0a1b2c3d" not in text
    assert channel.masked_address == "****9f8e"


def typed(**more) -> dict:
    return {"name": "经理群", "kind": "wecom", "address": SECRET, "topics": ["urgent"], **more}


def test_a_manager_adds_a_channel_and_keeps_its_secret_when_editing(as_user, manager):
    browser = as_user(manager)
    browser.post(reverse("channel_create"), typed())
    channel = Channel.objects.get()
    assert (channel.address, channel.topics) == (SECRET, ["urgent"])
    answer = browser.post(
        reverse("channel_edit", args=[channel.pk]),
        typed(name="值班经理群", address="", topics=["urgent", "reminder"], is_active="on",
              version=channel.history.first().history_id),
    )
    assert answer.status_code == 302
    channel.refresh_from_db()
    assert (channel.name, channel.address, channel.topics) == ("值班经理群", SECRET, ["urgent", "reminder"])


@pytest.mark.parametrize(("kind", "address"), [
    ("wecom", "https://evil.example/cgi-bin/webhook/send?key=12345678"),
    ("wecom", "http://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=12345678"),
    ("dingtalk", SECRET), ("feishu", "http://127.0.0.1:8000/"), ("email", "not an address"),
    ("wecom", "https://qyapi.weixin.qq.com@evil.example/cgi-bin/webhook/send?key=12345678"),
])
def test_an_address_of_another_host_is_refused(as_user, manager, kind, address):
    answer = as_user(manager).post(reverse("channel_create"), typed(kind=kind, address=address))
    assert answer.status_code == 422
    assert "address" in answer.context["form"].errors
    assert Channel.objects.count() == 0


def test_the_test_button_queues_one_line_and_says_so(as_user, manager, channel, posted):
    browser = as_user(manager)
    browser.post(reverse("channel_test", args=[channel.pk]))
    deliver()
    assert posted == ["【试发】游客服务台的通知渠道“值班群”已接通。"]
    assert "发出" in browser.get(reverse("channel_detail", args=[channel.pk])).content.decode()


def test_given_up_notices_wait_on_the_managers_start_page(as_user, manager, channel, clerk):
    row, = send("大风预警", "urgent", by=clerk)
    Delivery.objects.update(state=DeliveryState.GIVEN_UP)
    browser = as_user(manager)
    assert "1 条对外通知试了多次没有发出" in browser.get(reverse("start")).content.decode()
    browser.post(reverse("delivery_retry", args=[row.pk]))
    row.refresh_from_db()
    assert row.state == DeliveryState.QUEUED
