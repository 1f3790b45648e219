"""The morning briefing on screen: typed, published, read, signed with password or PIN, compared, listed, printed."""

import datetime as dt
import re
from dataclasses import replace

import pytest
from django.urls import reverse

from dutylog.choices import BriefingState, ReceiptKind
from dutylog.models import Briefing, BriefingReceipt
from dutylog.services.briefings import amend_briefing, draft_briefing, publish_briefing
from servicedesk.services.pins import set_pin
from tests.conftest import PASSWORD
from tests.dutylog.briefings.conftest import TODAY

pytestmark = pytest.mark.one_database


def url(name: str, *args) -> str:
    return reverse(f"dutylog:briefing_{name}", args=args)


@pytest.fixture
def typed(team):
    """A page as the browser sends it."""

    def make(**more) -> dict:
        return {
            "on": "2026-11-24", "starts_at": "0740", "ends_at": "7:50", "host": team[0].pk, "recorder": team[1].pk,
            "expected": "6", "present": "5", "absences": "李六(轮休)",
            "operations": "开放项目:缆车", "yesterday": "投诉:无", "checks": ["dress"], "check_problems": "",
            "documents-TOTAL_FORMS": "1", "documents-INITIAL_FORMS": "0", "documents-0-number": "景安9号",
            "documents-0-title": "大客流预案", "documents-0-points": "分流",
            "tasks-TOTAL_FORMS": "2", "tasks-INITIAL_FORMS": "0", "tasks-0-matter": "清点雨伞",
            "tasks-0-owner": team[1].pk, "tasks-0-due_at": "0930", "tasks-1-matter": "", **more,
        }

    return make


def test_a_new_page_begins_with_what_the_system_knows(as_user, team):
    form = as_user(team[1]).get(url("create")).context["form"]
    assert (form.initial["expected"], form.initial["present"]) == (3, 3)
    assert form.initial["yesterday"] == "表扬:无\n问题:无\n投诉:无"
    assert form.initial["starts_at"] == dt.time(7, 40)
    assert not Briefing.objects.exists()


def test_a_page_is_typed_saved_and_published(as_user, team, supervisor, typed):
    answer = as_user(team[1]).post(url("create"), typed())
    briefing = Briefing.objects.get()
    assert answer.headers["Location"] == url("detail", briefing.pk)
    assert (briefing.starts_at, briefing.documents.count(), briefing.tasks.get().due_at) == (
        dt.time(7, 40), 1, dt.time(9, 30)
    )
    as_user(supervisor).post(url("publish", briefing.pk))
    briefing.refresh_from_db()
    assert briefing.state == BriefingState.PUBLISHED


@pytest.mark.parametrize(("wrong", "field"), [
    ({"starts_at": "2561"}, "starts_at"), ({"present": "7"}, "present"), ({"on": "2026-11-27"}, "on"),
    ({"host": ""}, "host"), ({"ends_at": "0739"}, "ends_at"), ({"operations": ""}, "operations"),
])
def test_bad_input_comes_back_at_its_field(as_user, team, typed, wrong, field):
    answer = as_user(team[1]).post(url("create"), typed(**wrong))
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not Briefing.objects.exists()


def test_a_line_without_its_matter_is_told_in_its_row(as_user, team, typed):
    answer = as_user(team[1]).post(url("create"), typed(**{"tasks-0-matter": "", "tasks-0-due_at": "0930"}))
    assert answer.status_code == 422
    assert "请填写事项。" in answer.content.decode()


def test_a_clerk_may_not_publish_and_a_foreman_may_not_write(as_user, draft, team, foreman):
    assert as_user(team[1]).post(url("publish", draft.pk)).status_code == 403
    assert as_user(foreman).get(url("create")).status_code == 403


def test_the_page_notes_its_reader_only_when_it_was_shown(as_user, published, team):
    browser = as_user(team[0])
    page = browser.get(url("detail", published.pk)).content.decode()
    assert not BriefingReceipt.objects.filter(kind=ReceiptKind.OPENED).exists()
    assert f'hx-post="{url("opened", published.pk)}"' in page
    assert browser.post(url("opened", published.pk)).status_code == 204
    assert BriefingReceipt.objects.get(kind=ReceiptKind.OPENED).reader.person == team[0]
    assert "hx-post" not in re.sub(r".*<main", "", browser.get(url("detail", published.pk)).content.decode())


@pytest.mark.parametrize("secret", [PASSWORD, "407193"])
def test_password_or_pin_signs(as_user, published, team, secret):
    set_pin(team[0], "407193")
    answer = as_user(team[0]).post(url("sign", published.pk), {"secret": secret, "edition": "1"})
    assert answer.headers["Location"] == url("detail", published.pk)
    assert BriefingReceipt.objects.get(kind=ReceiptKind.SIGNED).reader.person == team[0]


def test_a_wrong_pin_signs_nothing_and_is_counted(as_user, published, team):
    set_pin(team[0], "407193")
    browser = as_user(team[0])
    for left in (4, 3):
        answer = browser.post(url("sign", published.pk), {"secret": "407194", "edition": "1"})
        assert answer.status_code == 422
        assert f"还可以试 {left} 次" in answer.content.decode()
    assert not BriefingReceipt.objects.filter(kind=ReceiptKind.SIGNED).exists()


def test_a_page_changed_while_it_was_read_comes_back_with_the_new_words(as_user, published, changed, team):
    browser = as_user(team[2])
    browser.get(url("sign", published.pk))
    amend_briefing(published, changed, by=team[0], reason="栈道检修")
    answer = browser.post(url("sign", published.pk), {"secret": PASSWORD, "edition": "1"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "刚刚改为第 2 版" in page
    assert "停运项目:栈道检修" in page
    assert 'name="edition" value="2"' in page
    assert browser.post(url("sign", published.pk), {"secret": PASSWORD, "edition": "2"}).status_code == 302


def test_who_is_not_asked_is_told_so(as_user, published, supervisor):
    answer = as_user(supervisor).post(url("sign", published.pk), {"secret": PASSWORD, "edition": "1"})
    assert "您不在 JJ-20261124 的审阅名单里" in answer.content.decode()


def test_a_change_asks_for_its_reason_and_the_page_shows_who_must_sign_again(
    as_user, published, typed, team, supervisor, signs
):
    signs(published, team[0])
    browser = as_user(supervisor)
    first, second = published.tasks.all()
    data = typed(
        operations="开放项目:缆车\n停运项目:栈道", reason="栈道检修", version=Briefing.objects.get().version,
        **{"tasks-INITIAL_FORMS": "2", "tasks-0-pk": first.pk, "tasks-1-pk": second.pk, "tasks-1-matter": "贴公告"},
    )
    assert browser.post(url("edit", published.pk), {**data, "reason": ""}).status_code == 422
    assert browser.post(url("edit", published.pk), data).status_code == 302
    page = as_user(team[0]).get(url("detail", published.pk)).content.decode()
    assert "您签过之后内容又改了" in page
    assert "须重签" in page
    assert "第 1 版" in page


def test_two_versions_stand_beside_each_other(as_user, published, changed, team):
    browser = as_user(team[0])
    assert browser.get(url("compare", published.pk)).status_code == 404
    amend_briefing(published, changed, by=team[0], reason="栈道检修")
    page = browser.get(url("compare", published.pk)).content.decode()
    assert '<ins><span class="visually-hidden">新增:</span>停运项目:栈道检修</ins>' in page
    assert browser.get(url("compare", published.pk) + "?new=2&old=9").status_code == 200


def test_what_waits_for_a_signature_stands_on_the_start_page(as_user, published, team, signs, manager):
    assert "早会记录 JJ-20261124 等您审阅签字" in as_user(team[0]).get(reverse("start")).content.decode()
    assert "等您审阅签字" not in as_user(manager).get(reverse("start")).content.decode()
    signs(published, team[0])
    assert "等您审阅签字" not in as_user(team[0]).get(reverse("start")).content.decode()


def test_the_heads_check_asks_for_the_password(as_user, published, manager):
    browser = as_user(manager)
    assert browser.post(url("close", published.pk), {"secret": "falsch"}).status_code == 422
    published.refresh_from_db()
    assert published.state == BriefingState.PUBLISHED
    browser.post(url("close", published.pk), {"secret": PASSWORD})
    published.refresh_from_db()
    assert published.state == BriefingState.CLOSED


def test_a_note_and_a_finished_task_show_on_the_page(as_user, published, team):
    browser = as_user(team[1])
    browser.post(url("note", published.pk), {"text": "研学团改为 150 人"})
    browser.post(url("task_done", published.tasks.get(matter="清点雨伞").pk))
    page = browser.get(url("detail", published.pk)).content.decode()
    assert "补1 研学团改为 150 人" in page
    assert published.tasks.get(matter="清点雨伞").done_by == team[1]


def test_the_book_narrows_by_days_and_by_what_is_unsigned(as_user, published, team, signs):
    def listed(query: str) -> list[Briefing]:
        page = as_user(team[0]).get(f"{url('list')}?{query}")
        return [row.record for row in page.context["table"].paginated_rows]

    assert listed("pending=on") == [published]
    signs(published, team[0])
    assert listed("pending=on") == []
    assert listed("unsigned=on") == [published]
    assert listed("since=2026-11-24&until=2026-11-24") == [published]
    assert listed("since=2026-11-25") == []
    assert listed("q=缆车") == [published]


def test_the_book_costs_the_same_with_one_and_with_three(
    as_user, published, facts, team, point, django_assert_max_num_queries
):
    browser = as_user(team[0])

    def cost() -> int:
        with django_assert_max_num_queries(30) as counted:
            assert browser.get(f"{url('list')}?all=1").status_code == 200
        return len(counted.captured_queries)

    cost()
    alone = cost()
    for back in (1, 2):
        publish_briefing(_another(facts, back, team, point), by=team[0])
    assert cost() == alone


def _another(facts, back, team, point):
    return draft_briefing(replace(facts, on=TODAY - dt.timedelta(days=back)), by=team[1], point=point)


def test_the_workbook_holds_the_signed_count(as_user, published, team, signs):
    signs(published, *team[:3])
    answer = as_user(team[0]).get(url("export") + "?all=1")
    assert answer.status_code == 200
    page = as_user(team[0]).get(f"{url('list')}?all=1").content.decode()
    assert "3/6" in page


def test_a_page_of_another_desk_is_not_there(as_user, published, outsider):
    assert as_user(outsider).get(url("detail", published.pk)).status_code == 404
