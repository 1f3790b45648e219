"""投诉旧账: old complaints enter as archived, with the clocks that their moments give; nobody is told of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from complaints.categories import Category
from complaints.choices import COMPLAINT_PREFIX, Channel, ComplaintState, Outcome, Satisfaction
from complaints.models import Complaint
from complaints.services.kinds import categories
from complaints.services.terms import term_columns
from servicedesk.models import Zone
from servicedesk.oldbooks import OldBook, OldColumn, add_old_book, noted
from servicedesk.pinyin import normal_text

ENDS = {
    "已解决": ComplaintState.ARCHIVED, "不予受理": ComplaintState.REFUSED, "已转出": ComplaintState.PASSED_ON,
    "撤诉": ComplaintState.WITHDRAWN, "作废": ComplaintState.VOID, "已办结": ComplaintState.ARCHIVED,
    "已归档": ComplaintState.ARCHIVED, "办结": ComplaintState.ARCHIVED, "转出": ComplaintState.PASSED_ON,
}
CHANNELS = {str(label): value for value, label in Channel.choices} | {
    "现场": Channel.VISIT, "电话": Channel.CALL, "来信": Channel.LETTER, "网络": Channel.OTA,
}
COLUMNS = (
    OldColumn(key="old_number", title="旧编号", aliases=("编号", "序号", "投诉编号", "原编号"), most=40,
              help="旧账上的编号;填了就查重,以后可按它搜到"),
    OldColumn(key="received_at", title="反映时间",
              aliases=("投诉时间", "投诉日期", "登记时间", "登记日期", "日期", "受理时间"),
              kind="moment", is_required=True, help="记录归入这一天的月份,时限从它算起"),
    OldColumn(key="occurred_at", title="发生时间", aliases=("发生日期", "事发时间"), kind="moment",
              help="留空同反映时间"),
    OldColumn(key="zone", title="发生地点", aliases=("地点", "位置", "事发地点"), is_required=True,
              help="含有“地点”里的一个名称即可"),
    OldColumn(key="category", title="类别", aliases=("投诉类别", "投诉类型", "分类"), is_required=True,
              help="参数“投诉、抱怨的类别”里的一个"),
    OldColumn(key="words", title="投诉事实与理由", is_required=True, most=5000,
              aliases=("投诉内容", "内容", "事由", "投诉事实", "事实")),
    OldColumn(key="channel", title="投诉方式", aliases=("方式", "渠道", "投诉渠道", "来源"), kind="choice",
              choices=CHANNELS, help="留空算来访"),
    OldColumn(key="visitor_name", title="投诉人", aliases=("姓名", "游客姓名", "投诉人姓名"), help="留空算匿名"),
    OldColumn(key="phone", title="联系电话", aliases=("电话", "手机", "投诉人电话"), kind="phone"),
    OldColumn(key="respondent", title="被投诉对象", aliases=("被投诉部门", "被投诉单位", "责任部门")),
    OldColumn(key="demands", title="诉求", aliases=("游客诉求",), most=60),
    OldColumn(key="replied_at", title="首次答复时间", aliases=("答复时间", "答复日期", "回复时间"), kind="moment",
              help="留空同办结时间"),
    OldColumn(key="ended_at", title="办结时间", aliases=("办结日期", "处理时间", "处理日期", "解决时间"), kind="moment",
              is_required=True),
    OldColumn(key="state", title="结果", aliases=("状态", "办理状态"), kind="choice", choices=ENDS,
              help="留空算已解决;没有办结的请逐件登记"),
    OldColumn(key="result", title="处理结果", aliases=("处理情况", "处理意见", "处理方案"), most=900),
    OldColumn(key="satisfaction", title="游客意见", aliases=("满意度", "是否满意"), kind="choice",
              choices={str(label): value for value, label in Satisfaction.choices}),
    OldColumn(key="root_cause", title="根本原因", aliases=("原因", "原因分析"), most=500),
)


@dataclass(frozen=True)
class Known:
    """Zones, the longest name first, and the categories of the settings."""

    zones: Sequence[Zone]
    categories: Sequence[Category]

    def zone_in(self, text: str) -> Zone | None:
        plain = normal_text(text)
        return next((zone for zone in self.zones if normal_text(zone.name) in plain), None)


def prepare(point: Any) -> Known:  # noqa: ARG001  # places and categories are those of all desks
    return Known(sorted(Zone.objects.all(), key=lambda zone: -len(zone.name)), categories())


def judge(values: Mapping[str, Any], known: Known, wrong: list[str]) -> Complaint | None:
    """The complaint of a row, ended; its result begins with the old number."""
    get = values.get
    zone = known.zone_in(get("zone") or "")
    if zone is None:
        wrong.append(f"发生地点:“{(get('zone') or '')[:20]}”不在地点表里,请改成现有地点的名称,或先在“地点”里加上")
    names = [category.name for category in known.categories]
    if get("category") not in names:
        wrong.append(f"类别:“{(get('category') or '')[:20]}”应是:{'、'.join(names)}")
    received_at, ended_at = values["received_at"], values["ended_at"]
    occurred_at, replied_at = get("occurred_at") or received_at, get("replied_at") or ended_at
    if occurred_at.date() > received_at.date() or not received_at.date() <= replied_at.date() <= ended_at.date():
        wrong.append("时间先后不对:应是发生、反映、答复、办结")
    if wrong or zone is None:
        return None
    # A day alone is its midnight: what was answered on the day it came was not answered before.
    replied_at, ended_at = max(replied_at, received_at), max(ended_at, replied_at, received_at)
    channel = get("channel") or Channel.VISIT
    return Complaint(
        channel=channel, occurred_at=min(occurred_at, received_at), received_at=received_at, created_at=received_at,
        zone=zone, place_detail="" if get("zone") == zone.name else (get("zone") or "")[:100],
        category=get("category"), words=get("words"), visitor_name=get("visitor_name") or "",
        phone=get("phone") or "", is_reachable=bool(get("phone")), respondent_merchant=get("respondent") or "",
        demands=get("demands") or "", root_cause=get("root_cause") or "", satisfaction=get("satisfaction") or "",
        result=noted(get("old_number") or "", get("result") or "", longest=1000),
        **term_columns(channel, received_at, None),
        **_end(get("state") or ComplaintState.ARCHIVED, replied_at, ended_at),
    )


def _end(state: str, replied_at: Any, ended_at: Any) -> dict[str, Any]:
    if state != ComplaintState.ARCHIVED:
        return {"state": state, "ended_at": ended_at, "end_reason": "旧账"}
    return {
        "state": state, "replied_at": replied_at, "solved_at": ended_at, "archived_at": ended_at,
        "outcome": Outcome.FINAL,
    }


add_old_book(OldBook(
    key="complaint", label="投诉", right="complaints.add_complaint", model=Complaint, columns=COLUMNS, prepare=prepare,
    judge=judge, prefix=lambda complaint: COMPLAINT_PREFIX,  # noqa: ARG005
    people=("first_receiver", "handler"),
    loads=("zone", "respondent_department", "respondent_person"), help="没有办结的投诉请在“投诉”里逐件登记。",
))
