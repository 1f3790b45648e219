"""The manifest of an archive: everything that it says of itself, as one JSON text under a seal."""

import datetime as dt
import json
from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from reports.models import MonthArchive
from reports.services.contents import RegisterContent, chain_of, sealed
from servicedesk.models import LateChange, ServicePoint, User
from servicedesk.monthgaps import gaps_of
from servicedesk.periods import Period
from servicedesk.register import register_by_key
from servicedesk.services.closedmonths import late_changes
from servicedesk.services.timelines import changes

FORMAT = 1
Facts = dict[str, Any]
# A line of history is written within the same act as the note of its reason.
SAME_ACT = dt.timedelta(seconds=5)


def facts_of(
    month: Period, version: int, contents: Sequence[RegisterContent], *, at: dt.datetime, by: User | None, reason: str
) -> Facts:
    """What cover, workbook and manifest say of the month as it stands now."""
    previous = MonthArchive.objects.filter(month=month.first, version__lt=version).order_by("-version").first()
    return {
        "format": FORMAT, "month": month.key, "version": version, "reason": reason,
        "made_at": timezone.localtime(at).isoformat(timespec="seconds"), "made_by": by.name if by else "系统自动",
        "points": [point.name for point in ServicePoint.objects.filter(is_active=True)],
        "previous": {"version": previous.version, "seal": previous.seal} if previous else None,
        "registers": [
            {"key": each.register.key, "label": each.register.label, "rows": len(each.records),
             "digest": each.digest}
            for each in contents
        ],
        "gaps": [
            {"key": kind.key, "label": kind.label, "lines": [gap.sentence for gap in kind.gaps]}
            for kind in gaps_of(month)
        ],
        "corrections": [_correction(row) for row in late_changes(month)],
        "chain": chain_of(month),
    }


def _correction(row: LateChange) -> dict[str, str]:
    """A correction as a line: when, of what, why, by whom, and what it changed."""
    return {
        "at": f"{timezone.localtime(row.at):%Y-%m-%d %H:%M}", "register": register_by_key(row.register).label,
        "number": row.number, "reason": row.reason, "by": row.by.name if row.by else "系统",
        "changes": "补登记" if row.is_new else _said(row),
    }


def _said(row: LateChange) -> str:
    """`拾获地点:观景台 → 南门`: what the history line of the same act tells, masked as on the screen."""
    if row.record is None or not hasattr(row.record, "history"):
        return ""
    lines = [line for line in changes(row.record) if abs(line["at"] - row.at) <= SAME_ACT]
    return ";".join(
        f"{each['label']}:{each['old']} → {each['new']}" for line in lines for each in line["changes"]
    )[:500]


def written(facts: Facts, contents: Sequence[RegisterContent], files: Sequence[Any]) -> str:
    """The text of the manifest: the facts, the checksum of every record, and every file."""
    whole = {
        **facts, "records": {each.register.key: dict(each.records) for each in contents},
        "unfinished": {each.register.key: sorted(each.unfinished) for each in contents if each.unfinished},
        "files": [
            {"kind": str(each.kind), "name": each.name, "size": each.size, "sha256": each.sha256} for each in files
        ],
    }
    return json.dumps(whole, ensure_ascii=False, sort_keys=True, indent=1)


def seal_of(manifest: str) -> str:
    """The seal over a manifest's text: who changes it cannot make it fit again without the key."""
    return sealed(manifest)
