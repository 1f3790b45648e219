"""现场发还 and 备案: back to the owner in the field, and the sheet at the desk before the end of the day."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from lostfound.choices import ClaimState, IntakeKind, ItemState, MatchState, ReportState
from lostfound.errors.claims import DocumentNotOriginal, ForbiddenThing, NamesDiffer, TooFewStatements
from lostfound.errors.items import (
    AlreadyFiled,
    DeskPresenceNeeded,
    ForemanTakesPart,
    HandedInBeforeFound,
    ItemOnHold,
    NotOnTheSpot,
    NotToFileYet,
    OwnerCameTooEarly,
    OwnerOnlyOnSpot,
    SupervisorMustWitness,
    WitnessNeeded,
    WitnessTakesPart,
)
from lostfound.models import Claim, FoundItem, ItemCategory, Match
from lostfound.services.items import accept_field_item, hold_item
from lostfound.services.on_spot import file_on_spot
from lostfound.services.on_spot_return import SpotReturn, return_on_spot
from servicedesk.errors import NotPossibleNow
from servicedesk.models import Signature


@pytest.fixture
def came(facts, proof, now):
    """The lower half of the sheet, all in order."""

    def make(**more) -> SpotReturn:
        return SpotReturn(**{
            "claim": facts(), "proof": proof(), "statements": ("伞柄刻着 M", "第三根伞骨弯"),
            "owner_came_at": now - dt.timedelta(minutes=10), "desk_absent_reason": "缆车上站,客服赶不到", **more,
        })

    return make


@pytest.fixture
def give_back(came, foreman, second_clerk):
    """Return a thing on the spot: `give_back(on_spot, witness=…)`."""

    def act(item, *, by=foreman, foreman=foreman, witness=second_clerk, **more) -> Claim:
        return return_on_spot(item, came(**more), by=by, foreman=foreman, witness=witness)

    return act


def test_a_return_on_the_spot_ends_thing_and_claim_with_four_signatures(on_spot, give_back, guard, foreman):
    claim = give_back(on_spot)
    assert (on_spot.state, claim.state, on_spot.holder) == (ItemState.RETURNED, ClaimState.HANDED_OVER, None)
    roles = [s.role for s in Signature.objects.of(claim).order_by("pk")]
    assert roles == ["认领人", "领班", "见证员工", "拾物员工"]
    last = on_spot.moves.last()
    assert (last.from_person, last.to_text) == (guard, f"认领人({claim.number})")
    assert (on_spot.foreman, on_spot.filed_at) == (foreman, None)
    assert list(FoundItem.objects.unfiled()) == [on_spot]


@pytest.mark.parametrize("missing", ["foreman", "witness"])
def test_foreman_and_witness_both_stand_by(on_spot, give_back, missing):
    with pytest.raises(WitnessNeeded):
        give_back(on_spot, **{missing: None})


def test_the_witness_is_neither_finder_nor_foreman_nor_claimant(on_spot, give_back, guard, foreman, make_person):
    for person in (guard, foreman, make_person("3001", "杨明静", "客服员")):
        with pytest.raises(WitnessTakesPart):
            give_back(on_spot, witness=person)


def test_the_foreman_is_not_the_finder(on_spot, give_back, guard):
    with pytest.raises(ForemanTakesPart):
        give_back(on_spot, foreman=guard)


def test_the_desk_came_or_it_is_said_why_not(on_spot, give_back, now):
    with pytest.raises(DeskPresenceNeeded):
        give_back(on_spot, desk_absent_reason=" ")
    give_back(on_spot, desk_absent_reason="", desk_came_at=now - dt.timedelta(minutes=15))
    assert on_spot.desk_came_at is not None


@pytest.mark.parametrize("category", ["手机", "身份证护照", "首饰"])
def test_valuables_documents_and_phones_need_the_supervisor_as_witness(
    register, guard, give_back, supervisor, category
):
    item = register(category, intake_kind=IntakeKind.ON_SPOT, finder=guard, is_field_held=True)
    with pytest.raises(SupervisorMustWitness):
        give_back(item)
    assert give_back(item, witness=supervisor).state == ClaimState.HANDED_OVER


def test_names_must_agree_on_the_spot_too_and_nothing_stays_of_a_refusal(on_spot, give_back, proof, card):
    with pytest.raises(NamesDiffer, match="同音不同字"):
        give_back(on_spot, proof=proof(owner=card(name="杨民敬")))
    on_spot.refresh_from_db()
    assert (on_spot.state, Claim.objects.count()) == (ItemState.FIELD_HELD, 0)


def test_the_owner_of_a_confirmed_lost_report_is_compared_on_the_spot_and_the_report_ends_as_found(
    on_spot, give_back, make_report
):
    report = make_report(owner_name="杨民敬", state=ReportState.MATCHED)
    Match.objects.create(item=on_spot, report=report, score=80, state=MatchState.CONFIRMED)
    with pytest.raises(NamesDiffer, match="失物登记"):
        give_back(on_spot)
    report.owner_name = "杨明静"
    report.save()
    claim = give_back(on_spot)
    report.refresh_from_db()
    assert (claim.report, report.state, report.found_item) == (report, ReportState.FOUND, on_spot)


def test_a_forbidden_thing_goes_to_the_police_not_back_to_whoever_asks(on_spot, give_back):
    on_spot.category = ItemCategory.objects.get(is_forbidden=True)
    on_spot.save()
    with pytest.raises(ForbiddenThing):
        give_back(on_spot)


def test_a_photocopy_is_refused_on_the_spot(on_spot, give_back, proof, card):
    with pytest.raises(DocumentNotOriginal):
        give_back(on_spot, proof=proof(owner=card(form="photocopy")))


def test_the_owner_says_two_things_first(on_spot, give_back):
    with pytest.raises(TooFewStatements):
        give_back(on_spot, statements=("黑色的", "  "))


def test_a_delegate_goes_to_the_desk(on_spot, give_back, delegated):
    with pytest.raises(OwnerOnlyOnSpot):
        give_back(on_spot, proof=delegated())


@pytest.mark.parametrize("minutes", [-60, 30])
def test_the_owner_came_between_the_find_and_now(on_spot, give_back, now, minutes):
    with pytest.raises(OwnerCameTooEarly):
        give_back(on_spot, owner_came_at=now + dt.timedelta(minutes=minutes))


def test_a_thing_on_hold_or_at_the_desk_is_not_given_back_in_the_field(register, on_spot, give_back, supervisor, guard,
                                                                     clerk):
    hold_item(on_spot, by=supervisor, reason="争议")
    with pytest.raises(ItemOnHold):
        give_back(on_spot)
    at_desk = register(intake_kind=IntakeKind.ON_SPOT, finder=guard, is_field_held=True)
    accept_field_item(at_desk, by=clerk)
    with pytest.raises(NotPossibleNow):
        give_back(at_desk)


def test_it_is_given_back_once(on_spot, give_back):
    stale = FoundItem.objects.get(pk=on_spot.pk)
    give_back(on_spot)
    with pytest.raises(NotPossibleNow):
        give_back(stale)


# ---- filing


@pytest.mark.parametrize(("hours", "is_late"), [(3, False), (9, True), (26, True)])
def test_the_sheet_is_filed_that_day_and_a_late_one_is_taken_and_marked(
    on_spot, give_back, clerk, foreman, hours, is_late
):
    noon = timezone.localtime().replace(hour=12, minute=0)
    FoundItem.objects.filter(pk=on_spot.pk).update(found_at=noon - dt.timedelta(days=1))
    with time_machine.travel(noon, tick=False):
        give_back(on_spot, owner_came_at=noon - dt.timedelta(minutes=5))
    with time_machine.travel(noon + dt.timedelta(hours=hours), tick=False):
        file_on_spot(on_spot, by=clerk, foreman=foreman)
    assert (on_spot.filed_by, on_spot.is_filed_late) == (clerk, is_late)
    assert list(FoundItem.objects.unfiled()) == []
    assert [s.signer for s in Signature.objects.of(on_spot)] == [foreman]


def test_a_return_after_the_shift_may_be_filed_till_midnight(on_spot, give_back, clerk, foreman):
    evening = timezone.localtime().replace(hour=20, minute=0)
    FoundItem.objects.filter(pk=on_spot.pk).update(found_at=evening - dt.timedelta(hours=1))
    with time_machine.travel(evening, tick=False):
        give_back(on_spot, owner_came_at=evening - dt.timedelta(minutes=5))
    with time_machine.travel(evening + dt.timedelta(hours=3), tick=False):
        assert file_on_spot(on_spot, by=clerk, foreman=foreman).is_filed_late is False


def test_filing_happens_once_and_only_for_what_was_given_back(on_spot, register, give_back, clerk, foreman, now):
    with pytest.raises(NotToFileYet):
        file_on_spot(on_spot, by=clerk, foreman=foreman)
    with pytest.raises(NotOnTheSpot):
        file_on_spot(register(), by=clerk, foreman=foreman)
    give_back(on_spot)
    with pytest.raises(HandedInBeforeFound):
        file_on_spot(on_spot, by=clerk, foreman=foreman, at=now - dt.timedelta(days=2))
    file_on_spot(on_spot, by=clerk, foreman=foreman)
    with pytest.raises(AlreadyFiled):
        file_on_spot(on_spot, by=clerk, foreman=foreman)
