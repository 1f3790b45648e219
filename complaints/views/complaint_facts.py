"""What the record page shows of a complaint, in the order of the paper."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from complaints.models import CaseAction, Complaint
from servicedesk.templatetags.said import when
from servicedesk.views.facts import fact

REVEAL = "servicedesk.reveal_personal"


def fact_groups(complaint: Complaint, user: Any) -> list[dict]:
    """Who, what, against whom, what is asked for, how it went."""
    return [
        {"title": "投诉事实", "rows": _told(complaint)}, {"title": "投诉人", "rows": _visitor(complaint, user)},
        {"title": "诉求与证据", "rows": _demanded(complaint)}, {"title": "办理", "rows": _handled(complaint)},
        *([{"title": "终止", "rows": _ended(complaint)}] if complaint.end_reason else []),
    ]


def _told(complaint: Complaint) -> list[dict]:
    return [
        fact("投诉事实与理由", complaint.words, "long"), fact("类别", complaint.kind),
        fact("程度", _gravity(complaint)), fact("发生时间", when(complaint.occurred_at)),
        fact("发生地点", complaint.place), fact("反映时间", when(complaint.received_at)),
        fact("投诉方式", complaint.get_channel_display()), fact("被投诉对象", complaint.respondent),
        fact("当事人特征", complaint.respondent_look),
        *_grievance(complaint), *_incident(complaint), *_rectification(complaint),
        *([fact("转办单号", complaint.outside_number, "number")] if complaint.outside_number else []),
    ]


def _grievance(complaint: Complaint) -> list[dict]:
    """The grievance that it was, or became: both numbers stay linked."""
    grievance = getattr(complaint, "grievance", None)
    if grievance is None:
        return []
    return [fact("抱怨编号", grievance, "number", url=reverse("complaints:grievance_detail", args=[grievance.pk]))]


def _incident(complaint: Complaint) -> list[dict]:
    incident = complaint.incident
    if incident is None:
        return []
    url = reverse("complaints:incident_detail", args=[incident.pk])
    return [fact("事件", f"{incident} {incident.title}", "wide", url=url)]


def _rectification(complaint: Complaint) -> list[dict]:
    """The 整改 that its kind and place are put right by, or why there is none."""
    row = getattr(complaint, "rectification", None)
    if row is None:
        return []
    if row.follow_up is None:
        return [fact("不立整改", row.reason, "wide")]
    return [fact("问题整改", row.follow_up, "number", url=reverse("dutylog:followup_detail", args=[row.follow_up.pk]))]


def _gravity(complaint: Complaint) -> str:
    word = complaint.get_severity_display()
    return f"{word}({complaint.major_reasons})" if complaint.major_reasons else word


def _visitor(complaint: Complaint, user: Any) -> list[dict]:
    return [
        fact("投诉人", complaint.visitor_name or "匿名"),
        fact("性别", complaint.get_sex_display() if complaint.sex else ""),
        fact("联系电话", complaint.phone_masked, "phone", reveal_url=_reveal(complaint, "phone", user)),
        fact("能联系到", complaint.is_reachable), fact("来源地/国籍", complaint.origin),
        fact("同行人数", complaint.party_size), fact("团队", complaint.group_info),
        fact("票号/订单号", complaint.ticket_number), fact("语言", complaint.get_language_display()),
        fact("证件号", complaint.document_masked, "phone", reveal_url=_reveal(complaint, "document", user)),
        fact("通讯地址/邮箱", complaint.contact_address, "wide"),
    ]


def _reveal(complaint: Complaint, name: str, user: Any) -> str:
    held = complaint.phone if name == "phone" else complaint.document_number
    return reverse(f"complaints:complaint_{name}_reveal", args=[complaint.pk]) if held and user.has_perm(REVEAL) else ""


def _demanded(complaint: Complaint) -> list[dict]:
    return [
        fact("诉求", complaint.demands), fact("金额", complaint.demand_amount, "money"),
        fact("证据材料", complaint.evidence), fact("证据说明", complaint.evidence_note),
        fact("现场安抚", complaint.soothing, "wide"),
    ]


def _handled(complaint: Complaint) -> list[dict]:
    # Of an old ledger nobody knows who replied.
    first = f"{complaint.replied_by or ''} {when(complaint.replied_at)}".strip() if complaint.replied_at else ""
    return [
        fact("首问责任人", complaint.first_receiver), fact("经办人", complaint.handler),
        fact("首次答复", first), fact("轮次", f"第 {complaint.round} 轮" if complaint.round > 1 else ""),
        fact("首次答复内容", complaint.first_reply, "wide"), fact("处理方案", complaint.solution, "long"),
        fact("方案反馈", _at(complaint.offered_at)), fact("解决时间", _at(complaint.solved_at)),
        fact("结果", complaint.get_outcome_display()), fact("游客意见", complaint.get_satisfaction_display()),
        fact("处理结果", complaint.result, "wide"), fact("游客的话", complaint.visitor_opinion, "wide"),
        fact("责任认定", complaint.get_liability_display()), fact("根本原因", complaint.root_cause, "wide"),
        fact("整改/责任追究", complaint.correction, "wide"),
    ]


def _ended(complaint: Complaint) -> list[dict]:
    into, url = complaint.merged_into, ""
    if into is not None:
        url = reverse("complaints:complaint_detail", args=[into.pk])
    return [
        fact("状态", complaint.get_state_display()), fact("时间", _at(complaint.ended_at)),
        *([fact("并入", into, "number", url=url)] if into else []),
        *([fact("转往单位", complaint.passed_to)] if complaint.passed_to else []),
        fact("原因", complaint.end_reason, "wide"),
    ]


def _at(moment: Any) -> str:
    return when(moment) if moment else ""


def actions_shown(actions: Iterable[CaseAction]) -> list[dict[str, Any]]:
    """The rows of the time line; a struck one with the row that took its place below it."""
    rows = list(actions)
    corrections = {row.corrects_id: row for row in rows if row.corrects_id}
    struck = set(corrections)
    return [{"row": row, "is_struck": row.pk in struck, "is_correction": bool(row.corrects_id)} for row in rows]
