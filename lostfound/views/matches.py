"""匹配核对: a find and a loss side by side; a person decides."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from lostfound.models import FoundItem, LostReport, Match
from lostfound.models.reports import route_of
from lostfound.registers.matches import MATCHES
from lostfound.services.likeness import agreements
from lostfound.services.matching import confirm_match, reject_match
from lostfound.services.signs import found_signs, lost_signs, neighbours
from lostfound.services.viewing import is_closed_by
from servicedesk.register import register_of
from servicedesk.sealing import masked
from servicedesk.services.photos import photos_of
from servicedesk.templatetags.said import when
from servicedesk.views.reasons import reason_of
from servicedesk.views.registers import RegisterDetailView

CLOSED = "盲核验中,暂时关闭"
# Rows that a blind check closes on the side of the found item.
CLOSED_ROWS = {"品牌/型号", "特征/内装物", "物品上的姓名", "物品上的号码"}


class MatchDetailView(RegisterDetailView):
    """Two columns, row by row, with what agrees marked; then one of two buttons."""

    def questions(self, record: Match) -> dict[str, models.QuerySet]:
        item, report, user = record.item, record.report, self.request.user
        return {
            "visible_item": FoundItem.objects.visible_to(user).filter(pk=item.pk),
            "visible_report": LostReport.objects.visible_to(user).filter(pk=report.pk),
            "claims": item.claims.all(), "photos": photos_of(item), "contents": item.contents.all(),
            "lines": report.lines.all(), "steps": report.steps.select_related("zone"),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        match, user = self.record, self.request.user
        sees_item, sees_report = bool(self.found["visible_item"]), bool(self.found["visible_report"])
        is_closed = is_closed_by(self.found["claims"])
        may_decide = user.has_perm("lostfound.change_match")
        return context | {
            "record_title": f"相近 {match.score} 分", "record_what": match.why,
            "rows": rows_of(match, self.found, is_closed),
            "sees_item": sees_item, "sees_report": sees_report, "is_closed": is_closed,
            "item_url": _url(match.item) if sees_item else "", "report_url": _url(match.report) if sees_report else "",
            "photos": [] if is_closed or not sees_item else [_photo(photo) for photo in self.found["photos"]],
            "may_confirm": may_decide and match.state == "suggested" and match.item.is_open,
            "may_reject": may_decide and match.state in ("suggested", "confirmed"),
            "contact_url": reverse("lostfound:lostreport_contact", args=[match.report_id]) if sees_report else "",
        }

    def fact_groups(self, record: Match) -> list[dict]:  # noqa: ARG002
        return []


def _url(record: Any) -> str:
    register = register_of(record)
    return register.detail_url(record.pk) if register else ""


def _photo(photo: Any) -> dict[str, str]:
    return {
        "caption": photo.caption, "full_url": reverse("photo", args=[photo.pk, "full"]),
        "thumb_url": reverse("photo", args=[photo.pk, "thumb"]),
    }


def rows_of(match: Match, lists: dict[str, list], is_closed: bool) -> list[dict[str, Any]]:
    """`{label, found, lost, agrees}` row by row; `agrees` is True, False or None where nothing can be said."""
    item, report = match.item, match.report
    contents = "、".join(str(line) for line in lists["contents"])
    sides = [
        ("thing", "物品", f"{item.thing} {item.quantity}{item.unit}", f"{report.thing} {report.quantity}{report.unit}"),
        ("kind", "类别", item.category.name, report.category.name),
        ("brand", "品牌/型号", item.brand, report.brand),
        ("colour", "颜色", item.colour, report.colour),
        ("features", "特征/内装物", " ".join(filter(None, [item.features, contents])), report.features),
        ("name", "物品上的姓名", item.name_on_item, report.name_on_item or f"失主 {report.owner_name}"),
        ("number", "物品上的号码", masked(item.number_on_item), report.number_on_item_masked),
        ("place", "地点", item.place, route_of(lists["steps"])),
        ("time", "时间", when(item.found_at), f"{when(report.lost_from)} 至 {when(report.lost_to)}"),
    ]
    near = neighbours([item.zone_id])
    said = agreements(found_signs(item, near, lists["contents"]), lost_signs(report, lists["lines"], lists["steps"]))
    return [
        {"label": label, "found": CLOSED if is_closed and label in CLOSED_ROWS else found, "lost": lost,
         "agrees": None if is_closed and label in CLOSED_ROWS else said[key]}
        for key, label, found, lost in sides
    ]


def get_match(request: HttpRequest, pk: int) -> Match:
    """The visible match of the address, for who may decide."""
    match = get_object_or_404(MATCHES.rows(request.user), pk=pk)
    if not request.user.has_perm("lostfound.change_match"):
        raise PermissionDenied
    return match


@require_POST
def match_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """确认是同一件; the owner is to be told next."""
    match = confirm_match(get_match(request, pk), by=request.user)
    messages.success(request, f"已确认 {match.item.number} 是 {match.report.number} 的失物,请联系失主。")
    if LostReport.objects.visible_to(request.user).filter(pk=match.report_id).exists():
        return redirect("lostfound:lostreport_contact", match.report_id)
    return redirect(MATCHES.detail_url(match.pk))


@require_POST
def match_reject(request: HttpRequest, pk: int) -> HttpResponse:
    """不是同一件, with the reason; the next one waits in the list."""
    match = reject_match(get_match(request, pk), by=request.user, reason=reason_of(request))
    messages.success(request, f"已记:{match.item.number} 不是 {match.report.number} 的失物。")
    return redirect(MATCHES.list_url())
