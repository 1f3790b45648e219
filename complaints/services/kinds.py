"""类别 and 细类 as the setting offers them, as choices of a form and as what is kept."""

from complaints.categories import Category, read_category
from complaints.errors.complaints import NoSuchCategory
from servicedesk.services import preferences

# Between the two levels in a form's value; no name holds it.
SEPARATOR = "|"


def categories() -> list[Category]:
    """The categories of the settings."""
    return [read_category(line) for line in preferences.value("complaints.categories")]


def category_choices(kept: tuple[str, str] = ("", "")) -> list[tuple]:
    """Choices of a select: each category with its parts as a group; `kept` even when the setting lost it."""
    choices: list[tuple] = [("", "请选择")]
    known = {("", "")}
    for category in categories():
        rows = [(f"{category.name}{SEPARATOR}", category.name)]
        rows += [(f"{category.name}{SEPARATOR}{part}", f"{category.name} · {part}") for part in category.parts]
        known |= {split(value) for value, _ in rows}
        choices.append((category.name, rows))
    if kept not in known:
        choices.append((joined(*kept), " · ".join(part for part in kept if part)))
    return choices


def joined(category: str, subcategory: str) -> str:
    """The form's value of a kept pair."""
    return f"{category}{SEPARATOR}{subcategory}" if category else ""


def split(value: str) -> tuple[str, str]:
    """The pair of a form's value."""
    category, _, subcategory = value.partition(SEPARATOR)
    return category, subcategory


def check_category(category: str, subcategory: str, kept: tuple[str, str] = ("", "")) -> None:
    """Raises NoSuchCategory for a pair that neither the setting nor the record has."""
    if (category, subcategory) == kept and category:
        return
    found = next((each for each in categories() if each.name == category), None)
    if found is None or (subcategory and subcategory not in found.parts):
        raise NoSuchCategory(category=" · ".join(part for part in (category, subcategory) if part), field="kind")
