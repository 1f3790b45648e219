"""Closing, review, reopening and the hand-over as people see them."""

import pytest
from django.urls import reverse

from dutylog.choices import DayState
from dutylog.models import ClosingExplanation, HandOver
from dutylog.services.seals import DaySeal
from servicedesk.services.today import waiting
from tests.conftest import PASSWORD
from tests.dutylog.conftest import local

pytestmark = pytest.mark.one_database


def address(name: str, record) -> str:
    return reverse(f"dutylog:{name}", args=[record.pk])


def text_of(response) -> str:
    return response.content.decode()


def filled(page) -> dict[str, str]:
    """What the closing page would send, with a reason under each miss."""
    form = page.context["form"]
    return {
        key: value for place, miss in enumerate(form.misses)
        for key, value in ((f"what_{place}", "|".join(miss.key)), (f"why_{place}", "停电,明早补做"))
    }


def test_the_closing_page_shows_each_gate_with_a_way_to_mend_it(full_day, as_user, second_clerk):
    page = text_of(as_user(second_clerk).get(address("dutyday_close", full_day)))
    assert "没有责任人和期限" in page
    assert page.count("已办") >= 2
    assert "去办" in page


def test_closing_without_a_reason_comes_back_with_the_sentence_and_what_was_typed(full_day, as_user, second_clerk):
    client = as_user(second_clerk)
    data = filled(client.get(address("dutyday_close", full_day)))
    data["why_0"] = ""
    page = client.post(address("dutyday_close", full_day), data)
    assert page.status_code == 422
    assert "没有办,也没有写说明" in text_of(page)
    full_day.refresh_from_db()
    assert not full_day.is_locked


def test_a_day_is_closed_from_the_page_and_bears_its_code(full_day, as_user, second_clerk):
    client = as_user(second_clerk)
    page = client.post(
        address("dutyday_close", full_day), filled(client.get(address("dutyday_close", full_day))), follow=True
    )
    full_day.refresh_from_db()
    assert full_day.state == DayState.CLOSED
    assert DaySeal.objects.get().short_code in text_of(page)
    assert "停电,明早补做" in text_of(page)
    assert ClosingExplanation.objects.exists()


@pytest.mark.parametrize(("secret", "status"), [("wrong-Pass-2026", 422), (PASSWORD, 302)])
def test_a_review_asks_for_the_password(closed_day, as_user, manager, secret, status):
    page = as_user(manager).post(address("dutyday_review", closed_day), {"secret": secret, "note": "已阅"})
    closed_day.refresh_from_db()
    assert page.status_code == status
    assert (closed_day.state == DayState.REVIEWED) is (status == 302)


def test_a_clerk_may_not_review_or_reopen(closed_day, as_user, clerk):
    client = as_user(clerk)
    assert client.get(address("dutyday_review", closed_day)).status_code == 403
    assert client.post(address("dutyday_reopen", closed_day), {"reason": "试"}).status_code == 403


def test_the_manager_reopens_with_a_reason(closed_day, as_user, manager):
    client = as_user(manager)
    assert client.post(address("dutyday_reopen", closed_day), {"reason": ""}).status_code == 422
    client.post(address("dutyday_reopen", closed_day), {"reason": "漏记一笔"})
    closed_day.refresh_from_db()
    assert closed_day.state == DayState.ON_DUTY


def test_a_closed_day_offers_review_addendum_and_reopening_only(closed_day, as_user, manager):
    page = text_of(as_user(manager).get(address("dutyday_detail", closed_day)))
    assert "审阅" in page
    assert "补记" in page
    assert "重新打开" in page
    assert "天气与值班人员" not in page


def test_the_head_is_reminded_of_days_not_reviewed_within_the_term(closed_day, manager, clock):
    assert "1 张值班表等您审阅" in [line.sentence for line in waiting(manager)]
    clock.move_to(local("18:01", closed_day.on.replace(day=25)))
    assert "1 张值班表等您审阅,其中 1 张已过审阅时限" in [line.sentence for line in waiting(manager)]


def test_a_day_left_open_is_called_in_on_the_next(full_day, clerk, clock):
    clock.move_to(local("08:30", full_day.on.replace(day=25)))
    assert "ZB-20261124 还没有闭班" in [line.sentence for line in waiting(clerk)]


def test_the_hand_over_goes_from_the_day_to_the_count(day, early, as_user, clerk):
    client = as_user(clerk)
    assert "开始清点" in text_of(client.get(reverse("dutylog:handover_create", args=[early.pk])))
    page = client.post(reverse("dutylog:handover_create", args=[early.pk]), follow=True)
    assert "备用金" in text_of(page)
    hand_over = HandOver.objects.get()
    lines = list(hand_over.lines.all())
    counts = {f"counted_{line.pk}": line.expected for line in lines} | {"note": "研学团 9 点到"}
    counts["version"] = hand_over.version
    client.post(address("handover_count", hand_over), counts)
    float_ = next(line for line in lines if line.label == "备用金")
    assert client.get(address("handover_count", hand_over)).context["form"][f"counted_{float_.pk}"].value() == "500"
    assert "研学团 9 点到" in text_of(client.get(address("handover_detail", hand_over)))
    again = client.get(reverse("dutylog:handover_create", args=[early.pk]))
    assert again.url == address("handover_detail", hand_over)


def test_a_count_that_is_no_number_comes_back(day, early, as_user, clerk):
    client = as_user(clerk)
    client.post(reverse("dutylog:handover_create", args=[early.pk]))
    hand_over = HandOver.objects.get()
    line = hand_over.lines.first()
    page = client.post(address("handover_count", hand_over), {f"counted_{line.pk}": "八"})
    assert page.status_code == 422
    assert "请写数字" in text_of(page)
