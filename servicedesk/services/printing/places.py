"""Where on each size of paper the stamped lines stand, in millimetres from the lower left corner."""

from dataclasses import dataclass

from servicedesk.paper import Paper
from servicedesk.services.printing.stamps import Mark

Spot = tuple[float, float]


@dataclass(frozen=True)
class Places:
    """Spots of a size; None where the size has no room (a label bears no footer)."""

    foot: Spot | None
    page_number: Spot | None
    copy: Spot | None
    blank_note: Spot | None

    def footer(self, text: str) -> list[Mark]:
        return [Mark(text, *self.foot, size=7.5)] if self.foot else []

    def page(self, number: int, count: int) -> list[Mark]:
        if self.page_number is None:
            return []
        return [Mark(f"第 {number} 页 共 {count} 页", *self.page_number, size=8, align="right")]

    def corner(self, label: str) -> list[Mark]:
        return [Mark(label, *self.copy, size=10, align="right", is_grey=False)] if label and self.copy else []

    def blank(self, order: int, booklet: str) -> list[Mark]:
        """`空白表 第 07 张`, in a booklet `空白本号: B012 第 07 张`."""
        if self.blank_note is None:
            return []
        text = f"(空白本号: {booklet} 第 {order:02d} 张)" if booklet else f"(空白表 第 {order:02d} 张)"
        return [Mark(text, *self.blank_note, size=10, is_grey=False)]


PLACES = {
    "a4": Places(foot=(25, 10.2), page_number=(181, 10.2), copy=(195, 284.5), blank_note=(84, 261.2)),
    "a4-landscape": Places(foot=(25, 8), page_number=(281, 8), copy=(281, 199), blank_note=(150, 199)),
    "a5-landscape": Places(foot=(20, 5.5), page_number=(178, 5.5), copy=(190, 140), blank_note=(84, 140)),
    "label": Places(foot=None, page_number=None, copy=None, blank_note=None),
    "label-sheet": Places(foot=(25, 8), page_number=(185, 8), copy=None, blank_note=None),
}


def places_of(paper: Paper) -> Places:
    return PLACES[paper.size]
