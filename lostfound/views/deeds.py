"""The book of good deeds: by hand, put right, verified, withdrawn, rewarded."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from lostfound.choices import GoodDeedState
from lostfound.forms.deeds import DeedReasonForm, GoodDeedForm
from lostfound.models import GoodDeed
from lostfound.registers.deeds import GOOD_DEEDS
from lostfound.services.deeds import (
    edit_good_deed,
    pay_reward,
    register_good_deed,
    verify_good_deed,
    withdraw_good_deed,
)
from lostfound.services.figures import deeds_of_year
from servicedesk.register import register_of
from servicedesk.templatetags.said import when
from servicedesk.views.forms import RecordFormView
from servicedesk.views.registers import RegisterDetailView

VERIFY = "lostfound.verify_gooddeed"


def get_deed(request: HttpRequest, pk: int) -> GoodDeed:
    """The visible deed of the address; 404 for one of another desk as for none."""
    return get_object_or_404(GOOD_DEEDS.rows(request.user), pk=pk)


class DeedCreateView(RecordFormView):
    """登记 a deed that is no find."""

    permission_required = "lostfound.add_gooddeed"
    register = GOOD_DEEDS
    form_class: Any = GoodDeedForm
    form_title = "好人好事登记"

    def save(self, form: Any) -> GoodDeed:
        return register_good_deed(form.facts(), by=self.request.user, point=form.point)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=GOOD_DEEDS.list_url(), **kwargs)


class DeedStepView(RecordFormView):
    """A form about the deed of the address; afterwards back to its page."""

    register = GOOD_DEEDS
    needs_point = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any):
        self.deed = get_deed(request, kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def form_kwargs(self) -> dict[str, Any]:
        return {"deed": self.deed}

    def saved_sentence(self, record: GoodDeed) -> str:
        return f"已保存 {record}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=GOOD_DEEDS.detail_url(self.deed.pk), **kwargs)


class DeedEditView(DeedStepView):
    """编辑, feedback and reward included; a find's own deed keeps its facts."""

    permission_required, form_class = "lostfound.change_gooddeed", GoodDeedForm

    @property
    def form_title(self) -> str:
        return f"编辑 {self.deed.number}"

    def initial(self) -> dict[str, Any]:
        names = ("person", "kind", "on", "summary", "feedback", "reward", "version")
        return {name: getattr(self.deed, name) for name in names}

    def save(self, form: Any) -> GoodDeed:
        version = form.cleaned_data["version"] or 0
        return edit_good_deed(self.deed, form.facts(), by=self.request.user, version=version)


class DeedWithdrawView(DeedStepView):
    """撤回, with the reason."""

    permission_required, form_class = VERIFY, DeedReasonForm
    save_label = "撤回"

    @property
    def form_title(self) -> str:
        return f"撤回 {self.deed.number}"

    def save(self, form: Any) -> GoodDeed:
        return withdraw_good_deed(self.deed, by=self.request.user, reason=form.cleaned_data["reason"])


class GoodDeedDetailView(RegisterDetailView):
    """One deed, and what else the person did this year."""

    def fact_groups(self, record: GoodDeed) -> list[dict]:
        year = record.on.year
        counts = "、".join(f"{kind} {times}" for kind, times in deeds_of_year(record.person, year).items())
        return [*_facts(record), {"title": f"{record.person.name} {year} 年", "rows": [
            {"label": "已核实", "value": counts, "kind": "wide"},
        ]}]

    def steps(self, record: GoodDeed) -> list[dict]:
        return steps_of(record, self.request.user)


def _facts(deed: GoodDeed) -> list[dict]:
    register = register_of(deed.item) if deed.item else None
    url = register.detail_url(deed.item_id) if register and deed.item_id else ""
    verified = f"{when(deed.verified_at)} {deed.verified_by.name}" if deed.verified_at and deed.verified_by else ""
    rows = [
        ("日期", deed.on, "date"), ("员工", deed.person.name, ""), ("部门/岗位", deed.person_post, ""),
        ("类别", deed.get_kind_display(), ""), ("游客反馈", deed.feedback, ""), ("奖励建议", deed.reward, ""),
        ("兑现日期", deed.reward_paid_on, "date"), ("核实", verified, ""), ("归还情况", deed.returned, ""),
        ("事迹摘要", deed.summary, "long"),
    ]
    shown = [{"label": label, "value": value, "kind": kind} for label, value, kind in rows]
    if deed.item:
        shown.insert(4, {"label": "拾物", "value": deed.item.number, "kind": "number", "url": url})
    if deed.withdraw_reason:
        shown.append({"label": "撤回原因", "value": deed.withdraw_reason, "kind": "wide"})
    return [{"title": "事迹", "rows": shown}]


def steps_of(deed: GoodDeed, user: Any) -> list[dict]:
    """The buttons that fit the state and the person."""
    found = [step for step in _possible(deed) if user.has_perm(step.pop("right"))]
    for place, step in enumerate(found):
        step["is_primary"] = place == 0
    return found


def _step(deed: GoodDeed, label: str, name: str, icon: str, right: str, **more: Any) -> dict[str, Any]:
    url = reverse(f"lostfound:gooddeed_{name}", args=[deed.pk])
    return {"label": label, "url": url, "icon": icon, "right": right, **more}


def _possible(deed: GoodDeed) -> list[dict[str, Any]]:
    if deed.state == GoodDeedState.WITHDRAWN:
        return []
    steps = [
        _step(deed, "反馈与奖励" if deed.item_id else "编辑", "edit", "pencil", "lostfound.change_gooddeed"),
        _step(deed, "撤回", "withdraw", "x-circle", VERIFY, tone="cinnabar"),
    ]
    if deed.state == GoodDeedState.DRAFT:
        return [_step(deed, "核实", "verify", "patch-check", VERIFY, method="post"), *steps]
    if deed.reward and deed.reward_paid_on is None:
        return [_step(deed, "奖励已兑现", "pay", "gift", VERIFY, method="post"), *steps]
    return steps


def _act(request: HttpRequest, pk: int, service: Any, done: str) -> HttpResponse:
    deed = get_deed(request, pk)
    if not request.user.has_perm(VERIFY):
        raise PermissionDenied
    service(deed, by=request.user)
    messages.success(request, done.format(deed=deed))
    return redirect(GOOD_DEEDS.detail_url(deed.pk))


@require_POST
def gooddeed_verify(request: HttpRequest, pk: int) -> HttpResponse:
    """核实: from now on it stands in the month's 3.8."""
    return _act(request, pk, verify_good_deed, "已核实 {deed}")


@require_POST
def gooddeed_pay(request: HttpRequest, pk: int) -> HttpResponse:
    """奖励已兑现, today."""
    return _act(request, pk, pay_reward, "已记 {deed} 奖励兑现")
