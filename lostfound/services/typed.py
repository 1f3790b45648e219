"""Reading a form that is still being typed, for what the system knows at its side."""

from collections.abc import Mapping

from lostfound.models import ItemCategory
from lostfound.services.valuables import guess_category


def typed_category(typed: Mapping[str, str]) -> ItemCategory | None:
    """The chosen category, else the one guessed from the thing."""
    categories = list(ItemCategory.objects.filter(is_active=True))
    key = typed_key(typed.get("category", ""))
    chosen = next((c for c in categories if c.pk == key), None)
    return chosen or guess_category(typed.get("thing", ""), categories)


def typed_key(text: str) -> int | None:
    """A primary key as a select sends it; None for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
