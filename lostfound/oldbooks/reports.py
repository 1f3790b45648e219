"""失物登记旧账: old lost reports enter as 已找回, 撤销 or 期满; nobody is called because of them."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone

from lostfound.choices import LOST_REPORT_PREFIX, ReportChannel, ReportState
from lostfound.models import LostReport, LostReportZone
from lostfound.oldbooks.known import Known, count_of, prepare
from lostfound.services.reports import EXPIRED, term_end
from servicedesk.choices import Sex
from servicedesk.oldbooks import OldBook, OldColumn, add_old_book, noted

ENDS = {
    "已找回": ReportState.FOUND, "撤销": ReportState.WITHDRAWN, "期满": ReportState.EXPIRED,
    "找回": ReportState.FOUND, "已领取": ReportState.FOUND, "已认领": ReportState.FOUND,
    "未找到": ReportState.EXPIRED, "未找回": ReportState.EXPIRED,
}
COLUMNS = (
    OldColumn(key="old_number", title="旧编号", aliases=("编号", "序号", "登记编号", "原编号"), most=40,
              help="旧账上的编号;填了就查重,以后可按它搜到"),
    OldColumn(key="reported_at", title="登记时间", aliases=("登记日期", "报失时间", "报失日期", "日期"), kind="moment",
              is_required=True, help="记录归入这一天的月份"),
    OldColumn(key="owner_name", title="失主姓名", aliases=("失主", "姓名", "报失人", "游客姓名"), is_required=True),
    OldColumn(key="sex", title="性别", kind="choice", choices={str(label): value for value, label in Sex.choices}),
    OldColumn(key="phone", title="联系电话", aliases=("电话", "失主电话", "手机"), kind="phone"),
    OldColumn(key="origin", title="来源地/住址", aliases=("来源地", "住址", "地址"), most=120),
    OldColumn(key="lost_at", title="遗失时间", aliases=("遗失日期", "丢失时间", "丢失日期"), kind="moment",
              help="留空同登记时间"),
    OldColumn(key="zones", title="遗失地点", aliases=("丢失地点", "地点", "游览路线", "路线"), is_required=True,
              help="含有“地点”里的一个名称即可;几处用“、”隔开"),
    OldColumn(key="thing", title="物品名称", aliases=("物品", "名称", "失物名称", "遗失物品", "丢失物品"),
              is_required=True, most=60),
    OldColumn(key="category", title="类别", aliases=("物品类别", "分类"), help="留空时按物品名称判断"),
    OldColumn(key="quantity", title="数量", aliases=("件数",), most=12, help="如 1 或 1把"),
    OldColumn(key="colour", title="颜色", most=30),
    OldColumn(key="brand", title="品牌/型号", aliases=("品牌", "型号", "品牌型号"), most=60),
    OldColumn(key="features", title="特征", aliases=("物品特征", "描述", "内装物", "特征/内装物"),
              most=2000),
    OldColumn(key="estimated_value", title="估价(元)", aliases=("估价", "价值", "金额"),
              kind="money", most=99_999_999),
    OldColumn(key="state", title="处理结果", aliases=("状态", "结果", "处理情况"), kind="choice", choices=ENDS,
              help="留空而登记期已过的算期满;还在寻找的请逐份登记"),
    OldColumn(key="closed_at", title="结案时间", aliases=("结案日期", "找回时间", "领取时间", "领取日期"),
              kind="moment"),
    OldColumn(key="fetched_by", title="领取人", aliases=("认领人",)),
    OldColumn(key="note", title="备注", aliases=("说明", "结案原因"), most=120),
)
STILL_SEARCHED = "处理结果:没有填写,而登记期到 {day} 才满。还在寻找的请在“失物登记”里登记,不从旧账导入"


def judge(values: Mapping[str, Any], known: Known, wrong: list[str]) -> LostReport | None:
    """The lost report of a row, ended; its remark begins with the old number."""
    get = values.get
    reported_at = values["reported_at"]
    lost_at = get("lost_at") or reported_at
    zones = known.zones_in(get("zones") or "", wrong)
    category = known.category_of(get("category") or "", get("thing") or "", wrong)
    count = count_of(values, wrong)
    ends_on = term_end(timezone.localdate(reported_at))
    state = get("state") or ReportState.EXPIRED
    if not get("state") and ends_on >= timezone.localdate():
        wrong.append(STILL_SEARCHED.format(day=ends_on))
    closed_at = get("closed_at") or _closed_at(state, reported_at, ends_on)
    if lost_at.date() > reported_at.date() or closed_at.date() < reported_at.date():
        wrong.append("时间先后不对:应是遗失、登记、结案")
    if wrong:
        return None
    report = LostReport(
        state=state, channel=ReportChannel.DESK, owner_name=get("owner_name"), sex=get("sex") or "",
        phone=get("phone") or "", origin=get("origin") or "", lost_from=lost_at, lost_to=lost_at, category=category,
        thing=get("thing"), colour=get("colour") or "", brand=get("brand") or "", features=get("features") or "",
        estimated_value=get("estimated_value"), expires_on=ends_on, created_at=reported_at, closed_at=closed_at,
        fetched_by=get("fetched_by") or "", close_reason=EXPIRED if state == ReportState.EXPIRED else "",
        last_seen=(get("zones") or "")[:200], note=noted(get("old_number") or "", get("note") or ""), **count,
    )
    report.walked = zones  # type: ignore[attr-defined]
    return report


def _closed_at(state: str, reported_at: dt.datetime, ends_on: dt.date) -> dt.datetime:
    """When it ended where the ledger does not say: at the end of its term, or at once; never to come."""
    if state != ReportState.EXPIRED:
        return reported_at
    return min(timezone.make_aware(dt.datetime.combine(ends_on, dt.time())), timezone.localtime())


def walk(reports: Sequence[Any]) -> None:
    LostReportZone.objects.bulk_create(
        LostReportZone(report=report, zone=zone, order=order)
        for report in reports for order, zone in enumerate(report.walked, start=1)
    )


add_old_book(OldBook(
    key="lostreport", label="失物登记", right="lostfound.add_lostreport", model=LostReport, columns=COLUMNS,
    prepare=prepare, judge=judge, prefix=lambda report: LOST_REPORT_PREFIX, finish=walk,  # noqa: ARG005
    parts=((LostReportZone, "report"),), loads=("steps__zone", "lines", "category"),
    help="还在寻找的请在“失物登记”里逐份登记。",
))
