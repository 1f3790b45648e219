"""What stands open to visitors: codes that cannot be guessed, limits that are exact and the manager's."""

import pytest
from django.db import transaction
from django.urls import reverse

from servicedesk.errors import AlreadyThere, NotInRange, NoVisitorAddress, TooManyPosts
from servicedesk.models import VisitorCode, VisitorCount
from servicedesk.services.preferences import choose
from servicedesk.services.visitors import ALPHABET, add_visitor_code, take_post, visitor_url


@pytest.fixture
def code(manager, point, zone) -> VisitorCode:
    return add_visitor_code(by=manager, name="东门", service_point=point, zone=zone)


def posts(code, device: str, times: int) -> int:
    """How many of so many posts are taken."""
    taken = 0
    for _ in range(times):
        try:
            take_post(code, device)
            taken += 1
        except TooManyPosts:
            continue
    return taken


def test_a_code_cannot_be_guessed_and_a_place_has_one(code, manager, point):
    assert len(code.code) == 8
    assert set(code.code) <= set(ALPHABET)
    with pytest.raises(AlreadyThere):
        add_visitor_code(by=manager, name="东门", service_point=point)


def test_a_device_and_a_code_each_have_their_limit(code, manager):
    choose("servicedesk.visitor_device_posts", 3, manager)
    choose("servicedesk.visitor_code_posts", 7, manager)
    assert [posts(code, device, 5) for device in ("one", "two", "three")] == [3, 3, 1]


def test_a_kiosk_is_counted_by_its_code_alone(code, manager):
    code.is_kiosk = True
    choose("servicedesk.visitor_device_posts", 1, manager)
    choose("servicedesk.visitor_code_posts", 4, manager)
    assert posts(code, "screen", 9) == 4


def test_the_next_window_begins_anew_and_old_rows_go(code, manager, time_machine):
    choose("servicedesk.visitor_code_posts", 1, manager)
    time_machine.move_to("2026-11-22 10:00:30+08:00", tick=False)
    assert posts(code, "one", 2) == 1
    time_machine.move_to("2026-11-22 10:09:00+08:00", tick=False)
    with pytest.raises(TooManyPosts, match="请 2 分钟后再试"):
        take_post(code, "two")
    time_machine.move_to("2026-11-22 10:10:31+08:00", tick=False)
    assert posts(code, "three", 2) == 1
    assert set(VisitorCount.objects.values_list("key", flat=True)) == {"two", "three", str(code.pk)}


def test_a_count_that_a_refusal_would_roll_back_is_not_taken(code):
    with transaction.atomic(), pytest.raises(RuntimeError):
        take_post(code, "one")


@pytest.mark.parametrize("address", ["desk.example.cn", "https://desk.example.cn/path", "javascript:x"])
def test_the_address_for_visitors_is_a_web_address(address, manager):
    with pytest.raises(NotInRange, match="https://"):
        choose("servicedesk.visitor_address", address, manager)


def test_a_poster_needs_the_address_that_visitors_reach(code, manager, as_user):
    with pytest.raises(NoVisitorAddress):
        visitor_url("surveys:survey_answer", code)
    refused = as_user(manager).get(reverse("paper", args=["survey-poster-a4"]), {"id": code.pk})
    assert (refused.status_code, "还没有填写游客访问网址" in refused.content.decode()) == (409, True)
    choose("servicedesk.visitor_address", "https://desk.example.cn", manager)
    assert visitor_url("surveys:survey_answer", code) == f"https://desk.example.cn/surveys/q/{code.code}/"


def test_a_manager_hangs_up_a_code_on_the_screen(as_user, manager, point, zone):
    client = as_user(manager)
    answer = client.post(reverse("visitorcode_create"), {"name": "西门", "service_point": point.pk, "zone": zone.pk})
    made = VisitorCode.objects.get(name="西门")
    assert (answer.status_code, made.history.count()) == (302, 1)
    page = client.get(answer.url).content.decode()
    assert f'href="{reverse("surveys:survey_answer", args=[made.code])}"' in page
    assert "满意度问卷海报 A4" in page
