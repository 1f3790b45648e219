"""What the record page of a lost report shows, in the order of 3.6."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from lostfound.models import LostReport, LostReportZone
from lostfound.models.reports import route_of
from lostfound.services.contacts import contacts_of
from lostfound.services.matching import live_matches
from lostfound.services.report_hints import newest_first, same_visitor_questions
from servicedesk.register import register_of
from servicedesk.templatetags.said import when

SEALED = "已记录(封存)"
REVEAL_RIGHTS = {
    "phone": "lostfound.add_contactattempt",
    "number_on_item": "servicedesk.reveal_personal",
    "blind_answers": "lostfound.see_secret_marks",
}


def fact(label: str, value: Any, kind: str = "", **more: Any) -> dict[str, Any]:
    return {"label": label, "value": value, "kind": kind, **more}


def sealed_fact(report: LostReport, field: str, user: Any, shown: str) -> dict[str, Any]:
    """A masked value, with the way to open it for who may."""
    label = str(report._meta.get_field(field).verbose_name)
    may = shown and user.has_perm(REVEAL_RIGHTS[field])
    url = reverse("lostfound:lostreport_reveal", args=[report.pk, field]) if may else ""
    return fact(label, shown, "" if field == "blind_answers" else "number", reveal_url=url)


def fact_groups(report: LostReport, user: Any, steps: Iterable[LostReportZone]) -> list[dict]:
    """Owner, loss with the steps of the walk, thing, pickup, end."""
    groups = [_owner(report, user), _loss(report, steps), _thing(report, user), _pickup(report)]
    return groups if report.closed_at is None else [*groups, _end(report)]


def _owner(report: LostReport, user: Any) -> dict:
    reporter = f"{report.reporter_name}({report.get_relation_display()})" if report.reporter_name else ""
    return {"title": "失主", "rows": [
        fact("登记方式", report.get_channel_display()), fact("失主姓名", report.owner_name),
        fact("性别", report.get_sex_display() if report.sex else ""),
        sealed_fact(report, "phone", user, report.phone_masked), fact("备用/微信", report.other_contact),
        fact("报失人", reporter or report.get_relation_display()), fact("方便接听时间", report.call_when),
        fact("来源地/住址", report.origin), fact("旅行社/导游", report.group_info),
        fact("预计离开", when(report.leaves_at) if report.leaves_at else ""),
    ]}


def _loss(report: LostReport, steps: Iterable[LostReportZone]) -> dict:
    return {"title": "遗失", "rows": [
        fact("遗失时间", f"{when(report.lost_from)} 至 {when(report.lost_to)}"),
        fact("最后见到", report.last_seen), fact("地点/路线", route_of(steps), "wide"),
    ]}


def _thing(report: LostReport, user: Any) -> dict:
    return {"title": "物品", "rows": [
        fact("物品名称", report.thing), fact("数量", f"{report.quantity} {report.unit}"),
        fact("类别", report.category.name), fact("颜色", report.colour), fact("品牌/型号", report.brand),
        fact("估价", report.estimated_value, "money"), fact("物品上的姓名", report.name_on_item),
        sealed_fact(report, "number_on_item", user, report.number_on_item_masked),
        sealed_fact(report, "blind_answers", user, SEALED if report.blind_answers else ""),
        fact("特征/内装物", report.features, "long"),
    ]}


def _pickup(report: LostReport) -> dict:
    return {"title": "找到以后", "rows": [
        fact("领取方式", report.get_pickup_way_display() if report.pickup_way else ""),
        fact("收件地址", report.mail_address), fact("备注", report.note),
        fact("登记", f"{when(report.created_at)} {report.created_by.name}"),
        fact("登记期满", report.expires_on, "date"),
    ]}


def _end(report: LostReport) -> dict:
    item = report.found_item
    register = register_of(item) if item else None
    return {"title": "结案", "rows": [
        fact("结果", report.get_state_display()),
        fact("对应拾物", item.number if item else "", url=register.detail_url(item.pk) if register and item else ""),
        fact("领取人", report.fetched_by), fact("原因", report.close_reason),
        fact("经办", f"{when(report.closed_at)} {report.closed_by.name if report.closed_by else '系统'}"),
    ]}


def aside_questions(report: LostReport, user: Any) -> dict[str, QuerySet]:
    """The lists that `fact_groups` and `aside_of` show."""
    same = same_visitor_questions(report.phone, user, besides=report.pk)
    return {
        "steps": report.steps.select_related("zone"), "lines": report.lines.all(),
        "measures": report.measures.select_related("by"), "contacts": contacts_of(report),
        "matches": live_matches(user, report=report),
        **{f"same_visitor_{place}": rows for place, rows in enumerate(same)},
    }


def aside_of(found: dict[str, list], user: Any) -> dict[str, Any]:
    """Matches, measures, tries to reach the owner, and what else this visitor has with the desk."""
    same = newest_first(rows for name, rows in found.items() if name.startswith("same_visitor_"))
    return {
        **{name: found[name] for name in ("lines", "measures", "contacts", "matches")},
        "may_match": user.has_perm("lostfound.view_match"),
        "same_visitor": [hint_of(record, user) for record in same],
    }


def hint_of(record: Any, user: Any, why: str = "") -> dict[str, Any]:
    """A record that the system knows of, with the address of its page for who may look into its book."""
    register = register_of(record)
    may = register is not None and user.has_perm(register.permission("view"))
    what = record.described if hasattr(record, "described") else record.item.described
    return {"record": record, "what": what, "why": why, "url": register.detail_url(record.pk) if may else ""}
