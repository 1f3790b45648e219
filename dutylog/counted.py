"""Things of other apps that are counted one by one when a shift hands over: each by its mark, a seal number.

    add_counted_book(CountedBook(key="valuables", label="贵重物品", things=sealed_things, page=stock_take_page))
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from servicedesk.models import ServicePoint


@dataclass(frozen=True, kw_only=True)
class CountedThing:
    """One thing that must be there: `key` names it within its book, `mark` is what is read from it."""

    key: str
    label: str
    mark: str


@dataclass(frozen=True, kw_only=True)
class CountedBook:
    """`things(point)` are those a desk answers for now; `page` is the address where they are counted in full."""

    key: str
    label: str
    things: Callable[[ServicePoint], Sequence[CountedThing]]
    page: Callable[[], str] = str


_books: dict[str, CountedBook] = {}


def add_counted_book(book: CountedBook) -> CountedBook:
    """Make a book known to the hand-over; called by an app's `gates.py` at start-up."""
    _books[book.key] = book
    return book


def counted_books() -> list[CountedBook]:
    return list(_books.values())
