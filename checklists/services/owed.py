"""Which rounds are owed on a duty day, which are done, and which were missed."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils import timezone

from checklists.choices import RoundState
from checklists.models import Asset, Round, RoundTemplate
from dutylog.services.days import duty_date
from servicedesk.models import ServicePoint
from servicedesk.services import preferences


@dataclass(frozen=True, kw_only=True)
class Owed:
    """A round that a desk owes on a duty day; `round` is None before it is begun."""

    template: RoundTemplate
    point: ServicePoint
    on: dt.date
    round: Round | None
    is_past: bool

    @property
    def is_settled(self) -> bool:
        return self.round is not None and self.round.state != RoundState.RUNNING

    @property
    def is_missed(self) -> bool:
        """The day is over and nobody has walked, or not to the end."""
        return self.is_past and not self.is_settled

    @property
    def is_overdue(self) -> bool:
        return not self.is_settled and timezone.now() > self.template.due_moment(self.on)


def owed_on(point: ServicePoint, on: dt.date) -> list[Owed]:
    """The rounds of one duty day, in the order of their hours."""
    return owed_between([point], on, on)


def owed_between(points: Sequence[ServicePoint], first: dt.date, last: dt.date) -> list[Owed]:
    """The rounds of the days from `first` to `last` at some desks, newest day first."""
    begun = _begun(points, first, last)
    own = _templates(points)
    days = [last - dt.timedelta(days=back) for back in range((last - first).days + 1)]
    found: list[Owed] = []
    for point in points:
        today = duty_date(timezone.now(), point)
        found += [
            Owed(
                template=template, point=point, on=on, is_past=on < today,
                round=begun.get((point.pk, template.pk, on)),
            )
            for on in days for template in own[point.pk] if template.valid_from <= on <= today
        ]
    return found


def _begun(points: Sequence[ServicePoint], first: dt.date, last: dt.date) -> dict[tuple, Round]:
    rounds = Round.objects.filter(service_point__in=points, on__range=(first, last))
    rows = rounds.select_related("checked_by", "reviewed_by", "approved_by")
    return {(row.service_point_id, row.template_id, row.on): row for row in rows}


def _templates(points: Sequence[ServicePoint]) -> dict[int, list[RoundTemplate]]:
    """What each desk looks at; a desk without assets owes no round of them."""
    templates = list(RoundTemplate.objects.filter(is_active=True))
    owners = set(Asset.objects.in_use().filter(service_point__in=points).order_by().values_list(
        "service_point_id", flat=True).distinct())
    return {
        point.pk: [
            t for t in templates
            if t.service_point_id in {None, point.pk} and (point.pk in owners or not t.takes_assets)
        ]
        for point in points
    }


def missed(points: Iterable[ServicePoint]) -> list[Owed]:
    """Rounds of earlier days that were neither walked nor approved as missed, within the setting's look back."""
    today = timezone.localdate()
    back = preferences.value("checklists.missed_days")
    found = owed_between(list(points), today - dt.timedelta(days=back), today)
    return [owed for owed in found if owed.is_missed]
