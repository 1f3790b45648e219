"""Who comes into a pre-shift check after it has begun: somebody was put on the roster late, or came in for another."""

from django.db import transaction
from django.db.models import Max

from checklists.choices import RoundKind
from checklists.errors.rounds import CheckedAlready, NobodyToJoin
from checklists.models import Round, RoundLine
from checklists.services.rounds import lines_for, people_of, refuse_closed
from servicedesk.models import User
from servicedesk.services.transitions import note_history


def may_join(round_: Round) -> bool:
    """Whether people can come into a round at all."""
    return round_.kind == RoundKind.PRE_SHIFT and round_.is_running


def not_yet_in(round_: Round) -> list[User]:
    """Who stands on the day's roster now and is not looked at yet."""
    inside = set(round_.lines.values_list("person_id", flat=True))
    return [person for person in people_of(round_) if person.pk not in inside]


@transaction.atomic
def add_person(round_: Round, person: User, *, by) -> list[RoundLine]:
    """Ask of one more person what the round asks of everybody.

    Raises:
        NobodyToJoin: the round looks at things.
        RoundClosed: it runs no more.
        CheckedAlready: the person is in it.
    """
    # The round is held as by an answer: nobody finishes it meanwhile, and nobody comes in twice.
    round_ = Round.objects.select_for_update().get(pk=round_.pk)
    if round_.kind != RoundKind.PRE_SHIFT:
        raise NobodyToJoin(number=round_.number)
    refuse_closed(round_)
    if round_.lines.filter(person=person).exists():
        raise CheckedAlready(name=person.name, number=round_.number, field="person")
    last = round_.lines.aggregate(last=Max("order"))["last"] or 0
    lines = RoundLine.objects.bulk_create(lines_for([person], round_, first=last + 1))
    note_history(round_, by, f"加入 {person.name}")
    return lines
