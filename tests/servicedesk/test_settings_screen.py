"""The settings screen: every declared number, judged by its declaration, with its history."""

import datetime as dt

import pytest
from django.urls import reverse

from servicedesk.errors import NotInRange
from servicedesk.forms.settings import PreferenceForm
from servicedesk.models import Setting
from servicedesk.services import preferences
from servicedesk.services.preferences import Preference, checked, choose, choose_default

pytestmark = pytest.mark.one_database

IDLE = "servicedesk.idle_minutes"


def one(kind: str, default, **more) -> Preference:
    return Preference(key="test.one", label="某参数", group="测试", kind=kind, default=default, **more)


@pytest.mark.parametrize("declaration", preferences.declared(), ids=lambda d: d.key)
def test_every_default_is_allowed_by_its_own_declaration(declaration):
    assert checked(declaration, declaration.default) == declaration.default


@pytest.mark.parametrize("declaration", preferences.declared(), ids=lambda d: d.key)
def test_every_preference_can_be_opened_and_saved_as_it_is(as_user, manager, declaration):
    client, address = as_user(manager), reverse("setting_edit", args=[declaration.key])
    shown = client.get(address).context["form"]["value"].value()
    value = f"{shown:%H:%M}" if isinstance(shown, dt.time) else shown
    page = client.post(address, {"value": value, "reason": "核对"})
    assert page.url == reverse("settings")
    assert Setting.objects.get().value == declaration.default


@pytest.mark.parametrize(("kind", "more", "good", "bad"), [
    ("integer", {"minimum": 3, "maximum": 9}, [3, 9], [2, 10, "5", 5.0, True, None]),
    ("money", {}, ["0", "12.5"], ["-1", "abc", "NaN", "Infinity", None]),
    ("text", {}, ["字"], ["", "  ", "长" * 501, 3]),
    ("boolean", {}, [True, False], ["yes", 1, None]),
    ("choice", {"choices": (("a", "甲"), ("b", "乙"))}, ["a"], ["c", "", None]),
    ("choices", {"choices": (("a", "甲"), ("b", "乙"))}, [["a"], ["a", "b"]], [[], ["c"], ["a", "c"], None]),
    ("time", {}, ["18:00"], ["25:00", "", None]),
    ("lines", {}, [["一", "二"], []], ["text", ["行"] * 201, None]),
])
def test_a_value_outside_its_declaration_is_refused(kind, more, good, bad):
    declaration = one(kind, good[0], **more)
    assert [checked(declaration, value) for value in good] == good
    for value in bad:
        with pytest.raises(NotInRange):
            checked(declaration, value)


@pytest.mark.parametrize("typed", ["0", "241", "十", "", "1e3", "9" * 50])
def test_the_screen_refuses_a_number_out_of_range_and_says_what_is_allowed(as_user, manager, typed):
    page = as_user(manager).post(reverse("setting_edit", args=[IDLE]), {"value": typed, "reason": "试"})
    assert page.status_code == 422
    assert ("应在 1 到 240 分钟之间" if typed else "请填写。") in page.content.decode()
    assert Setting.objects.exists() is False


def test_a_change_needs_a_reason(as_user, manager):
    assert as_user(manager).post(reverse("setting_edit", args=[IDLE]), {"value": "5"}).status_code == 422


def test_a_change_counts_at_once_and_is_told_with_old_new_who_and_why(as_user, manager, second_clerk):
    client = as_user(manager)
    client.post(reverse("setting_edit", args=[IDLE]), {"value": "5", "reason": "前台人多"})
    assert preferences.value(IDLE) == 5
    client.post(reverse("setting_default", args=[IDLE]))
    assert preferences.value(IDLE) == 10
    told = client.get(reverse("setting_edit", args=[IDLE])).context["timeline"]
    assert [(t["who"], t["title"], t["reason"], t["changes"][0]["old"], t["changes"][0]["new"]) for t in told] == [
        ("吴刚", "恢复默认", "恢复默认", "5 分钟", "10 分钟"), ("吴刚", "修改", "前台人多", "10 分钟", "5 分钟"),
    ]


def test_the_list_names_who_changed_what_is_not_at_its_default(as_user, manager):
    choose(IDLE, 5, manager, "试")
    choose("servicedesk.page_rows", 50, manager, "试")
    choose_default("servicedesk.page_rows", manager)
    page = as_user(manager).get(reverse("settings"))
    changed = [line["preference"].key for group in page.context["groups"] for line in group["lines"] if line["changed"]]
    assert changed == [IDLE]


def test_an_unknown_preference_is_not_found(as_user, manager):
    client = as_user(manager)
    assert client.get(reverse("setting_edit", args=["no.such"])).status_code == 404
    assert client.post(reverse("setting_default", args=["no.such"])).status_code == 404


@pytest.mark.parametrize(("kind", "more", "typed", "clean"), [
    ("boolean", {}, {}, False),
    ("boolean", {}, {"value": "on"}, True),
    ("lines", {}, {"value": "一\r\n\r\n 二 "}, ["一", "二"]),
    ("money", {}, {"value": "¥1,280.5"}, "1280.5"),
])
def test_each_kind_has_its_widget(kind, more, typed, clean, manager):
    declaration = one(kind, True if kind == "boolean" else ["x"] if kind == "lines" else "5", **more)
    form = PreferenceForm({**typed, "reason": "试"}, user=manager, declaration=declaration)
    assert form.is_valid(), form.errors
    assert checked(declaration, form.cleaned_data["value"]) == clean
