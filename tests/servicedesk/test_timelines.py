"""The time line says what happened in the desk's words, and nothing twice."""

import datetime as dt

import pytest
from django.utils import timezone

from lostfound.choices import ClaimPath, ClaimState, IntakeKind, ItemState, VerifyMeans
from lostfound.models import Claim, FoundItem, ItemCategory
from servicedesk.services.timelines import timeline
from servicedesk.services.transitions import amend, move

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim(clerk, point, zone) -> Claim:
    now = timezone.now()
    item = FoundItem.objects.create(
        number="SW-20261122-001", service_point=point, created_at=now, created_by=clerk, thing="雨伞", zone=zone,
        intake_kind=IntakeKind.VISITOR, state=ItemState.CLAIMING, category=ItemCategory.objects.get(code="12"),
        found_at=now, handed_in_at=now, holder=clerk,
    )
    claim = Claim(
        number="SW-20261122-001-R1", service_point=point, created_at=now, created_by=clerk, item=item,
        state=ClaimState.VERIFYING, item_state_before=ItemState.IN_CUSTODY, path=ClaimPath.OWNER,
        claimant_name="杨明静", phone="13800001234",
    )
    claim._history_user = clerk
    claim.save()
    return claim


def test_a_change_of_state_is_called_by_the_new_state_and_tells_only_what_is_new(claim, clerk):
    means = [VerifyMeans.FEATURES.value, VerifyMeans.NAME.value]
    move(claim, ClaimState.APPROVED, by=clerk, approved_at=timezone.now(), approved_by=clerk, verified_by_means=means)
    last = timeline(claim, [])[0]
    assert (last["title"], last["who"]) == ("核验通过", "王芳")
    assert last["changes"] == [{
        "label": "核实方式", "old": "—", "new": f"{VerifyMeans.FEATURES.label}、{VerifyMeans.NAME.label}",
    }]


def test_a_change_of_state_without_a_reason_is_told(claim, clerk):
    move(claim, ClaimState.APPROVED, by=clerk, approved_at=timezone.now(), approved_by=clerk)
    assert [line["title"] for line in timeline(claim, [])] == ["核验通过", "登记"]


def test_another_time_and_another_person_are_told(claim, clerk, second_clerk):
    yesterday = timezone.now() - dt.timedelta(days=1)
    amend(claim, by=clerk, approved_at=yesterday, approved_by=second_clerk)
    last = timeline(claim, [])[0]
    assert last["title"] == "修改"
    assert {change["new"] for change in last["changes"]} == {yesterday, str(second_clerk)}


def test_the_reason_of_a_change_is_told_once(claim, clerk):
    move(claim, ClaimState.REJECTED, by=clerk, reason="说不清", reject_reason="说不清", ended_at=timezone.now())
    last = timeline(claim, [])[0]
    assert (last["title"], last["reason"], last["changes"]) == ("未通过", "说不清", [])
