"""What lost and found writes into the running log of the day: one short sentence each, in the record's transaction.

A line leaves the desk on paper and is read by many: it names no visitor, no phone and no feature of a thing,
only what a public notice may say of it.
"""

import datetime as dt

from dutylog.choices import EntryCategory
from dutylog.services.entries import record_in_log
from lostfound.choices import BatchKind, IntakeKind
from lostfound.models import Batch, Claim, FoundItem, LostReport
from lostfound.services.item_facts import public_words


def _thing(item: FoundItem) -> str:
    return f"{item.public_text} {item.quantity}{item.unit}"


def log_find(item: FoundItem, *, by) -> None:
    """`员工拾物登记:黑色手机 1件,贵重`."""
    held = ",暂由拾物员工保管" if item.is_open and item.handed_in_at is None else ""
    valuable = ",贵重" if item.is_valuable else ""
    text = f"{IntakeKind(item.intake_kind).label}登记:{_thing(item)}{valuable}{held}"
    record_in_log(item, EntryCategory.FOUND, text, by=by)


def log_report(report: LostReport, *, by) -> None:
    """`失物登记:黑色雨具 1件`."""
    thing = public_words(report.colour, report.category, report.thing)
    record_in_log(report, EntryCategory.LOST, f"失物登记:{thing} {report.quantity}{report.unit}", by=by)


def log_release(claim: Claim, *, by) -> None:
    """`认领发还:黑色雨具 1把`, with the claim's number."""
    record_in_log(claim, EntryCategory.CLAIM, f"认领发还:{_thing(claim.item)}", by=by, result="已发还")


def log_spot_return(claim: Claim, *, by, at: dt.datetime) -> None:
    """A return where the thing was found, at the moment the owner came."""
    record_in_log(
        claim, EntryCategory.CLAIM, f"现场发还:{_thing(claim.item)}", by=by, happened_at=at, result="已发还"
    )


def log_refusal(claim: Claim, *, by) -> None:
    """A claim that ended without the thing; the reason stays with the claim."""
    what, result = ("认领撤回", "认领人撤回") if claim.is_withdrawn else ("认领未通过", "未发还")
    record_in_log(claim, EntryCategory.CLAIM, f"{what}:{_thing(claim.item)}", by=by, result=result)


def log_exit(batch: Batch, count: int, *, by) -> None:
    """`移交财务:12 件`, with the list's number; once for each execution."""
    record_in_log(batch, EntryCategory.OTHER, f"{BatchKind(batch.kind).label}:{count} 件", by=by, result="已执行")


def log_police(item: FoundItem, *, by) -> None:
    """A thing that went to the police at once."""
    record_in_log(item, EntryCategory.OTHER, f"移交公安:{_thing(item)}", by=by, result="已移交")
