"""Follow-ups on screen: found, assigned, mended, checked by another; old open items taken in."""

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from dutylog.choices import FollowUpState
from dutylog.forms.followups import AssignForm, DoneForm, FollowUpForm, ProgressForm, ReasonForm, VerifyForm
from dutylog.models import FollowUp, OpenItem
from dutylog.registers.followups import FOLLOW_UPS, term
from dutylog.services.followup_steps import (
    add_progress,
    finish_follow_up,
    follow_up_open_item,
    old_open_items,
    reopen_follow_up,
    send_back_follow_up,
    verify_follow_up,
    void_follow_up,
)
from dutylog.services.followups import assign_follow_up, make_follow_up
from servicedesk.register import register_of
from servicedesk.services import preferences
from servicedesk.services.photos import keep_photo, photos_of
from servicedesk.templatetags.said import when
from servicedesk.views.facts import fact, first_is_primary, step
from servicedesk.views.forms import RecordFormView
from servicedesk.views.registers import RegisterDetailView
from servicedesk.views.steps import RecordStepView, answered

CHANGE, ADD = "dutylog.change_followup", "dutylog.add_followup"
ASSIGN, VERIFY, VOID = "dutylog.assign_followup", "dutylog.verify_followup", "dutylog.void_followup"
MOST_PROPOSALS = 200


class FollowUpCreateView(RecordFormView):
    """登记 a problem by hand."""

    permission_required = ADD
    register = FOLLOW_UPS
    form_class: Any = FollowUpForm
    form_title = "登记问题"

    def save(self, form: FollowUpForm) -> FollowUp:
        follow_up = make_follow_up(form.facts(), by=self.request.user, point=form.point)
        for photo in form.cleaned_data["prepared"]:
            keep_photo(photo, follow_up, self.request.user, "整改前")
        return follow_up

    def saved_sentence(self, record: FollowUp) -> str:
        """A problem that is known already was noted under its row."""
        if not record.updates.exists():
            return super().saved_sentence(record)
        back = f"销号后再次出现,原单重新打开(复发 {record.came_back} 次)" if record.came_back else "正在跟进"
        return f"同一问题{back},已记在 {record} 下"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=FOLLOW_UPS.list_url(), **kwargs)


class FollowUpStepView(RecordStepView):
    """A step of the follow-up of the address; photos of the step bear its caption."""

    register = FOLLOW_UPS
    template_name = "dutylog/followup_step.html"
    caption = ""

    def save(self, form: Any) -> FollowUp:
        super().save(form)
        for photo in form.cleaned_data.get("prepared", []):
            keep_photo(photo, self.record, self.request.user, self.caption)
        return self.record


class FollowUpAssignView(FollowUpStepView):
    permission_required, form_class, step = ASSIGN, AssignForm, "指派"
    done = "已指派 {record},已通知责任人"

    def initial(self) -> dict[str, Any]:
        names = ("owner", "department", "due_on", "checker", "interim_measure", "measure", "version")
        return {name: getattr(self.record, name) for name in names}

    def save(self, form: AssignForm) -> FollowUp:
        version = form.cleaned_data["version"] or 0
        return assign_follow_up(self.record, form.assignment(), by=self.request.user, version=version)


class FollowUpProgressView(FollowUpStepView):
    permission_required, form_class, step = CHANGE, ProgressForm, "记进展"
    done, caption = "已记进展 {record}", "进展"

    def act(self, data: dict[str, Any]) -> None:
        add_progress(self.record, data["text"], by=self.request.user)


class FollowUpDoneView(FollowUpStepView):
    permission_required, form_class, step = CHANGE, DoneForm, "整改完成"
    done, caption = "{record} 已报完成,等待复查", "整改后"

    def act(self, data: dict[str, Any]) -> None:
        finish_follow_up(self.record, data["measure"], by=self.request.user)


class FollowUpVerifyView(FollowUpStepView):
    permission_required, form_class, step = VERIFY, VerifyForm, "复查销号"
    done, caption = "{record} 已销号", "复查"

    def act(self, data: dict[str, Any]) -> None:
        verify_follow_up(self.record, by=self.request.user, note=data["note"])


class FollowUpSendBackView(FollowUpStepView):
    permission_required, form_class, step = VERIFY, ReasonForm, "退回"
    done = "{record} 已退回责任人"

    def act(self, data: dict[str, Any]) -> None:
        send_back_follow_up(self.record, by=self.request.user, reason=data["reason"])


class FollowUpReopenView(FollowUpStepView):
    permission_required, form_class, step = CHANGE, ReasonForm, "重新打开"
    done = "{record} 已重新打开,已通知责任人"

    def act(self, data: dict[str, Any]) -> None:
        reopen_follow_up(self.record, by=self.request.user, reason=data["reason"])


class FollowUpVoidView(FollowUpStepView):
    permission_required, form_class, step = VOID, ReasonForm, "作废"
    done = "{record} 已作废"

    def act(self, data: dict[str, Any]) -> None:
        void_follow_up(self.record, by=self.request.user, reason=data["reason"])


class FollowUpDetailView(RegisterDetailView):
    """One problem on its way: facts of the sheet, photos before and after, the weekly progress."""

    def questions(self, record: FollowUp) -> dict[str, QuerySet]:
        return {"photos": photos_of(record), "updates": record.updates.select_related("by").order_by("-pk")}

    def fact_groups(self, record: FollowUp) -> list[dict]:
        return fact_groups(record)

    def steps(self, record: FollowUp) -> list[dict]:
        return steps_of(record, self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        photos = [{
            "caption": photo.caption, "full_url": reverse("photo", args=[photo.pk, "full"]),
            "thumb_url": reverse("photo", args=[photo.pk, "thumb"]),
        } for photo in self.found["photos"]]
        return {**context, "photos": photos, "updates": self.found["updates"], "term": term(self.record)}


def fact_groups(follow_up: FollowUp) -> list[dict]:
    """The columns of the sheet, as groups."""
    source = follow_up.source
    register = register_of(source) if source is not None else None
    url = register.detail_url(source.pk) if register else ""
    return [
        {"title": "问题", "rows": [
            fact("类别", follow_up.get_kind_display()), fact("地点", follow_up.place),
            fact("发现人", follow_up.found_by), fact("发现时间", when(follow_up.created_at)),
            fact("来源", follow_up.source_text, url=url), fact("复发", f"{follow_up.came_back} 次"),
            fact("问题", follow_up.problem, "long"),
        ]},
        {"title": "整改", "rows": [
            fact("责任人", follow_up.owner), fact("责任部门", follow_up.department),
            fact("通知时间", _at(follow_up.told_at)), fact("期限", follow_up.due_on, "date", help=term(follow_up)),
            fact("临时措施", follow_up.interim_measure, "wide"), fact("整改措施", follow_up.measure, "wide"),
            fact("完成", _by(follow_up.done_at, follow_up.done_by)), fact("复查人", follow_up.checker),
            fact("销号", _by(follow_up.verified_at, follow_up.verified_by)),
        ]},
    ]


def _at(moment: Any) -> str:
    return when(moment) if moment else ""


def _by(moment: Any, person: Any) -> str:
    return f"{when(moment)} {person}" if moment else ""


def steps_of(follow_up: FollowUp, user: Any) -> list[dict]:
    """The buttons that fit the state and the person."""
    found = [each for each in _possible(follow_up) if user.has_perm(each.pop("right"))]
    return first_is_primary(found)


def _step(follow_up: FollowUp, label: str, name: str, icon: str, right: str, **more: Any) -> dict[str, Any]:
    return step(label, reverse(f"dutylog:followup_{name}", args=[follow_up.pk]), icon, right=right, **more)


def _possible(follow_up: FollowUp) -> list[dict[str, Any]]:
    assign = _step(follow_up, "改派" if follow_up.owner else "指派", "assign", "person-check", ASSIGN)
    progress = _step(follow_up, "记进展", "progress", "pencil", CHANGE)
    if follow_up.state == FollowUpState.OPEN:
        done = [_step(follow_up, "整改完成", "done", "check2", CHANGE)] if follow_up.owner else []
        void = _step(follow_up, "作废", "void", "slash-circle", VOID, tone="cinnabar")
        return [*done, *([assign, progress] if not follow_up.owner else [progress, assign]), void]
    if follow_up.state == FollowUpState.DONE:
        back = _step(follow_up, "退回", "send_back", "arrow-counterclockwise", VERIFY, tone="cinnabar")
        return [_step(follow_up, "复查销号", "verify", "check2-all", VERIFY), back, progress, assign]
    if follow_up.state == FollowUpState.VERIFIED:
        return [_step(follow_up, "重新打开", "reopen", "arrow-counterclockwise", CHANGE)]
    return []


@require_safe
@permission_required(ADD, raise_exception=True)
def followup_proposals(request: HttpRequest) -> HttpResponse:
    """Open items that have waited too long, each with a button that takes it into the weekly list."""
    return render(request, "dutylog/followup_proposals.html", {
        "items": old_open_items(request.user)[:MOST_PROPOSALS], "register": FOLLOW_UPS,
        "days": preferences.value("dutylog.old_item_days"),
    })


@require_POST
@permission_required(ADD, raise_exception=True)
def followup_from_item(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one old open item into the weekly list."""
    item = get_object_or_404(OpenItem.objects.visible_to(request.user), pk=pk)
    back = reverse("dutylog:followup_proposals")
    return answered(request, lambda: follow_up_open_item(item, by=request.user), f"{item} 已转入跟进", back)
