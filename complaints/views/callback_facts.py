"""What the page of a callback shows, in the order of the 回访记录表."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from complaints.models import CallbackAttempt, CallbackCheck, CallbackPlan, Complaint
from servicedesk.register import register_of
from servicedesk.templatetags.said import when
from servicedesk.views.facts import fact

REVEAL = "servicedesk.reveal_personal"


def fact_groups(plan: CallbackPlan, user: Any) -> list[dict]:
    """Whom, what was said of it, how it ended."""
    return [
        {"title": "回访谁", "rows": _person(plan, user)}, {"title": "什么事", "rows": _about(plan)},
        {"title": "办理", "rows": _ended(plan)},
    ]


def _person(plan: CallbackPlan, user: Any) -> list[dict]:
    reveal = ""
    if plan.number_to_call and user.has_perm(REVEAL):
        reveal = reverse("complaints:callback_reveal", args=[plan.pk])
    return [
        fact("被访人", plan.person_name or "匿名"), fact("电话", plan.phone_masked, "phone", reveal_url=reveal),
        fact("应访日期", plan.due_on, "date"), fact("约定时间", _at(plan.next_at)),
        *([fact("地址", plan.address, "wide")] if plan.address else []),
    ]


def _about(plan: CallbackPlan) -> list[dict]:
    if plan.complaint:
        return [_link(plan.complaint), *_case(plan, plan.complaint)]
    if plan.grievance:
        row = plan.grievance
        return [
            _link(row), fact("类别", row.kind), fact("抱怨内容", row.words, "long"),
            fact("安抚与处理", row.soothing, "wide"),
        ]
    return [fact("来源", plan.source_text or plan.get_source_kind_display(), url=_source_url(plan)),
            fact("事由", plan.words, "long")]


def _case(plan: CallbackPlan, complaint: Complaint) -> list[dict]:
    return [
        fact("类别", complaint.kind), fact("投诉事实与理由", complaint.words, "long"),
        fact("处理结果", plan.done_about_it, "long"), fact("经办人", complaint.handler),
        fact("解决时间", _at(complaint.solved_at)),
    ]


def _link(record: Any) -> dict:
    register = register_of(record)
    return fact("来源", record.number, "number", url=register.detail_url(record.pk) if register else "")


def _source_url(plan: CallbackPlan) -> str:
    register = register_of(plan.source) if plan.source is not None else None
    return register.detail_url(plan.source_id) if register and plan.source_id else ""


def _ended(plan: CallbackPlan) -> list[dict]:
    drawn = "抽中" if plan.is_drawn else "没有抽中" if plan.finished_order else ""
    asked = f"{plan.get_asked_end_display()}:{plan.asked_reason}({plan.asked_by or '系统'})" if plan.asked_end else ""
    signed = f"{plan.signed_by}:{plan.sign_reason}" if plan.signed_by else plan.sign_reason
    again = plan.again_of
    return [
        fact("完成时间", _at(plan.done_at)), fact("质检抽取", drawn),
        *([fact("申请结束", asked, "wide")] if asked else []), *([fact("签批", signed, "wide")] if signed else []),
        *([fact("重访自", again, "number", url=reverse("complaints:callback_detail", args=[again.pk]))]
          if again else []),
    ]


def attempt_events(attempts: Iterable[CallbackAttempt], checks: Iterable[CallbackCheck]) -> list[dict]:
    """Tries and the second look as lines of the time line."""
    tried = [
        {"at": each.at, "who": each.by.name, "title": f"{each.get_channel_display()}回访:{each.said}", "changes": [],
         "reason": each.comment} for each in attempts
    ]
    checked = [
        {"at": each.at, "who": each.by.name, "title": f"质检{'合格' if each.is_good else '不合格'}", "changes": [],
         "reason": each.finding} for each in checks
    ]
    struck = [
        {"at": each.strike.at, "who": each.strike.by.name, "title": f"划去回访记录:{each.said}", "changes": [],
         "reason": each.strike.reason} for each in attempts if each.is_struck
    ]
    return tried + struck + checked


def _at(moment: Any) -> str:
    return when(moment) if moment else ""
