"""Reading the signs of a record for the reckoning in `likeness`."""

import datetime as dt
from collections.abc import Iterable, Sequence

from lostfound.choices import OTHER_CATEGORY
from lostfound.models import ContentLine, FoundItem, ItemCategory, LostReport, LostReportZone, ReportLine
from lostfound.services.likeness import Found, Lost, Thing
from servicedesk.models import Zone
from servicedesk.sealing import digest, tail

MOST_LETTERS = 2000


def neighbours(zones: Iterable[int]) -> dict[int, frozenset[int]]:
    """Ids of the zones next to each of `zones`, in one query."""
    links = Zone.neighbours.through.objects.filter(from_zone__in=set(zones))
    near: dict[int, set[int]] = {}
    for here, there in links.values_list("from_zone_id", "to_zone_id"):
        near.setdefault(here, set()).add(there)
    return {here: frozenset(there) for here, there in near.items()}


def kind_of(category: ItemCategory | None) -> int | None:
    """The id of a category that says something; None for “其他”."""
    return None if category is None or category.code == OTHER_CATEGORY else category.pk


def found_signs(
    item: FoundItem, near: dict[int, frozenset[int]], lines: Iterable[ContentLine] | None = None
) -> Found:
    """The signs of a found item. Reads `category` and, unless `lines` are given, `contents`: prefetch them for many."""
    lines = item.contents.all() if lines is None else lines
    contents = " ".join(f"{line.thing} {line.look} {line.features}" for line in lines)
    return Found(
        thing=Thing(
            kind=kind_of(item.category), thing=item.thing, brand=item.brand, colour=item.colour,
            features=f"{item.features} {item.spec} {contents}"[:MOST_LETTERS],
        ),
        found_at=item.found_at, zone=item.zone_id, near=near.get(item.zone_id, frozenset()),
        is_identity=item.category.is_identity, name=item.name_on_item,
        number_digest=item.number_on_item_digest, number_tail=item.number_on_item_tail,
    )


def lost_signs(
    report: LostReport, lines: Iterable[ReportLine] | None = None, steps: Iterable[LostReportZone] | None = None
) -> Lost:
    """The signs of a lost report. Reads `category` and, unless they are given, `lines` and `steps`."""
    chief = Thing(
        kind=kind_of(report.category), thing=report.thing, brand=report.brand, colour=report.colour,
        features=report.features[:MOST_LETTERS],
    )
    further = (
        Thing(kind=line.category_id, thing=line.thing, brand=line.look, colour=line.look, features=line.features)
        for line in (report.lines.all() if lines is None else lines)
    )
    return Lost(
        things=(chief, *further), lost_from=report.lost_from, lost_to=report.lost_to,
        zones=tuple(step.zone_id for step in (report.steps.all() if steps is None else steps)),
        names=(report.owner_name, report.name_on_item),
        number_digest=report.number_on_item_digest, number_tail=report.number_on_item_tail,
    )


def typed_signs(
    *, thing: Thing, lost_from: dt.datetime, lost_to: dt.datetime, zones: Sequence[int] = (), names: Sequence[str] = (),
    number: str = "", more: Sequence[Thing] = (),
) -> Lost:
    """The signs of a report that is still being typed."""
    return Lost(
        things=(thing, *more), lost_from=lost_from, lost_to=lost_to, zones=tuple(zones), names=tuple(names),
        number_digest=digest(number), number_tail=tail(number),
    )


def kinds_to_ask(chief: int | None, others: Iterable[int | None] = ()) -> list[int]:
    """Ids of the categories in which a counterpart may stand: the same ones and “其他”; all when it is unknown."""
    known = ItemCategory.objects.values_list("pk", "code")
    if chief is None:
        return [pk for pk, _ in known]
    wanted = {chief, *others}
    return [pk for pk, code in known if pk in wanted or code == OTHER_CATEGORY]
