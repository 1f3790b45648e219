"""并案: what goes on in another case, with its money and its callbacks."""

from complaints.choices import ComplaintState
from complaints.models import Complaint

# A case may have been merged into one that was merged itself; no deeper than people do.
DEEPEST = 20


def merged_below(complaint: Complaint) -> list[Complaint]:
    """Every case that goes on in this one, those merged into merged ones too."""
    found: list[Complaint] = []
    level = [complaint.pk]
    for _ in range(DEEPEST):
        rows = list(Complaint.objects.filter(merged_into__in=level, state=ComplaintState.MERGED).order_by("pk"))
        if not rows:
            break
        found += rows
        level = [row.pk for row in rows]
    return found


def cases_of(root: Complaint) -> list[Complaint]:
    """A case and every one that goes on in it."""
    return [root, *merged_below(root)]


def lock_case(complaint: Complaint) -> Complaint:
    """The case that a complaint went into (itself, unless merged), its row locked: sums are judged one at a time.

    Rows that only point at the case, like a line of its time line, need not wait.
    """
    root = Complaint.objects.select_for_update(no_key=True).get(pk=complaint.pk)
    while root.merged_into_id is not None:
        root = Complaint.objects.select_for_update(no_key=True).get(pk=root.merged_into_id)
    return root
