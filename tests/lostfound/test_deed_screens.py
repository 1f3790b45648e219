"""Good deeds on screen: by hand, verified by one or many, withdrawn, rewarded, counted by year."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from lostfound.choices import GoodDeedKind, GoodDeedState, IntakeKind
from lostfound.models import GoodDeed
from lostfound.services.deeds import GoodDeedFacts, draft_good_deed, register_good_deed

pytestmark = pytest.mark.one_database


def url(name: str, *args) -> str:
    return reverse(f"lostfound:gooddeed_{name}", args=args)


@pytest.fixture
def make_deed(clerk, point, guard):
    """A deed written by hand: `make_deed(summary="…")`."""

    def make(at=point, **more) -> GoodDeed:
        facts = {"kind": GoodDeedKind.HELPING, "person": guard, "on": dt.date(2026, 11, 20),
                 "summary": f"背受伤游客下山 {GoodDeed.objects.count()}", **more}
        return register_good_deed(GoodDeedFacts(**facts), by=clerk, point=at)

    return make


@pytest.fixture
def typed(guard):
    def make(**more) -> dict:
        return {"person": guard.pk, "kind": "helping", "on": "2026-11-20", "summary": "陪走失儿童等家长", **more}

    return make


def test_a_clerk_writes_a_deed_and_it_waits_for_the_supervisor(as_user, clerk, typed):
    answer = as_user(clerk).post(url("create"), typed(feedback="口头感谢"))
    deed = GoodDeed.objects.get()
    assert answer.headers["Location"] == url("detail", deed.pk)
    assert (deed.state, deed.feedback) == (GoodDeedState.DRAFT, "口头感谢")


@pytest.mark.parametrize(("wrong", "field"), [
    ({"person": ""}, "person"), ({"person": "999999"}, "person"), ({"kind": "finding"}, "kind"),
    ({"on": "2999-01-01"}, "on"), ({"on": "不知"}, "on"), ({"summary": " "}, "summary"),
    ({"summary": "长" * 301}, "summary"), ({"reward": "奖" * 61}, "reward"),
])
def test_bad_input_comes_back_at_its_field(as_user, clerk, typed, wrong, field):
    answer = as_user(clerk).post(url("create"), typed(**wrong))
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert GoodDeed.objects.count() == 0


def test_a_deed_written_twice_is_told_its_number(as_user, clerk, typed):
    as_user(clerk).post(url("create"), typed())
    answer = as_user(clerk).post(url("create"), typed())
    assert answer.status_code == 422
    assert f"马超这一天已有同样的记录 {GoodDeed.objects.get().number}" in answer.content.decode()


def test_a_find_shows_only_feedback_and_reward_to_edit(as_user, clerk, make_item, guard):
    item = make_item("手机", thing="手机", intake_kind=IntakeKind.STAFF, finder=guard)
    deed = draft_good_deed(item, by=clerk)
    browser = as_user(clerk)
    form = browser.get(url("edit", deed.pk)).context["form"]
    assert set(form.fields) == {"feedback", "reward", "version"}
    browser.post(url("edit", deed.pk), {"feedback": "锦旗一面", "reward": "200 元", "version": deed.version})
    deed.refresh_from_db()
    assert (deed.feedback, deed.reward, deed.summary[:5]) == ("锦旗一面", "200 元", "在观景台拾")


def test_verifying_paying_and_withdrawing_follow_each_other(as_user, supervisor, make_deed):
    deed = make_deed(reward="200 元")
    browser = as_user(supervisor)

    def labels() -> list[str]:
        return [step["label"] for step in browser.get(url("detail", deed.pk)).context["steps"]]

    assert labels() == ["核实", "编辑", "撤回"]
    browser.post(url("verify", deed.pk))
    assert labels() == ["奖励已兑现", "编辑", "撤回"]
    browser.post(url("pay", deed.pk))
    assert labels() == ["编辑", "撤回"]
    browser.post(url("withdraw", deed.pk), {"reason": "查无此事"})
    assert labels() == []
    deed.refresh_from_db()
    assert (deed.state, deed.reward_paid_on) == (GoodDeedState.WITHDRAWN, timezone.localdate())


def test_a_clerk_may_not_verify(as_user, clerk, make_deed):
    deed = make_deed()
    assert as_user(clerk).post(url("verify", deed.pk)).status_code == 403
    deed.refresh_from_db()
    assert deed.state == GoodDeedState.DRAFT


def test_nobody_verifies_their_own_deed_and_then_none_of_the_chosen(as_user, supervisor, make_deed):
    other, own = make_deed(), make_deed(person=supervisor)
    browser = as_user(supervisor)
    assert browser.post(url("verify", own.pk)).status_code == 409
    browser.post(url("bulk"), {"action": "verify", "pick": [other.pk, own.pk]})
    assert GoodDeed.objects.filter(state=GoodDeedState.VERIFIED).count() == 0
    browser.post(url("bulk"), {"action": "verify", "pick": [other.pk]})
    assert list(GoodDeed.objects.filter(state=GoodDeedState.VERIFIED)) == [other]


def test_the_record_page_counts_the_persons_year(as_user, supervisor, make_deed):
    first, _ = make_deed(), make_deed(kind=GoodDeedKind.RESCUE, on=dt.date(2025, 12, 31))
    browser = as_user(supervisor)
    browser.post(url("verify", first.pk))
    groups = browser.get(url("detail", first.pk)).context["fact_groups"]
    assert groups[-1] == {
        "title": "马超 2026 年", "rows": [{"label": "已核实", "value": "助人 1、合计 1", "kind": "wide"}],
    }


def test_the_book_narrows_by_days_state_and_reward(as_user, clerk, make_deed):
    early = make_deed(on=dt.date(2026, 10, 31), reward="200 元")
    late = make_deed(on=dt.date(2026, 11, 1))

    def listed(query: str) -> list[GoodDeed]:
        page = as_user(clerk).get(f"{url('list')}?{query}")
        return [row.record for row in page.context["table"].paginated_rows]

    assert listed("since=2026-10-31&until=2026-10-31") == [early]
    assert listed("since=2026-11-01") == [late]
    assert listed("reward=0") == [early]
    assert listed("state=verified") == []
    assert listed("q=machao") == [late, early]


def test_the_book_costs_the_same_with_one_and_with_three(as_user, clerk, make_deed, django_assert_max_num_queries):
    browser = as_user(clerk)
    make_deed()

    def cost() -> int:
        with django_assert_max_num_queries(20) as counted:
            assert browser.get(f"{url('list')}?all=1").status_code == 200
        return len(counted.captured_queries)

    cost()
    alone = cost()
    make_deed()
    make_deed()
    assert cost() == alone


def test_a_deed_of_another_desk_is_not_there(as_user, outsider, make_deed):
    deed = make_deed()
    assert as_user(outsider).get(url("detail", deed.pk)).status_code == 404
