"""The papers of each ledger: its form, its month, the slip of a bag, the month's summary."""

from collections.abc import Sequence

from ledgers.choices import Service
from ledgers.models import LedgerKind
from ledgers.models.kinds import all_kinds
from ledgers.papers.entries import form_paper
from ledgers.papers.months import month_paper
from ledgers.papers.slips import slip_paper
from ledgers.papers.summaries import summary_paper
from servicedesk.paper import Paper, add_paper_family

MOST_KEPT = 200
_papers: dict[tuple, list[Paper]] = {}


def papers_of(kind: LedgerKind) -> list[Paper]:
    """The papers of a ledger in the version in force; made once for each."""
    assert kind.current is not None
    signature = (kind.pk, kind.code, kind.prefix, kind.name, kind.service, kind.current.pk, kind.current.mark)
    if signature not in _papers:
        if len(_papers) >= MOST_KEPT:
            _papers.clear()
        made = [form_paper(kind, kind.current), month_paper(kind, kind.current)]
        if kind.service == Service.DEPOSIT:
            made.append(slip_paper(kind, kind.current))
        if kind.current.summary_by:
            made.append(summary_paper(kind, kind.current))
        _papers[signature] = made
    return _papers[signature]


def ledger_papers() -> Sequence[Paper]:
    return [paper for kind in all_kinds() if kind.current is not None for paper in papers_of(kind)]


add_paper_family(ledger_papers)
