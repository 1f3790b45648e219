"""The register of assets on screen."""

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from checklists.choices import AssetState
from checklists.forms.assets import NAMES, AssetForm, AwayForm, ReasonForm
from checklists.models import Asset
from checklists.registers.assets import ASSETS, away
from checklists.services.assets import (
    bring_back,
    edit_asset,
    mark_away,
    register_asset,
    restore_asset,
    retire_asset,
)
from servicedesk.services.photos import keep_photo, photos_of
from servicedesk.views.facts import fact, first_is_primary, step
from servicedesk.views.forms import RecordFormView
from servicedesk.views.registers import RegisterDetailView
from servicedesk.views.steps import RecordStepView, answered, get_record

CHANGE = "checklists.change_asset"
SHOWN_LINES = 20


class AssetCreateView(RecordFormView):
    """登记 an asset."""

    permission_required = "checklists.add_asset"
    register = ASSETS
    form_class: Any = AssetForm
    form_title = "登记固定资产"
    can_save_next = True

    def save(self, form: AssetForm) -> Asset:
        data = form.cleaned_data
        asset = register_asset(
            form.facts(), by=self.request.user, point=form.point, number=data["number"], code=data["code"]
        )
        for photo in data["prepared"]:
            keep_photo(photo, asset, self.request.user)
        return asset

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=ASSETS.list_url(), **kwargs)


class AssetEditView(RecordStepView):
    permission_required, form_class, register, step = CHANGE, AssetForm, ASSETS, "编辑"
    save_label = "保存"  # type: ignore[assignment]  # a property of the base

    def form_kwargs(self) -> dict[str, Any]:
        return {"asset": self.record}

    def initial(self) -> dict[str, Any]:
        return {name: getattr(self.record, name) for name in (*NAMES, "version")}

    def save(self, form: AssetForm) -> Asset:
        version = form.cleaned_data["version"] or 0
        asset = edit_asset(self.record, form.facts(), by=self.request.user, version=version)
        for photo in form.cleaned_data["prepared"]:
            keep_photo(photo, asset, self.request.user)
        return asset


class AssetAwayView(RecordStepView):
    permission_required, form_class, register, step = "checklists.change_round", AwayForm, ASSETS, "借出或送修"
    done = "已登记,{record} 归还前班后检查记 ○"

    def save(self, form: AwayForm) -> Asset:
        mark_away(self.record, form.facts(), by=self.request.user)
        return self.record


class AssetRetireView(RecordStepView):
    permission_required, form_class, register, step = CHANGE, ReasonForm, ASSETS, "报废"
    done = "{record} 已报废,班后检查不再核对"

    def act(self, data: dict[str, Any]) -> None:
        retire_asset(self.record, by=self.request.user, reason=data["reason"])


@require_POST
@permission_required(CHANGE, raise_exception=True)
def asset_restore(request: HttpRequest, pk: int) -> HttpResponse:
    """恢复在用."""
    asset = get_record(ASSETS, request, pk)
    url = ASSETS.detail_url(asset.pk)
    return answered(request, lambda: restore_asset(asset, by=request.user), f"{asset} 已恢复在用", url)


@require_POST
@permission_required("checklists.change_round", raise_exception=True)
def asset_back(request: HttpRequest, pk: int, away_pk: int) -> HttpResponse:
    """归还."""
    asset = get_record(ASSETS, request, pk)
    absence = get_object_or_404(asset.absences, pk=away_pk)
    url = ASSETS.detail_url(asset.pk)
    return answered(request, lambda: bring_back(absence, by=request.user), f"{asset} 已归还", url)


class AssetDetailView(RegisterDetailView):
    """One asset: what the paper says, where it went, what the last rounds found."""

    def fact_groups(self, record: Asset) -> list[dict]:
        return [{"title": "资产", "rows": [
            fact("资产编号", record.number, "number"), fact("资产名称", record.name), fact("规格型号", record.spec),
            fact("应有数量", record.expected_quantity), fact("区域", record.area), fact("位置", record.place),
            fact("检查方式", "填实有数量" if record.is_counted else "√ △ × ○"),
            fact("借出送修", away(self.found["absences"])), fact("服务点", record.service_point),
            fact("购入日期", record.bought_on, "date"),
            fact("备注", record.note, "wide"),
        ]}]

    def steps(self, record: Asset) -> list[dict]:
        user, found = self.request.user, []
        url = {name: reverse(f"checklists:asset_{name}", args=[record.pk]) for name in
               ("away", "edit", "retire", "restore")}
        if record.state == AssetState.RETIRED:
            back = step("恢复在用", url["restore"], "arrow-counterclockwise", method="post")
            return first_is_primary([back]) if user.has_perm(CHANGE) else []
        if user.has_perm("checklists.change_round"):
            found.append(step("借出或送修", url["away"], "box-arrow-right"))
        if user.has_perm(CHANGE):
            found.append(step("编辑", url["edit"], "pencil"))
            found.append(step("报废", url["retire"], "archive", tone="cinnabar"))
        return first_is_primary(found)

    def questions(self, record: Asset) -> dict[str, QuerySet]:
        lines = record.lines.exclude(answer="").select_related("round", "follow_up", "answered_by").order_by("-pk")
        return {
            "photos": photos_of(record), "lines": lines[:SHOWN_LINES],
            "absences": record.absences.select_related("by", "back_by"),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        asset, found = self.record, self.found
        photos = [{
            "caption": photo.caption, "full_url": reverse("photo", args=[photo.pk, "full"]),
            "thumb_url": reverse("photo", args=[photo.pk, "thumb"]),
        } for photo in found["photos"]]
        return {
            **context, "photos": photos, "lines": found["lines"], "record_what": asset.described,
            "absences": found["absences"],
            "may_take_back": self.request.user.has_perm("checklists.change_round"),
        }
