"""Templates: made, edited into the next version, put in and out of use."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from checklists.choices import AnswerKind
from checklists.errors.templates import ItemTwice, NameTaken, NoItems, NumberNeedsQuantity
from checklists.models import RoundTemplate, TemplateItem, TemplateVersion
from servicedesk.services.transitions import note_history


@dataclass(frozen=True, kw_only=True)
class TemplateFacts:
    """The head of a template."""

    name: str
    kind: str
    due_at: dt.time
    service_point: Any = None
    is_active: bool = True


@dataclass(frozen=True, kw_only=True)
class ItemFacts:
    """One line of a version; `line` is its number through the versions, None for a new one."""

    text: str
    line: int | None = None
    area: str = ""
    category: str = ""
    expected: str = ""
    answer_kind: str = AnswerKind.TICK
    expected_number: int | None = None
    photo_required: bool = False
    told_role: str = ""
    told_person: Any = None


@dataclass(frozen=True, kw_only=True)
class VersionFacts:
    """What is asked, and who hears of a failure when the item names nobody."""

    items: Sequence[ItemFacts]
    told_role: str = ""
    told_person: Any = None
    note: str = ""


@transaction.atomic
def make_template(facts: TemplateFacts, version: VersionFacts, *, by) -> RoundTemplate:
    """A new template with its first version.

    Raises:
        NameTaken, NoItems, ItemTwice, NumberNeedsQuantity: a slip of the hand.
    """
    _check_name(facts, None)
    template = RoundTemplate(**vars(facts))
    template._history_user = by
    template.save()
    add_version(template, version, by=by)
    return template


@transaction.atomic
def edit_template(template: RoundTemplate, facts: TemplateFacts, version: VersionFacts, *, by) -> RoundTemplate:
    """Change the head, and make the next version when the items or whom to tell differ.

    Raises:
        NameTaken, NoItems, ItemTwice, NumberNeedsQuantity: a slip of the hand.
    """
    template = RoundTemplate.objects.select_for_update().get(pk=template.pk)
    _check_name(facts, template)
    RoundTemplate.objects.filter(pk=template.pk).update(**vars(facts))
    template.refresh_from_db()
    note_history(template, by, version.note)
    if not _is_same(template.current(), version):
        add_version(template, version, by=by)
    return template


def _check_name(facts: TemplateFacts, own: RoundTemplate | None) -> None:
    same = RoundTemplate.objects.filter(name=facts.name.strip(), service_point=facts.service_point)
    if same.exclude(pk=own.pk if own else None).exists():
        raise NameTaken(name=facts.name, field="name")


def _is_same(old: TemplateVersion | None, new: VersionFacts) -> bool:
    if old is None or (old.told_role, old.told_person) != (new.told_role, new.told_person):
        return False
    names = [name for name in ItemFacts.__dataclass_fields__ if name != "line"]
    before = [(item.line, *(getattr(item, name) for name in names)) for item in old.items.select_related("told_person")]
    return before == [(item.line, *(getattr(item, name) for name in names)) for item in new.items]


def add_version(template: RoundTemplate, facts: VersionFacts, *, by) -> TemplateVersion:
    """The next version; rounds begun before keep theirs. Asset rounds take their lines from the list of assets."""
    _check_items(template, facts.items)
    last = template.versions.order_by("-number").first()
    version = TemplateVersion.objects.create(
        template=template, number=last.number + 1 if last else 1, told_role=facts.told_role,
        told_person=facts.told_person, note=facts.note.strip()[:100], at=timezone.now(), by=by,
    )
    free = _free_line(template)
    rows = []
    for order, item in enumerate(facts.items, start=1):
        line = item.line
        if line is None:
            line, free = free, free + 1
        rows.append(TemplateItem(version=version, order=order, **{**vars(item), "line": line}))
    TemplateItem.objects.bulk_create(rows)
    return version


def _free_line(template: RoundTemplate) -> int:
    """A number that no version has used: a line that comes later is not an old one come back."""
    used = TemplateItem.objects.filter(version__template=template).order_by("-line").first()
    return used.line + 1 if used else 1


def _check_items(template: RoundTemplate, items: Sequence[ItemFacts]) -> None:
    if not items and not template.takes_assets:
        raise NoItems
    seen: set[tuple[str, str]] = set()
    for item in items:
        if (item.area, item.text) in seen:
            raise ItemTwice(text=item.text)
        seen.add((item.area, item.text))
        if item.answer_kind == AnswerKind.NUMBER and item.expected_number is None:
            raise NumberNeedsQuantity(text=item.text)
