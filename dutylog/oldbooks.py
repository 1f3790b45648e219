"""值班日志旧账: lines of the diary from before the program. They become no lines of duty days: those are sealed."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from dutylog.choices import OLD_LOG_PREFIX, EntryCategory
from dutylog.models import DutyDay, OldLogLine
from dutylog.services.entries import MOST_CHARACTERS
from servicedesk.oldbooks import OldBook, OldColumn, add_old_book

CATEGORIES = {str(label): value for value, label in EntryCategory.choices} | {
    "问询": EntryCategory.ENQUIRY, "失物登记": EntryCategory.LOST, "寻物": EntryCategory.LOST,
    "报失": EntryCategory.LOST, "捡拾": EntryCategory.FOUND, "拾物登记": EntryCategory.FOUND,
    "领取": EntryCategory.CLAIM, "意外": EntryCategory.ACCIDENT, "受伤": EntryCategory.ACCIDENT,
    "伤害": EntryCategory.ACCIDENT, "突发": EntryCategory.ACCIDENT, "意外伤害": EntryCategory.ACCIDENT,
    "突发事件": EntryCategory.ACCIDENT, "播报": EntryCategory.BROADCAST, "便民服务": EntryCategory.CONVENIENCE,
    "借用": EntryCategory.CONVENIENCE, "求助": EntryCategory.RESCUE, "帮助": EntryCategory.RESCUE,
    "设施": EntryCategory.EQUIPMENT, "设施设备": EntryCategory.EQUIPMENT, "故障": EntryCategory.EQUIPMENT,
    "维修": EntryCategory.EQUIPMENT, "上级通知": EntryCategory.NOTICE,
}
COLUMNS = (
    OldColumn(key="on", title="日期", aliases=("值班日期", "记录日期", "发生日期", "日期时间"), kind="moment",
              is_required=True, fills_down=True, help="留空同上一行;可连时间写在一起;记录归入这一天的月份"),
    OldColumn(key="clock", title="时间", aliases=("时刻", "发生时间", "发生时刻", "记录时间"), kind="clock",
              help="如 10:20、10点半、下午2点;不知道的留空"),
    OldColumn(key="shift", title="班次", aliases=("班别", "值班班次"), most=20, help="照原样写"),
    OldColumn(key="category", title="类别", aliases=("类型", "事项类别", "事件类别", "分类"), kind="choice",
              choices=CATEGORIES, help="留空算其他"),
    OldColumn(key="place", title="地点", aliases=("位置", "区域", "发生地点"), help="照原样写"),
    OldColumn(key="text", title="内容", is_required=True, most=MOST_CHARACTERS,
              aliases=("记录内容", "日志内容", "值班记录", "值班情况", "工作内容", "事项", "事件", "情况", "事由")),
    OldColumn(key="handling", title="处理", most=2000,
              aliases=("处理情况", "处理过程", "处理措施", "处理经过", "处理/通报", "通报")),
    OldColumn(key="result", title="结果", aliases=("处理结果", "办理结果", "结果/编号"), most=200),
    OldColumn(key="recorder", title="记录人", most=60, help="照原样写",
              aliases=("值班人", "值班人员", "值班员", "当班人", "当班人员", "登记人", "填写人")),
    OldColumn(key="old_number", title="旧编号", aliases=("编号", "记录编号", "原编号", "流水号"), most=40,
              help="每行不同的编号;填了就查重,以后可按它搜到。每天从 1 数起的序号不是"),
    OldColumn(key="note", title="备注", aliases=("说明",), most=200, help="接在“处理”后面"),
)
HAS_SHEET = "日期:{day} 当日已有值班日志,请到当天的值班表用“补记”写入,并从旧账里去掉这一行"
NOT_OVER = "日期:{day} 还没有过完,今天的事请在“值班记录”里记一笔"


@dataclass(frozen=True)
class Known:
    """The days of which the desk has a sheet, and today."""

    days: frozenset[dt.date]
    today: dt.date


def prepare(point: Any) -> Known:
    sheets = DutyDay.objects.filter(service_point=point).values_list("on", flat=True)
    return Known(frozenset(sheets), timezone.localdate())


def judge(values: Mapping[str, Any], known: Known, wrong: list[str]) -> OldLogLine | None:
    """The line of a row, as it was written; a day that has a sheet takes none."""
    get = values.get
    moment = timezone.localtime(values["on"])
    on = moment.date()
    if on in known.days:
        wrong.append(HAS_SHEET.format(day=on))
    elif on >= known.today:
        wrong.append(NOT_OVER.format(day=on))
    if wrong:
        return None
    clock = get("clock") or (moment.time() if moment.time() != dt.time() else None)
    note = f"备注:{get('note')}" if get("note") else ""
    return OldLogLine(
        on=on, clock=clock, created_at=timezone.make_aware(dt.datetime.combine(on, clock or dt.time())),
        shift=get("shift") or "", category=get("category") or EntryCategory.OTHER, place=get("place") or "",
        text=get("text"), handling="\n".join(part for part in (get("handling"), note) if part),
        result=get("result") or "", recorder=get("recorder") or "", old_number=get("old_number") or "",
    )


add_old_book(OldBook(
    key="oldlogline", label="值班日志", right="dutylog.add_oldlogline", model=OldLogLine, columns=COLUMNS,
    prepare=prepare, judge=judge, prefix=lambda line: OLD_LOG_PREFIX,  # noqa: ARG005
    help="导入后在“旧日志”里,只查看、不修改;已有值班表的日子请用补记。内容按参数“旧日志的内容”的期限清除。",
))
