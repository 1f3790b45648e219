"""Pages that stand open to visitors: an app declares its own in `<app>/visitors.py`, the code's page lists them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class VisitorPage:
    """`page` is the name of an address that takes a visitor code: `surveys:survey_answer`."""

    label: str
    page: str


_pages: list[VisitorPage] = []


def add_visitor_page(page: VisitorPage) -> VisitorPage:
    """Make an open page known; called at start-up."""
    _pages.append(page)
    return page


def visitor_pages() -> list[VisitorPage]:
    """All open pages in the order of their declaration."""
    return list(_pages)
