"""Counters of ordinary questions: one key, one stroke, taken back by its own stroke."""

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from dutylog.choices import DayState
from dutylog.errors.days import DayLocked
from dutylog.errors.enquiries import NoSuchTopic, NothingToTakeBack
from dutylog.models import DutyDay, EnquiryTally
from dutylog.services.figures import counts_of
from dutylog.services.tallies import count_question, counters, take_back
from servicedesk.errors import NotInRange


@pytest.fixture
def count(clock, clerk, point):
    def make(topic="问路", direction="on_site", by=clerk) -> EnquiryTally:
        return count_question(topic, direction, by=by, point=point)

    return make


def figures(day) -> tuple[int, int]:
    found = {each.key: each.number for each in counts_of(day)}
    return found["enquiry"], found["phone"]


def test_strokes_add_up_by_topic_and_way(count, day):
    for topic, direction in (("问路", "on_site"), ("问路", "on_site"), ("问路", "phone"), ("天气", "phone")):
        count(topic, direction)
    facts = counters(day)
    assert (facts["on_site"], facts["phone"]) == (2, 2)
    assert facts["rows"][0] == {"key": 1, "topic": "问路", "on_site": 2, "phone": 1}
    assert figures(day) == (2, 2)


def test_a_stroke_opens_the_sheet_when_nobody_has(count):
    count()
    assert DutyDay.objects.get().tallies.count() == 1


def test_only_ones_own_last_stroke_is_taken_back(count, day, clerk, second_clerk, point):
    count("天气")
    count("问路")
    count("天气", by=second_clerk)
    assert take_back(by=clerk, point=point).topic == "问路"
    assert take_back(by=clerk, point=point).topic == "天气"
    with pytest.raises(NothingToTakeBack):
        take_back(by=clerk, point=point)
    assert figures(day) == (1, 0)
    assert EnquiryTally.objects.count() == 5


@pytest.mark.parametrize(("topic", "direction"), [("算命", "on_site"), ("问路", "email")])
def test_an_unknown_topic_or_way_is_refused(count, topic, direction):
    with pytest.raises(NoSuchTopic):
        count(topic, direction)
    assert not EnquiryTally.objects.exists()


def test_a_closed_day_takes_no_stroke(count, day):
    DutyDay.objects.filter(pk=day.pk).update(state=DayState.CLOSED)
    with pytest.raises(DayLocked):
        count()


def test_topics_are_a_setting_and_old_ones_still_count(count, day, choose):
    count("天气")
    choose("dutylog.enquiry_topics", ["问路", "晚餐"])
    count("晚餐")
    assert [row["topic"] for row in counters(day)["rows"]] == ["问路", "晚餐"]
    assert figures(day) == (2, 0)
    for wrong in ([], ["问路", "问路"], [str(n) for n in range(10)], ["长" * 13]):
        with pytest.raises(NotInRange):
            choose("dutylog.enquiry_topics", wrong)


def test_a_stroke_is_neither_changed_nor_deleted(count):
    stroke = count()
    with pytest.raises(DatabaseError), transaction.atomic():
        EnquiryTally.objects.filter(pk=stroke.pk).update(topic="天气")
    with pytest.raises(DatabaseError), transaction.atomic():
        EnquiryTally.objects.filter(pk=stroke.pk).delete()


def test_a_key_on_the_screen_brings_the_panel_back_with_the_new_figure(as_user, clerk, day):
    browser = as_user(clerk)
    answer = browser.post(
        reverse("dutylog:enquiry_count"), {"topic": "天气", "direction": "phone"}, headers={"HX-Request": "true"}
    )
    assert "电话“天气”加一" in answer.content.decode()
    assert figures(day) == (0, 1)
    answer = browser.post(reverse("dutylog:enquiry_take_back"), headers={"HX-Request": "true"})
    assert "已撤回 电话“天气”" in answer.content.decode()
    answer = browser.post(reverse("dutylog:enquiry_take_back"), headers={"HX-Request": "true"})
    assert "没有可以撤回的计数" in answer.content.decode()


def test_without_scripts_the_button_leads_back_to_the_book(as_user, clerk, day):
    answer = as_user(clerk).post(reverse("dutylog:enquiry_count"), {"topic": "天气", "direction": "on_site"})
    assert answer.headers["Location"] == reverse("dutylog:enquiry_list")
    assert figures(day) == (1, 0)


def test_the_day_screen_has_the_keys_and_an_earlier_day_only_the_figures(as_user, clerk, day, clock, moment, point):
    page = as_user(clerk).get(reverse("dutylog:dutyday_detail", args=[day.pk])).content.decode()
    assert 'data-count="Shift+1"' in page
    clock.move_to(moment("10:30").replace(day=25))
    page = as_user(clerk).get(reverse("dutylog:dutyday_detail", args=[day.pk])).content.decode()
    assert "咨询计数" in page
    assert "data-count" not in page
