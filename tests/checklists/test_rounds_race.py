"""Many desks at one moment: one round, one follow-up, one signature, one tag each."""

import threading

import pytest
from django.db import connection
from django.utils import timezone

from checklists.choices import RoundKind
from checklists.models import Asset, Round, RoundTemplate
from checklists.services.answers import Given, answer_line, lines_of
from checklists.services.assets import AssetFacts, register_asset
from checklists.services.rounds import finish_round, start_round
from dutylog.models import FollowUp
from servicedesk.errors import Refusal
from servicedesk.models import Message, Signature

DESKS = 8
pytestmark = pytest.mark.django_db(transaction=True)


def at_once(act, times=DESKS) -> list:
    """Run `act` in threads that start together; each answers with its result or its refusal."""
    gate, answers = threading.Barrier(times), [None] * times

    def run(place):
        gate.wait()
        try:
            answers[place] = act()
        except Refusal as refusal:
            answers[place] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[place]) for place in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return answers


@pytest.fixture
def equipment(db) -> RoundTemplate:
    return RoundTemplate.objects.get(kind=RoundKind.EQUIPMENT)


def test_a_round_started_at_once_by_eight_is_one(equipment, clerk, point):
    today = timezone.localdate()
    rounds = at_once(lambda: start_round(equipment, today, by=clerk, point=point))
    assert len({round_.pk for round_ in rounds}) == 1
    assert Round.objects.get().lines.count() == 11


def test_a_failure_sent_at_once_by_eight_is_one_follow_up_and_one_notice(equipment, clerk, safety_officer, point):
    round_ = start_round(equipment, timezone.localdate(), by=clerk, point=point)
    line = lines_of(round_)[0]
    at_once(lambda: answer_line(line, Given(answer="failed", remark="灯没关"), by=clerk))
    assert FollowUp.objects.count() == 1
    assert Message.objects.filter(person=safety_officer).count() == 1


def test_a_round_signed_at_once_by_eight_bears_one_name(equipment, clerk, point):
    round_ = start_round(equipment, timezone.localdate(), by=clerk, point=point)
    for line in lines_of(round_):
        answer_line(line, Given(answer="none" if line.needs_photo else "ok"), by=clerk)
    answers = at_once(lambda: finish_round(Round.objects.get(pk=round_.pk), by=clerk))
    assert sum(isinstance(answer, Refusal) for answer in answers) == DESKS - 1
    assert Signature.objects.of(round_).count() == 1


def test_tags_taken_at_once_are_all_different(equipment, supervisor, point):
    facts = AssetFacts(name="对讲机", area="后场")
    made = at_once(lambda: register_asset(facts, by=supervisor, point=point, code="HC"))
    assert sorted(asset.number for asset in made) == [f"KF-HC-{n:04d}" for n in range(1, DESKS + 1)]
    assert Asset.objects.count() == DESKS
