"""封面, 归档说明, 签字页 of a month's binder; cover and signature page also as blanks."""

import datetime as dt
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from django.db.models import QuerySet

from reports.models import MonthArchive
from servicedesk.paper import Paper, add_paper
from servicedesk.periods import read_month

RIGHT = "reports.print_montharchive"
BLANK_REGISTERS = range(14)


@dataclass(frozen=True)
class Binding:
    """What the front pages are made from while the archive is still being made; a stored archive has the same."""

    facts: dict[str, Any]

    @property
    def number(self) -> str:
        return f"GD-{self.facts['month']}-{self.facts['version']}"


def archive_context(subject: Binding | MonthArchive | None) -> dict[str, Any]:
    """Facts of the three pages; None is the blank form."""
    if subject is None:
        return {"facts": None, "rooms": BLANK_REGISTERS}
    facts = subject.facts
    forms = facts.get("forms", {})
    heads = {link["point"]: link for link in facts["chain"]}
    return {
        "facts": facts, "month": str(read_month(facts["month"])), "rooms": (),
        "made_at": dt.datetime.fromisoformat(facts["made_at"]),
        "pairs": _pairs([
            {**each, "forms": forms.get(each["label"], 0)} for each in facts["registers"] if each["rows"]
        ]),
        "heads": list(heads.values()), "open_gaps": [kind for kind in facts["gaps"] if kind["lines"]],
        "gap_count": sum(len(kind["lines"]) for kind in facts["gaps"]), "corrections": facts["corrections"],
        "rows": sum(each["rows"] for each in facts["registers"]), "pages": facts.get("pages"),
        "form_count": sum(forms.values()),
    }


def _pairs(registers: list[dict[str, Any]]) -> list[tuple[dict[str, Any], dict[str, Any] | None]]:
    """Two beside each other, the first half on the left."""
    half = -(-len(registers) // 2)
    return list(zip_longest(registers[:half], registers[half:]))


def find_archive(rows: QuerySet, number: str) -> MonthArchive | None:
    """By `GD-2026-10-1`."""
    return next((archive for archive in rows if archive.number == number), None)


def _paper(key: str, code: str, title: str, template: str, **more: Any) -> Paper:
    return add_paper(Paper(
        key=key, form_code=code, title=title, template=f"reports/print/{template}.html", size="a4",
        model=MonthArchive, context=archive_context, right=RIGHT, visible=MonthArchive.objects.visible_to,
        find=find_archive, **more,
    ))


COVER = _paper("archive-cover", "KF-GD", "月度归档封面", "cover")
NOTES = _paper("archive-notes", "KF-GD-SM", "归档说明", "notes", has_blank=False)
SIGNATURES = _paper(
    "archive-signatures", "KF-GD-QZ", "归档签字页", "signatures",
    signatures=(("maker", "装订人"), ("head", "中心负责人"), ("manager", "部门经理"), ("keeper", "档案接收")),
    footnotes=("签字表示已核对封面所列记录数、表单数和缺漏;封账后的更正另立一版,原版保留。",),
)
