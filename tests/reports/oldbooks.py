"""Old ledgers as they are uploaded, and what the runner does with them."""

import io

from openpyxl import Workbook

from reports.models import OldBookImport
from reports.services.oldbooks import batches
from servicedesk.models import LongTask
from servicedesk.services.longtasks import Made

HEADS = ("编号", "拾获日期", "地点", "物品", "拾物人", "电话", "处理结果", "领取日期")


def workbook(*rows, heads=HEADS) -> bytes:
    book = Workbook()
    for line in (heads, *rows):
        book.active.append(line)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def silent(done: int, total: int) -> None:
    """Nobody looks at the progress."""


def do(batch: OldBookImport, long_task: LongTask) -> Made:
    """What the runner does with a confirmed batch."""
    made = batches.run_writing(long_task, silent)
    batch.refresh_from_db()
    return made
