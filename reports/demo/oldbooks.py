"""Old ledgers of the demo park: finds and a diary that were taken over, and lost reports that wait to be put right."""

import datetime as dt
import io
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Min
from openpyxl import Workbook

from dutylog.choices import EntryCategory
from dutylog.demo.words import LINES, WEIGHTS
from dutylog.models import DutyDay
from lostfound.demo.things import COLOURS, KINDS
from reports.models import OldBookImport
from reports.services.oldbooks.batches import confirm, upload
from servicedesk.choices import Role
from servicedesk.demo.words import name, phone
from servicedesk.oldbooks import old_book_by_key
from servicedesk.services.demo import Demo, at
from servicedesk.services.longtasks import run_long_task

FINDS, DIARY_DAYS, LOSSES = 36, 12, 14
FIND_HEADS = ("编号", "拾获日期", "地点", "物品", "颜色", "拾物人", "电话", "处理结果", "领取日期")
DIARY_HEADS = ("日期", "班次", "时间", "类别", "地点", "值班情况", "处理情况", "结果", "值班人")
LOSS_HEADS = ("编号", "登记日期", "失主", "电话", "丢失地点", "物品", "结果", "备注")
ENDS = ("已认领", "已认领", "已认领", "移交派出所", "移交财务", "销毁")
# Who kept the diary then; some have left since.
RECORDERS = ("王芳", "李娜", "老周", "小郝")


def take_over(demo: Demo) -> None:
    """Two files last week, each confirmed at once; one yesterday, with rows that nobody has mended yet."""
    _taken(demo, "founditem", "拾物台账(旧).xlsx", (FIND_HEADS, *_finds(demo)), days_ago=6)
    _taken(demo, "oldlogline", "客服值班日志(旧).xlsx", (DIARY_HEADS, *_diary(demo)), days_ago=5)
    _uploaded(demo, "lostreport", "失物登记(旧).xlsx", (LOSS_HEADS, *_losses(demo)), days_ago=1)


def _uploaded(
    demo: Demo, key: str, file: str, lines: Iterable[Sequence[Any]], *, days_ago: int
) -> tuple[OldBookImport, dt.datetime]:
    days = demo.dates()
    moment = demo.moment(days[max(len(days) - 1 - days_ago, 0)], 16, 40)
    book, out = Workbook(), io.BytesIO()
    for line in lines:
        book.active.append(line)
    book.save(out)
    with at(min(moment, demo.until)):
        batch = upload(
            old_book_by_key(key), out.getvalue(), name=file, year=days[0].year, by=_manager(demo), point=demo.points[0],
        )
    return batch, moment


def _taken(demo: Demo, key: str, file: str, lines: Iterable[Sequence[Any]], *, days_ago: int) -> None:
    batch, moment = _uploaded(demo, key, file, lines, days_ago=days_ago)
    with at(min(moment + dt.timedelta(minutes=6), demo.until)):
        # The runner that comes later finds its task done.
        run_long_task.call(confirm(batch, by=_manager(demo)).pk)


def _manager(demo: Demo) -> Any:
    return demo.people[Role.MANAGER][0]


def _before(demo: Demo, days: int) -> dt.date:
    """So many days before the park's first."""
    return demo.dates()[0] - dt.timedelta(days=days)


def _finds(demo: Demo) -> list[tuple]:
    rng, rows = demo.rng, []
    for order in range(FINDS):
        day = _before(demo, 3 * (FINDS - order) + rng.randint(0, 2))
        kind = rng.choices(KINDS, [each.weight for each in KINDS])[0]
        ended = day + dt.timedelta(days=rng.randint(0, 2))
        rows.append((
            f"旧{order + 1:03d}", dt.datetime.combine(day, dt.time(rng.randint(8, 17), rng.choice((0, 15, 30, 45)))),
            rng.choice(demo.zones).name, rng.choice(kind.things.split()), rng.choice(COLOURS), name(rng), phone(rng),
            rng.choice(ENDS), dt.datetime.combine(ended + dt.timedelta(days=1), dt.time()),
        ))
    return rows


def _diary(demo: Demo) -> list[tuple]:
    """The day stands once, above its lines, as in a sheet with merged cells.

    It ends where the sheets begin: what happened before the park's first day has opened one of its own.
    """
    rng, rows = demo.rng, []
    sheets = DutyDay.objects.filter(service_point=demo.points[0]).aggregate(first=Min("on"))
    end = min(demo.dates()[0], sheets["first"] or demo.dates()[0])
    for back in range(DIARY_DAYS, 0, -1):
        day = end - dt.timedelta(days=back)
        minutes = sorted(rng.randint(8 * 60, 17 * 60 + 30) for _ in range(rng.randint(4, 8)))
        for order, minute in enumerate(minutes):
            category = rng.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
            said = [
                text.format(n=rng.randint(2, 5), m=rng.choice((10, 20, 30)), k=rng.randint(3, 8))
                for text in rng.choice(LINES[category])
            ]
            rows.append((
                f"{day:%Y-%m-%d}" if order == 0 else None, "早班" if minute < 13 * 60 else "晚班",
                dt.time(minute // 60, minute % 60), EntryCategory(category).label, rng.choice(demo.zones).name, *said,
                RECORDERS[(day.toordinal() + (minute >= 13 * 60)) % len(RECORDERS)],
            ))
    return rows


def _losses(demo: Demo) -> list[tuple]:
    rng, rows = demo.rng, []
    for order in range(LOSSES):
        day = f"{_before(demo, 400 + 2 * (LOSSES - order)):%Y-%m-%d}"
        rows.append([
            f"失{order + 1:02d}", day, name(rng), phone(rng), rng.choice(demo.zones).name,
            rng.choice(("手机", "钱包", "雨伞", "身份证", "儿童水壶")), rng.choice(("已找回", "未找到")), "",
        ])
    # As clerks typed them: a day in words, a place that has another name today, no name, not over yet.
    rows[3][1], rows[6][4], rows[9][2], rows[12][6] = "腊月初八", "老码头", "", "寻找中"
    return [tuple(row) for row in rows]
