"""The start page's alarms: each appears when it should, to whom it concerns, and goes away."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from lostfound.models import FoundItem, ItemCategory
from lostfound.today import numbers, starts, waiting
from servicedesk.services.today import starts as offered

NOON = dt.datetime(2026, 11, 22, 12, 0, tzinfo=dt.timezone(dt.timedelta(hours=8)))
NIGHT = NOON.replace(hour=19)


@pytest.fixture
def make_item(point, clerk, zone):
    def make(**facts) -> FoundItem:
        now = timezone.now()
        values = {
            "number": f"SW-{FoundItem.objects.count()}", "service_point": point, "thing": "手机", "zone": zone,
            "category": ItemCategory.objects.get(code="12"), "intake_kind": "visitor", "state": "in_custody",
            "found_at": now, "handed_in_at": now, "created_at": now, "created_by": clerk, "announced_at": now, **facts,
        }
        return FoundItem.objects.create(**values)

    return make


def sentences(user) -> list[str]:
    return [line.sentence for line in waiting(user)]


def test_a_quiet_desk_waits_for_nothing(clerk, supervisor, manager):
    assert [sentences(p) for p in (clerk, supervisor, manager)] == [[], [], []]


@pytest.mark.parametrize(("moment", "tone"), [(NOON, "ochre"), (NIGHT, "cinnabar")])
def test_a_valuable_not_handed_over_is_an_alarm_after_the_shift(make_item, clerk, moment, tone):
    with time_machine.travel(moment, tick=False):
        item = make_item(is_valuable=True)
        line = waiting(clerk)[0]
        assert (line.tone, "1 件贵重物品还没有交给失物招领负责人" in line.sentence) == (tone, True)
        item.custodian_took_at = timezone.now()
        item.save()
        assert waiting(clerk) == []


def test_an_item_without_notice_is_named_after_the_days_of_the_setting(make_item, custodian):
    make_item(announced_at=None, handed_in_at=timezone.now() - dt.timedelta(days=2, minutes=1))
    make_item(announced_at=None, handed_in_at=timezone.now() - dt.timedelta(days=1))
    assert sentences(custodian) == ["1 件物品入库超过 2 天还没有公告,法定期限还没有开始计算"]


def test_a_field_item_and_an_unfiled_sheet_wait(make_item, clerk, foreman):
    make_item(intake_kind="on_spot", state="field_held", foreman=foreman)
    make_item(intake_kind="on_spot", state="returned", foreman=foreman)
    found = sentences(clerk)
    assert any("还在拾物员工手里" in s for s in found)
    assert any("1 张现场发还单" in s for s in found)
    assert sentences(foreman) == ["您有 2 张现场拾物单今天要交服务台备案"]


def test_a_term_that_ends_today_is_not_over_and_yesterdays_is(make_item, clerk):
    make_item(desk_due_on=timezone.localdate())
    assert sentences(clerk) == []
    make_item(desk_due_on=timezone.localdate() - dt.timedelta(days=1))
    assert sentences(clerk) == ["1 件物品本处保管期已满"]


def test_another_desk_is_not_told(make_item, outsider):
    make_item(is_valuable=True)
    assert sentences(outsider) == []
    assert {n.label: n.value for n in numbers(outsider)}["在库"] == 0


def test_six_numbers_and_four_starts_for_a_clerk_none_for_the_administrator(make_item, clerk, admin):
    make_item()
    assert [n.value for n in numbers(clerk)] == [1, 0, 1, 0, 0, 0]
    assert len(starts(clerk)) == 4
    assert numbers(admin) == []
    assert offered(admin) == []


@pytest.mark.parametrize("rows", [1, 3])
def test_the_start_page_asks_few_questions_whatever_the_rows(
    make_item, as_user, clerk, rows, django_assert_max_num_queries
):
    for _ in range(rows):
        make_item(is_valuable=True)
    browser = as_user(clerk)
    browser.get("/")
    with django_assert_max_num_queries(32):
        assert browser.get("/").status_code == 200
