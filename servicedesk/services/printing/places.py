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
        """When, by whom, how often."""
        return [Mark(text, *self.foot, size=7.5)] if self.foot else []

    def on_page(self, number: int, count: int, label: str, note: str) -> list[Mark]:
        """`第 1 页 共 2 页`, the 联次, the number of an empty sheet."""
        marks = []
        if self.page_number:
            marks.append(Mark(f"第 {number} 页 共 {count} 页", *self.page_number, size=8, align="right"))
        if label and self.copy:
            marks.append(Mark(label, *self.copy, size=10, align="right", is_grey=False))
        if note and self.blank_note:
            marks.append(Mark(note, *self.blank_note, size=10, is_grey=False))
        return marks


PLACES = {
    "a4": Places(foot=(25, 10.2), page_number=(181, 10.2), copy=(195, 284.5), blank_note=(84, 261.2)),
    "a4-landscape": Places(foot=(25, 8), page_number=(281, 180.6), copy=(281, 199), blank_note=(150, 199)),
    "a5-landscape": Places(foot=(20, 5.5), page_number=(178, 5.5), copy=(190, 140), blank_note=(84, 140)),
    "label": Places(foot=None, page_number=None, copy=None, blank_note=None),
    "label-sheet": Places(foot=(25, 8), page_number=(185, 8), copy=None, blank_note=None),
}


def places_of(paper: Paper) -> Places:
    return PLACES[paper.size]
