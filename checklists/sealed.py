"""What of the rounds is sealed with a closed day: those of the day, and those written on it, with all their answers."""

from collections.abc import Sequence

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet

from checklists.choices import SETTLED_ROUND_STATES
from checklists.models import Round, RoundLine
from dutylog.models import DutyDay, LogEntry
from dutylog.sealedparts import Row, SealedPart, add_sealed_part, part_as_it_stood
from servicedesk.models import Signature


def rounds_of(day: DutyDay) -> QuerySet[Round]:
    """The rounds of a duty day; one walked late belongs to the day on which it was written too."""
    kind = ContentType.objects.get_for_model(Round)
    written = LogEntry.objects.filter(day=day, content_type=kind).values("object_id")
    return Round.objects.filter(Q(day=day) | Q(pk__in=written)).order_by()


def lines_of(day: DutyDay) -> QuerySet[RoundLine]:
    """Answers of rounds that are settled; one still under way goes on, and is sealed with the day that sees its end."""
    settled = rounds_of(day).filter(state__in=SETTLED_ROUND_STATES)
    return RoundLine.objects.filter(round__in=settled.values("pk")).order_by("pk")


def same_lines(day: DutyDay, sealed: Sequence[Row]) -> QuerySet[RoundLine]:  # noqa: ARG001
    """All lines of the rounds that were sealed: one put in later is seen."""
    return RoundLine.objects.filter(round__in={row["round_id"] for row in sealed}).order_by("pk")


def signatures_of(day: DutyDay) -> QuerySet[Signature]:
    kind = ContentType.objects.get_for_model(Round)
    return Signature.objects.filter(content_type=kind, object_id__in=rounds_of(day).values("pk")).order_by("pk")


def same_signatures(day: DutyDay, sealed: Sequence[Row]) -> QuerySet[Signature]:  # noqa: ARG001
    return Signature.objects.filter(pk__in=[row["id"] for row in sealed]).order_by("pk")


add_sealed_part(part_as_it_stood("rounds", Round, lambda day: rounds_of(day).values("pk")))
add_sealed_part(SealedPart(key="round_lines", model=RoundLine, rows=lines_of, again=same_lines))
add_sealed_part(SealedPart(key="round_signatures", model=Signature, rows=signatures_of, again=same_signatures))
