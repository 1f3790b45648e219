"""Versions of the survey: each edit makes the next one, so what was answered stays as it was asked."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from surveys.errors.versions import EnglishNeeded, ItemTwice, NoItems, NothingChanged, TooManyItems
from surveys.models import SurveyItem, SurveyVersion

MOST_ITEMS = 20


@dataclass(frozen=True, kw_only=True)
class ItemFacts:
    """One item; `line` is its number through the versions, None for a new one."""

    text: str
    text_en: str
    line: int | None = None


@dataclass(frozen=True, kw_only=True)
class VersionFacts:
    """The wording of a version, and what it asks."""

    title: str
    title_en: str
    greeting: str
    greeting_en: str
    items: Sequence[ItemFacts]
    note: str = ""


WORDING = ("title", "title_en", "greeting", "greeting_en")


@transaction.atomic
def add_version(facts: VersionFacts, *, by) -> SurveyVersion:
    """Put the next version in use. Sheets that are out already, and answers, keep theirs.

    Raises:
        NoItems, TooManyItems, ItemTwice, EnglishNeeded: a slip of the hand.
        NothingChanged: it reads like the one in use.
    """
    _check(facts.items)
    last = SurveyVersion.objects.select_for_update().order_by("-number").first()
    if last is not None and _is_same(last, facts):
        raise NothingChanged(number=last.number)
    version = SurveyVersion.objects.create(
        number=last.number + 1 if last else 1, note=facts.note, at=timezone.now(), by=by,
        **{name: getattr(facts, name) for name in WORDING},
    )
    free, rows = _free_line(), []
    for order, item in enumerate(facts.items, start=1):
        line = item.line
        if line is None:
            line, free = free, free + 1
        rows.append(SurveyItem(version=version, line=line, order=order, text=item.text, text_en=item.text_en))
    SurveyItem.objects.bulk_create(rows)
    return version


def _free_line() -> int:
    """A number that no version has used: an item that comes later is not an old one come back."""
    used = SurveyItem.objects.order_by("-line").first()
    return used.line + 1 if used else 1


def _check(items: Sequence[ItemFacts]) -> None:
    if not items:
        raise NoItems
    if len(items) > MOST_ITEMS:
        raise TooManyItems(limit=MOST_ITEMS)
    seen: set[str] = set()
    for item in items:
        if item.text in seen:
            raise ItemTwice(text=item.text)
        if not item.text_en:
            raise EnglishNeeded(text=item.text)
        seen.add(item.text)


def _is_same(old: SurveyVersion, new: VersionFacts) -> bool:
    before = [(item.line, item.text, item.text_en) for item in old.items.order_by("order")]
    after = [(item.line, item.text, item.text_en) for item in new.items]
    return before == after and all(getattr(old, name) == getattr(new, name) for name in WORDING)
