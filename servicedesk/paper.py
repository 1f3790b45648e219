"""`Paper`: the declaration of a printed form. An app declares its papers in `<app>/papers.py`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Size = Literal["a4", "a4-landscape", "a5-landscape", "label", "label-sheet"]


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A form on paper.

    `context(record)` gives the template's facts of one record, `context(None)` those of the blank
    form. A ledger (`is_ledger`) gets the list of its records at once. `signatures` are the labels of
    the signature cells, which a desk may rename; `copies` the 联次 printed in the corner.
    """

    key: str
    form_code: str
    title: str
    template: str
    size: Size
    context: Callable[..., dict[str, Any]]
    register: str = ""
    version: str = "A/0"
    footnotes: tuple[str, ...] = ()
    signatures: tuple[tuple[str, str], ...] = ()
    copies: tuple[str, ...] = ()
    is_ledger: bool = False
    has_blank: bool = True
    numbers: Callable[[Sequence[str]], Sequence[Any]] | None = None


_papers: dict[str, Paper] = {}


def add_paper(paper: Paper) -> Paper:
    """Make a paper known to preview, print and the command line."""
    _papers[paper.key] = paper
    return paper


def papers() -> list[Paper]:
    """All papers in the order of their declaration."""
    return list(_papers.values())


def paper_by_key(key: str) -> Paper:
    """Raises KeyError for a key nobody declared."""
    return _papers[key]
