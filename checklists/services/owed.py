"""Which rounds are owed on a duty day, which are done, and which were missed."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from checklists.choices import RoundState
from checklists.models import Asset, Round, RoundTemplate
from dutylog.services.days import duty_date
from servicedesk.models import ServicePoint
from servicedesk.services import kept, preferences


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


def owed_on(point: ServicePoint, on: dt.date, *, today: dt.date | None = None) -> list[Owed]:
    """The rounds of one duty day, in the order of their hours; `today`: the desk's, where it is in hand."""
    now = {point.pk: today or duty_date(timezone.now(), point)}
    return owed_of([point], on, on, today=now, rounds=rounds_between([point], on, on))


def owed_of(
    points: Sequence[ServicePoint], first: dt.date, last: dt.date, *, today: Mapping[int, dt.date],
    rounds: Iterable[Round],
) -> list[Owed]:
    """What desks owe from `first` to `last`, newest day first: by each desk's `today` and the `rounds` begun."""
    begun = {(row.service_point_id, row.template_id, row.on): row for row in rounds}
    own = {point.pk: templates for point, templates in templates_at(points).items()}
    days = [last - dt.timedelta(days=back) for back in range((last - first).days + 1)]
    return [
        Owed(
            template=template, point=point, on=on, is_past=on < today[point.pk],
            round=begun.get((point.pk, template.pk, on)),
        )
        for point in points for on in days for template in own[point.pk]
        if template.valid_from <= on <= today[point.pk] and point.was_open(on)
    ]


def rounds_between(points: Sequence[ServicePoint], first: dt.date, last: dt.date) -> QuerySet[Round]:
    """The rounds of desks that were begun for the days from `first` to `last`."""
    rows = Round.objects.filter(service_point__in=points, on__range=(first, last))
    return rows.select_related("checked_by", "reviewed_by", "approved_by")


def templates_at(points: Sequence[ServicePoint]) -> dict[ServicePoint, list[RoundTemplate]]:
    """What each desk looks at; a desk without assets owes no round of them."""
    templates = kept.rows_of(RoundTemplate.objects.filter(is_active=True))
    owners = set(kept.rows_of(Asset.objects.in_use().filter(service_point__in=points).order_by().values_list(
        "service_point_id", flat=True).distinct()))
    return {
        point: [
            t for t in templates
            if t.service_point_id in {None, point.pk} and (point.pk in owners or not t.takes_assets)
        ]
        for point in points
    }


def look_back() -> tuple[dt.date, dt.date]:
    """The days within which a missed round is called for: the setting's, until today."""
    today = timezone.localdate()
    return today - dt.timedelta(days=preferences.value("checklists.missed_days")), today


def missed(point: ServicePoint, *, today: dt.date | None = None) -> list[Owed]:
    """Rounds of earlier days that were neither walked nor approved as missed, within the setting's look back."""
    return missed_of([point], today={point.pk: today or duty_date(timezone.now(), point)})


def missed_of(points: Sequence[ServicePoint], *, today: Mapping[int, dt.date]) -> list[Owed]:
    """The same of several desks, by each one's duty day."""
    days = look_back()
    found = owed_of(points, *days, today=today, rounds=rounds_between(points, *days))
    return [owed for owed in found if owed.is_missed]
