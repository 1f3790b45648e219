"""Many desks press at the same moment: one succeeds, the others are told who was faster."""

import threading
from collections import Counter

import pytest
from django.db import connection

from lostfound.choices import ClaimState, ItemState, MoveKind, Verdict
from lostfound.errors.claims import AlreadyReleased, ClaimAlreadyOpen
from lostfound.models import Claim, FoundItem, ItemCategory
from lostfound.services.claim_documents import record_document
from lostfound.services.claim_statements import add_statement, judge_statement, open_for_view
from lostfound.services.claims import approve_claim, open_claim
from lostfound.services.competing import open_competing_claim
from lostfound.services.release import HandOver, release_found_item
from servicedesk.errors import Refusal
from servicedesk.models import Signature

pytestmark = pytest.mark.django_db(transaction=True)
RELEASES = 200
OPENINGS = 20


def all_at_once(act, numbers) -> list:
    """Run `act(number)` in as many threads, each with its own connection; the outcome or the refusal of each."""
    outcomes: dict = {}
    gate = threading.Barrier(len(numbers))

    def run(number):
        try:
            connection.ensure_connection()
            gate.wait(timeout=60)
            outcomes[number] = act(number)
        except Refusal as refusal:
            outcomes[number] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in numbers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [outcomes.get(number, "no answer") for number in numbers]


@pytest.fixture
def umbrellas(db):
    """Tests with real transactions begin on empty tables: the category is made anew."""
    return ItemCategory.objects.get_or_create(name="雨具", defaults={"code": "12"})[0]


@pytest.fixture
def free_item(umbrellas, make_item):
    return make_item(category=umbrellas)


@pytest.fixture
def approved(free_item, facts, proof, clerk):
    claim = open_claim(free_item, facts(), by=clerk)
    for text in ("伞柄内侧刻着 M", "有一根伞骨弯了"):
        add_statement(claim, text, by=clerk)
    record_document(claim, proof(), by=clerk)
    open_for_view(claim, by=clerk)
    for statement in claim.statements.all():
        judge_statement(statement, Verdict.AGREES, by=clerk)
    return approve_claim(claim, by=clerk)


def test_of_200_simultaneous_releases_one_succeeds_and_199_hear_who_was_faster(approved, clerk, second_clerk):
    people = [clerk, second_clerk]
    desks = [Claim.objects.get(pk=approved.pk) for _ in range(RELEASES)]

    outcomes = all_at_once(
        lambda n: release_found_item(desks[n], HandOver(pieces=1), by=people[n % 2]), range(RELEASES)
    )

    assert Counter(type(outcome) for outcome in outcomes) == {Claim: 1, AlreadyReleased: RELEASES - 1}
    winner = next(outcome for outcome in outcomes if isinstance(outcome, Claim)).handed_over_by
    assert {o.facts["who"] for o in outcomes if isinstance(o, AlreadyReleased)} == {winner.name}
    item = FoundItem.objects.get(pk=approved.item_id)
    assert (item.state, item.moves.filter(kind=MoveKind.RELEASE).count()) == (ItemState.RETURNED, 1)
    assert Signature.objects.of(approved).count() == 2
    assert item.claims.filter(state=ClaimState.HANDED_OVER).count() == 1


def test_of_20_claims_opened_at_once_one_is_opened(free_item, facts, clerk):
    desks = [FoundItem.objects.get(pk=free_item.pk) for _ in range(OPENINGS)]

    outcomes = all_at_once(
        lambda n: open_claim(desks[n], facts(claimant_name=f"认领人{n}"), by=clerk), range(OPENINGS)
    )

    assert Counter(type(outcome) for outcome in outcomes) == {Claim: 1, ClaimAlreadyOpen: OPENINGS - 1}
    assert [c.number for c in Claim.objects.all()] == [f"{free_item.number}-R1"]


def test_rivals_who_come_at_once_are_all_kept_with_their_own_numbers(free_item, facts, clerk):
    open_claim(free_item, facts(), by=clerk)

    outcomes = all_at_once(
        lambda n: open_competing_claim(free_item, facts(claimant_name=f"争领人{n}"), by=clerk), range(8)
    )

    assert {type(outcome) for outcome in outcomes} == {Claim}
    assert sorted(c.number for c in Claim.objects.all()) == sorted(f"{free_item.number}-R{n}" for n in range(1, 10))
    assert set(Claim.objects.values_list("state", flat=True)) == {ClaimState.ESCALATED}


def test_a_release_and_a_rival_at_the_same_moment_never_both_win(approved, facts, clerk, second_clerk):
    desk, item = Claim.objects.get(pk=approved.pk), FoundItem.objects.get(pk=approved.item_id)

    release, rival = all_at_once(
        lambda n: release_found_item(desk, HandOver(pieces=1), by=clerk) if n == 0
        else open_competing_claim(item, facts(claimant_name="李四"), by=second_clerk), range(2)
    )

    assert sum(isinstance(outcome, Claim) for outcome in (release, rival)) == 1
    state = FoundItem.objects.get(pk=item.pk).state
    assert state == (ItemState.RETURNED if isinstance(release, Claim) else ItemState.CLAIMING)
