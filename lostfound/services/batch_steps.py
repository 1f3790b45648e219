"""What a list of things to hand over needs next, and for whom it waits."""

from dataclasses import dataclass

from django.db.models import QuerySet

from lostfound.choices import BatchKind, BatchState
from lostfound.services.batches import may
from lostfound.services.handing import may_close


@dataclass(frozen=True)
class NextStep:
    """The act, the word for it, and whether the preparer may not do it."""

    act: str
    word: str
    by_another: bool = False


NEXT_STEPS = {
    BatchState.PREPARED: NextStep("review", "复核", by_another=True),
    BatchState.REVIEWED: NextStep("approve", "批准", by_another=True),
    BatchState.APPROVED: NextStep("execute", "移交"),
    BatchState.EXECUTED: NextStep("close", "结清"),
}


def awaiting(rows: QuerySet, user, state: str) -> QuerySet:
    """Lists in `state` whose next step this person may take; never the second look at one's own list."""
    step = NEXT_STEPS[BatchState(state)]
    kinds = [kind for kind in BatchKind.values if _may(user, step.act, kind)]
    mine = rows.filter(state=state, kind__in=kinds)
    return mine.exclude(created_by=user) if step.by_another else mine


def _may(user, act: str, kind: str) -> bool:
    return may_close(user, kind) if act == "close" else may(user, act, kind)
