"""The manager's screen of the purge, and the command for a timer."""

import datetime as dt
import io

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from servicedesk.models import Draft, PurgeRun, Submission

pytestmark = pytest.mark.one_database

OLD = dt.timedelta(days=31)


@pytest.fixture
def old_drafts(clerk):
    """Two drafts that nobody came back to."""
    for key in ("a", "b"):
        Draft.objects.create(user=clerk, key=key, sealed_fields="x")
    Draft.objects.update(saved_at=timezone.now() - OLD)


def test_the_preview_changes_nothing_and_says_the_rule(as_user, manager, old_drafts):
    page = as_user(manager).get(reverse("purge")).content.decode()
    assert "没有保存的草稿 2 条" in page
    assert "最后一次填写后满 30 天" in page
    assert (Draft.objects.count(), PurgeRun.objects.count()) == (2, 0)


def test_a_purge_is_confirmed_by_reason_and_count(as_user, manager, old_drafts):
    client = as_user(manager)
    page = client.post(reverse("purge_run"), {"reason": "年度清理", "count": "2"}, follow=True).content.decode()
    assert "已清除:没有保存的草稿 2 条。" in page
    assert "年度清理" in page
    assert Draft.objects.count() == 0


@pytest.mark.parametrize(("typed", "said"), [
    ({"reason": "清理", "count": "3"}, "您填的是 3 条,现在到期的是 2 条"),
    ({"reason": "清理", "count": "二"}, "请照上面的合计填写条数。"),
    ({"reason": "", "count": "2"}, "请填写。"),
])
def test_a_wrong_count_or_no_reason_purges_nothing(as_user, manager, old_drafts, typed, said):
    page = as_user(manager).post(reverse("purge_run"), typed)
    assert page.status_code == 422
    assert said in page.content.decode()
    assert Draft.objects.count() == 2


def test_the_second_of_two_presses_finds_nothing_more(as_user, manager, old_drafts):
    client = as_user(manager)
    for status in (302, 422):
        assert client.post(reverse("purge_run"), {"reason": "清理", "count": "2"}).status_code == status
    assert (PurgeRun.objects.count(), Submission.objects.count()) == (1, 0)


def test_the_settings_screen_leads_to_the_purge_for_who_may(as_user, manager):
    assert reverse("purge") in as_user(manager).get(reverse("settings")).content.decode()


def test_a_dry_run_lists_and_changes_nothing(old_drafts):
    out = io.StringIO()
    call_command("purge_personal", "--dry-run", stdout=out)
    assert "没有保存的草稿:2 条(最后一次填写后满 30 天)" in out.getvalue()
    assert Draft.objects.count() == 2


def test_the_command_purges_in_the_name_of_a_person_and_may_be_repeated(manager, old_drafts):
    out = io.StringIO()
    for _ in range(2):
        call_command("purge_personal", "--by", manager.staff_no, stdout=out)
    assert out.getvalue().splitlines() == ["已清除:没有保存的草稿 2 条。", "现在没有到期的个人信息,不用清除。"]
    assert PurgeRun.objects.get().by == manager


@pytest.mark.parametrize("arguments", [[], ["--by", "nobody"], ["--by", "1001"]])
def test_the_command_refuses_without_somebody_who_may(clerk, old_drafts, arguments):
    with pytest.raises(CommandError):
        call_command("purge_personal", *arguments)
    assert Draft.objects.count() == 2
