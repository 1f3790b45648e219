"""Which rounds are owed on a duty day, which are done, and which were missed."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from checklists.choices import RoundKind, RoundState
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
    return owed_between(point, on, on)


def owed_between(point: ServicePoint, first: dt.date, last: dt.date) -> list[Owed]:
    """The rounds of the days from `first` to `last`, newest day first."""
    templates = _templates(point)
    rounds = Round.objects.filter(service_point=point, on__range=(first, last))
    begun = {(r.template_id, r.on): r for r in rounds.select_related("checked_by", "reviewed_by", "approved_by")}
    today = duty_date(timezone.now(), point)
    days = [last - dt.timedelta(days=back) for back in range((last - first).days + 1)]
    return [
        Owed(template=template, point=point, on=on, round=begun.get((template.pk, on)), is_past=on < today)
        for on in days for template in templates if template.valid_from <= on <= today
    ]


def _templates(point: ServicePoint) -> list[RoundTemplate]:
    """A desk without assets owes no round of them."""
    templates = RoundTemplate.objects.owed_at(point)
    has_assets = Asset.objects.in_use().filter(service_point=point).exists()
    return [t for t in templates if has_assets or t.kind != RoundKind.ASSETS]


def missed(points: Iterable[ServicePoint]) -> list[Owed]:
    """Rounds of earlier days that were neither walked nor approved as missed, within the setting's look back."""
    back = preferences.value("checklists.missed_days")
    found: list[Owed] = []
    for point in points:
        today = duty_date(timezone.now(), point)
        found += owed_between(point, today - dt.timedelta(days=back), today - dt.timedelta(days=1))
    return [owed for owed in found if owed.is_missed]
