"""Good deeds: out of a staff find by themselves, others by hand, counted when verified."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone

from lostfound.choices import GoodDeedKind, GoodDeedState, IntakeKind, ItemState
from lostfound.errors import deeds as refusals
from lostfound.models import FoundItem, GoodDeed
from lostfound.services.deeds import (
    GoodDeedFacts,
    draft_good_deed,
    edit_good_deed,
    pay_reward,
    register_good_deed,
    verify_good_deed,
    withdraw_good_deed,
    withdraw_good_deeds_of,
)
from lostfound.services.figures import deeds_of_year, good_deed_month, people_of_year
from servicedesk.errors import EditedMeanwhile, NotPossibleNow, ReasonNeeded


@pytest.fixture
def staff_find(make_item, guard) -> FoundItem:
    return make_item(
        "手机", thing="手机", brand="华为", unit="部", intake_kind=IntakeKind.STAFF, finder=guard,
        finder_post="安保部 巡逻岗", found_at=timezone.make_aware(dt.datetime(2026, 10, 31, 23, 50)),
        estimated_value=Decimal(3000),
    )


@pytest.fixture
def helping(guard):
    """A deed that is no find: `helping(summary="…")`."""

    def make(**more) -> GoodDeedFacts:
        return GoodDeedFacts(**{
            "kind": GoodDeedKind.HELPING, "person": guard, "on": dt.date(2026, 11, 20),
            "summary": "背受伤游客下山", **more,
        })

    return make


@pytest.fixture
def deed(helping, clerk, point) -> GoodDeed:
    return register_good_deed(helping(), by=clerk, point=point)


def test_a_staff_find_drafts_its_deed_with_nothing_typed_twice(staff_find, guard, clerk):
    deed = draft_good_deed(staff_find, by=clerk)
    assert deed.number.startswith("HR-")
    assert (deed.state, deed.kind, deed.person, deed.item) == (
        GoodDeedState.DRAFT, GoodDeedKind.FINDING, guard, staff_find,
    )
    assert (deed.on, deed.person_post) == (dt.date(2026, 10, 31), "安保部 巡逻岗")
    assert deed.summary == "在观景台拾到黑色 华为 手机 1部,主动上交"


def test_a_find_makes_one_deed_however_often_it_is_asked(staff_find, clerk):
    assert draft_good_deed(staff_find, by=clerk) == draft_good_deed(staff_find, by=clerk)
    assert GoodDeed.objects.count() == 1


def test_a_visitors_find_and_a_void_one_make_none(item, staff_find, clerk):
    assert draft_good_deed(item, by=clerk) is None
    staff_find.state = ItemState.VOID
    assert draft_good_deed(staff_find, by=clerk) is None
    assert GoodDeed.objects.count() == 0


def test_a_draft_follows_its_find_and_a_verified_deed_does_not(staff_find, clerk, supervisor):
    draft_good_deed(staff_find, by=clerk)
    staff_find.colour = "银色"
    deed = draft_good_deed(staff_find, by=clerk)
    assert deed.summary == "在观景台拾到银色 华为 手机 1部,主动上交"
    verify_good_deed(deed, by=supervisor)
    staff_find.colour = "红色"
    assert draft_good_deed(staff_find, by=clerk).summary == "在观景台拾到银色 华为 手机 1部,主动上交"


def test_a_corrected_finder_takes_the_deed_over_and_back_again(staff_find, guard, make_person, clerk):
    first = draft_good_deed(staff_find, by=clerk)
    staff_find.finder = make_person("2002", "高山")
    second = draft_good_deed(staff_find, by=clerk)
    first.refresh_from_db()
    assert (first.state, first.withdraw_reason) == (GoodDeedState.WITHDRAWN, "拾物人更正为高山")
    staff_find.finder = guard
    assert draft_good_deed(staff_find, by=clerk) == first
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, first.withdraw_reason, second.state) == (GoodDeedState.DRAFT, "", GoodDeedState.WITHDRAWN)


def test_other_kinds_are_written_by_hand_as_drafts(deed, guard):
    assert (deed.state, deed.item, deed.person_post) == (GoodDeedState.DRAFT, None, "客服部 员工")


@pytest.mark.parametrize(("wrong", "refusal"), [
    ({"kind": GoodDeedKind.FINDING}, refusals.FindingComesFromFind),
    ({"summary": "  "}, refusals.SummaryNeeded),
    ({"on": dt.date(2999, 1, 1)}, refusals.DeedOnFutureDay),
    ({"on": dt.date(1999, 12, 31)}, refusals.DeedTooOld),
])
def test_what_cannot_be_is_refused(helping, clerk, point, wrong, refusal):
    with pytest.raises(refusal):
        register_good_deed(helping(**wrong), by=clerk, point=point)
    assert GoodDeed.objects.count() == 0


def test_the_same_deed_is_not_written_twice_unless_the_first_was_withdrawn(deed, helping, clerk, point):
    with pytest.raises(refusals.DeedAlreadyThere, match=deed.number):
        register_good_deed(helping(), by=clerk, point=point)
    withdraw_good_deed(deed, by=clerk, reason="写错人")
    assert register_good_deed(helping(), by=clerk, point=point).state == GoodDeedState.DRAFT


def test_a_supervisor_verifies_but_never_their_own(deed, helping, clerk, point, supervisor):
    verify_good_deed(deed, by=supervisor)
    assert (deed.state, deed.verified_by) == (GoodDeedState.VERIFIED, supervisor)
    own = register_good_deed(helping(person=supervisor), by=clerk, point=point)
    with pytest.raises(refusals.OwnDeed, match="周敏"):
        verify_good_deed(own, by=supervisor)
    with pytest.raises(NotPossibleNow):
        verify_good_deed(deed, by=supervisor)


def test_withdrawing_needs_a_reason_and_happens_once(deed, supervisor):
    with pytest.raises(ReasonNeeded):
        withdraw_good_deed(deed, by=supervisor, reason="")
    withdraw_good_deed(deed, by=supervisor, reason="查无此事")
    with pytest.raises(NotPossibleNow):
        withdraw_good_deed(deed, by=supervisor, reason="再撤")
    assert deed.history.first().history_change_reason == "查无此事"


def test_a_voided_find_withdraws_its_deed(staff_find, clerk, supervisor):
    deed = verify_good_deed(draft_good_deed(staff_find, by=clerk), by=supervisor)
    assert withdraw_good_deeds_of(staff_find, by=supervisor, reason="拾物作废:误登") == 1
    assert withdraw_good_deeds_of(staff_find, by=supervisor, reason="再来一次") == 0
    deed.refresh_from_db()
    assert (deed.state, deed.withdraw_reason) == (GoodDeedState.WITHDRAWN, "拾物作废:误登")


def test_feedback_and_reward_may_be_noted_on_a_find_but_not_its_facts(staff_find, helping, clerk):
    deed = draft_good_deed(staff_find, by=clerk)
    edit_good_deed(deed, helping(feedback="锦旗一面", reward="200 元"), by=clerk, version=deed.version)
    assert (deed.feedback, deed.reward, deed.kind) == ("锦旗一面", "200 元", GoodDeedKind.FINDING)
    assert deed.summary.startswith("在观景台拾到")


def test_a_hand_written_deed_may_be_put_right_and_two_editors_are_told(deed, helping, clerk, make_person):
    other = make_person("2002", "高山")
    read = deed.version
    edit_good_deed(deed, helping(person=other, summary="陪走失儿童等家长"), by=clerk, version=read)
    assert (deed.person, deed.summary) == (other, "陪走失儿童等家长")
    with pytest.raises(EditedMeanwhile):
        edit_good_deed(deed, helping(), by=clerk, version=read)
    with pytest.raises(refusals.FindingComesFromFind):
        edit_good_deed(deed, helping(kind=GoodDeedKind.FINDING), by=clerk)


def test_a_withdrawn_deed_is_not_edited(deed, helping, clerk):
    withdraw_good_deed(deed, by=clerk, reason="重复")
    with pytest.raises(refusals.DeedWithdrawn):
        edit_good_deed(deed, helping(), by=clerk)


def test_a_reward_is_paid_once_and_only_when_verified_and_proposed(deed, helping, clerk, supervisor, manager):
    with pytest.raises(refusals.NoRewardToPay):
        pay_reward(deed, by=manager)
    edit_good_deed(deed, helping(reward="200 元"), by=clerk)
    verify_good_deed(deed, by=supervisor)
    pay_reward(deed, by=manager, on=dt.date(2026, 12, 5))
    pay_reward(deed, by=manager, on=dt.date(2026, 12, 6))
    assert deed.reward_paid_on == dt.date(2026, 12, 5)


def test_the_month_counts_verified_deeds_of_its_days_alone(staff_find, helping, clerk, supervisor, point, other_point):
    october = verify_good_deed(draft_good_deed(staff_find, by=clerk), by=supervisor)
    last = register_good_deed(helping(on=dt.date(2026, 10, 1)), by=clerk, point=point)
    verify_good_deed(last, by=supervisor)
    for facts, where in (
        (helping(), point), (helping(on=dt.date(2026, 9, 30)), point), (helping(on=dt.date(2026, 10, 2)), other_point),
    ):
        verify_good_deed(register_good_deed(facts, by=clerk, point=where), by=supervisor)
    register_good_deed(helping(on=dt.date(2026, 10, 15)), by=clerk, point=point)
    month = good_deed_month(point, dt.date(2026, 10, 31))
    assert list(month.rows) == [last, october]
    assert (month.times, month.things, month.worth) == (2, 1, Decimal(3000))
    assert good_deed_month(None, dt.date(2026, 10, 1)).times == 3
    assert good_deed_month(point, dt.date(2025, 1, 1)).times == 0


def test_a_year_is_counted_per_person(deed, helping, clerk, supervisor, point, guard):
    verify_good_deed(deed, by=supervisor)
    rescue = register_good_deed(helping(kind=GoodDeedKind.RESCUE, on=dt.date(2026, 1, 1)), by=clerk, point=point)
    verify_good_deed(rescue, by=supervisor)
    register_good_deed(helping(on=dt.date(2026, 2, 1)), by=clerk, point=point)
    assert deeds_of_year(guard, 2026) == {"助人": 1, "救助": 1, "合计": 2}
    assert deeds_of_year(guard, 2025) == {"合计": 0}
    assert [(row["person__name"], row["times"]) for row in people_of_year(point, 2026)] == [("马超", 2)]
