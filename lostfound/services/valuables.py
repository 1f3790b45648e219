"""What counts as valuable, and which category a thing belongs to by its name."""

from collections.abc import Iterable
from decimal import Decimal

from lostfound.choices import OTHER_CATEGORY
from lostfound.models import ItemCategory
from servicedesk.pinyin import normal_text
from servicedesk.services import preferences


def guess_category(thing: str, categories: Iterable[ItemCategory]) -> ItemCategory | None:
    """The category one of whose keywords stands in `thing`.

    The longest keyword wins (保温杯 before 杯), then the one that ends the phrase: in Chinese the thing
    itself comes last (手机充电器 is a charger, not a phone).
    """
    text = normal_text(thing)
    best: tuple[tuple[bool, int], ItemCategory] | None = None
    for category in categories:
        for keyword in normal_text(category.keywords).split():
            if keyword in text:
                rank = (text.endswith(keyword), len(keyword))
                if best is None or rank > best[0]:
                    best = (rank, category)
    return best[1] if best else None


def category_or_other(thing: str) -> ItemCategory:
    """The category guessed from the name of a thing, else “其他”."""
    categories = list(ItemCategory.objects.filter(is_active=True))
    other = next((c for c in categories if c.code == OTHER_CATEGORY), categories[-1])
    return guess_category(thing, categories) or other


def value_limit() -> Decimal:
    """Yuan from which an estimate alone makes a thing valuable (setting)."""
    return Decimal(str(preferences.value("lostfound.valuable_value")))


def is_valuable_by_rule(facts) -> bool:
    """Whether category, cash, an estimate or something inside makes the find valuable.

    `facts` is a `FoundItemFacts`; a clerk may call more things valuable than the rule, never fewer.
    """
    if facts.category.is_valuable or facts.category.is_cash or facts.cash:
        return True
    estimates = [facts.estimated_value, *(line.estimated_value for line in facts.contents)]
    if sum((e for e in estimates if e), Decimal(0)) >= value_limit():
        return True
    return _holds_valuables(facts.contents)


def _holds_valuables(contents) -> bool:
    if not contents:
        return False
    categories = list(ItemCategory.objects.filter(is_active=True))
    guesses = (guess_category(line.thing, categories) for line in contents)
    return any(guess.is_valuable for guess in guesses if guess)
