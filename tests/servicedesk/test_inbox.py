"""The inbox: one's own only, unread first, read once, kept as the setting says; its badge keeps nobody signed in."""

import datetime as dt
import time

import pytest
from django.urls import reverse
from django.utils import timezone

from servicedesk.models import Channel, Delivery, Message
from servicedesk.services import preferences
from servicedesk.services.inbox import badge_text, forget_old_messages, tell, unread_count


def test_a_person_named_twice_is_told_once(clerk, second_clerk):
    tell([clerk, second_clerk, clerk], "交班了")
    assert sorted(Message.objects.values_list("person__staff_no", flat=True)) == ["1001", "1002"]


def test_the_list_shows_only_ones_own_and_the_urgent_first(as_user, clerk, second_clerk):
    tell([clerk], "早的一条")
    tell([clerk], "着火了", is_urgent=True)
    tell([clerk], "晚的一条")
    tell([second_clerk], "别人的")
    page = as_user(clerk).get(reverse("inbox")).context["page"]
    assert [m.sentence for m in page.object_list] == ["着火了", "晚的一条", "早的一条"]


def test_opening_marks_as_read_once_and_leads_to_its_place(as_user, clerk):
    message, = tell([clerk], "有新失物", url="/lost-and-found/items/")
    browser = as_user(clerk)
    answer = browser.post(reverse("message_open", args=[message.pk]))
    assert answer.headers["Location"] == "/lost-and-found/items/"
    message.refresh_from_db()
    first = message.read_at
    assert first is not None
    browser.post(reverse("message_open", args=[message.pk]))
    message.refresh_from_db()
    assert message.read_at == first


@pytest.mark.parametrize("url", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", ""])
def test_a_message_leads_nowhere_outside_the_desk(as_user, clerk, url):
    message, = tell([clerk], "看这里", url=url)
    answer = as_user(clerk).post(reverse("message_open", args=[message.pk]))
    assert answer.headers["Location"] == reverse("inbox")


def test_somebody_elses_message_is_not_there(as_user, clerk, second_clerk):
    message, = tell([clerk], "只给王芳")
    assert as_user(second_clerk).post(reverse("message_open", args=[message.pk])).status_code == 404
    message.refresh_from_db()
    assert message.read_at is None


def test_marking_all_leaves_others_unread(as_user, clerk, second_clerk):
    tell([clerk, second_clerk], "大家注意")
    as_user(clerk).post(reverse("message_read_all"))
    assert (unread_count(clerk), unread_count(second_clerk)) == (0, 1)


@pytest.mark.parametrize(("count", "text"), [(0, ""), (7, "7"), (99, "99"), (100, "99+")])
def test_the_badge_stops_counting_at_ninety_nine(count, text):
    assert badge_text(count) == text


def test_the_top_bar_counts_in_one_query(as_user, clerk, django_assert_num_queries):
    tell([clerk], "一条")
    with django_assert_num_queries(1):
        assert unread_count(clerk) == 1
    page = as_user(clerk).get(reverse("start")).content.decode()
    assert "通知,1 条未读" in page


def test_asking_for_the_badge_is_no_presence(as_user, clerk):
    browser = as_user(clerk)
    browser.get(reverse("start"))
    session = browser.session
    session["last_seen"] = int(time.time()) - 300
    session.save()
    browser.get(reverse("inbox_badge"), headers={"HX-Request": "true"})
    assert browser.session["last_seen"] == session["last_seen"]
    browser.get(reverse("start"))
    assert browser.session["last_seen"] > session["last_seen"]


def test_a_locked_desk_is_led_to_the_lock_by_its_badge(as_user, clerk):
    browser = as_user(clerk)
    browser.get(reverse("start"))
    session = browser.session
    session["last_seen"] = int(time.time()) - 60 * 60
    session.save()
    page = {"HX-Request": "true", "HX-Current-URL": "http://testserver/inbox/?all=1"}
    answer = browser.get(reverse("inbox_badge"), headers=page)
    assert answer.headers["HX-Redirect"] == f"{reverse('lock')}?next=%2Finbox%2F%3Fall%3D1"


def test_old_read_messages_go_and_unread_ones_stay(clerk):
    days = preferences.value("servicedesk.inbox_days")
    long_ago = timezone.now() - dt.timedelta(days=days, minutes=1)
    old, fresh, unread = (tell([clerk], sentence)[0] for sentence in ("旧", "新", "没读"))
    Message.objects.filter(pk=old.pk).update(read_at=long_ago)
    Message.objects.filter(pk=fresh.pk).update(read_at=timezone.now())
    Message.objects.filter(pk=unread.pk).update(at=long_ago)
    forget_old_messages()
    assert set(Message.objects.values_list("sentence", flat=True)) == {"新", "没读"}


def test_what_is_urgent_is_queued_for_the_chats_too(clerk, urgent_channel):
    tell([clerk], "3 号门拥挤", is_urgent=True)
    tell([clerk], "平常的事")
    assert [d.text for d in urgent_channel.deliveries.all()] == ["【紧急通知】3 号门拥挤"]


def test_an_urgent_text_with_a_phone_stays_in_the_house(clerk, urgent_channel):
    tell([clerk], "请回电 13812345678", is_urgent=True)
    assert (Message.objects.count(), Delivery.objects.count()) == (1, 0)


@pytest.fixture
def urgent_channel(db) -> Channel:
    return Channel.objects.create(name="值班群", kind="wecom", address="https://qyapi", topics=["urgent"])
