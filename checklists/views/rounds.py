"""Rounds on screen: the day's list, the walk, the record, what was missed."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from checklists.choices import RoundState
from checklists.forms.assets import ReasonForm
from checklists.models import Round, RoundTemplate
from checklists.registers.rounds import ROUNDS, outcome
from checklists.services.answers import by_area, lines_of
from checklists.services.owed import missed_of, owed_on
from checklists.services.rounds import excuse_round, review_round, start_round
from dutylog.services.days import duty_date, duty_dates
from servicedesk.errors import Refusal
from servicedesk.services.photos import photos_of
from servicedesk.services.points import own_points, required_point
from servicedesk.templatetags.said import when
from servicedesk.views.facts import fact, first_is_primary, step
from servicedesk.views.forms import RecordFormView
from servicedesk.views.registers import RegisterDetailView
from servicedesk.views.steps import answered, get_record

WALK, REVIEW, APPROVE = "checklists.change_round", "checklists.review_round", "checklists.approve_round"


def read_day(text: str, default: dt.date) -> dt.date:
    """The day of an address; 404 for what is no day."""
    try:
        return dt.date.fromisoformat(text) if text else default
    except ValueError:
        raise Http404 from None


@require_safe
@permission_required("checklists.view_round", raise_exception=True)
def round_day(request: HttpRequest) -> HttpResponse:
    """今日检查: what this desk owes on a duty day, and what earlier days left; at all their desks for who approves."""
    point = required_point(request)
    points = [point, *[each for each in own_points(request) if each != point and request.user.has_perm(APPROVE)]]
    days = duty_dates(timezone.now(), points)
    today, left = days[point.pk], missed_of(points, today=days)
    on = read_day(request.GET.get("on", ""), today)
    return render(request, "checklists/round_day.html", {
        "register": ROUNDS, "point": point, "on": on, "today": today, "owed": owed_on(point, on, today=today),
        "missed": [each for each in left if each.point == point and each.on != on],
        "elsewhere": [each for each in left if each.point != point],
        "before": on - dt.timedelta(days=1), "after": on + dt.timedelta(days=1) if on < today else None,
    })


@require_POST
@permission_required("checklists.add_round", raise_exception=True)
def round_start(request: HttpRequest, template_pk: int) -> HttpResponse:
    """Begin the round of a day, or go on with the one that is begun."""
    point = required_point(request)
    template = get_object_or_404(RoundTemplate.objects.visible_to(request.user), pk=template_pk)
    on = read_day(request.POST.get("on", ""), duty_date(timezone.now(), point))
    try:
        round_ = start_round(template, on, by=request.user, point=point)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return redirect(f"{reverse('checklists:round_day')}?on={on}")
    page = "round_walk" if round_.is_running else "round_detail"
    return redirect(f"checklists:{page}", round_.pk)


class RoundExcuseView(RecordFormView):
    """批准漏查, with the reason."""

    permission_required, form_class = APPROVE, ReasonForm
    register = ROUNDS
    save_label = "批准漏查"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any):
        self.template = get_object_or_404(RoundTemplate.objects.visible_to(request.user), pk=kwargs["template_pk"])
        self.on = read_day(kwargs["on"], timezone.localdate())
        return super().dispatch(request, *args, **kwargs)

    @property
    def form_title(self) -> str:
        return f"批准漏查 {self.template.name} {self.on:%m月%d日}"

    def save(self, form: Any) -> Round:
        return excuse_round(
            self.template, self.on, by=self.request.user, point=form.point, reason=form.cleaned_data["reason"]
        )

    def saved_sentence(self, record: Round) -> str:
        return f"已批准漏查 {record}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=f"{reverse('checklists:round_day')}?on={self.on}", **kwargs)


@require_POST
@permission_required(REVIEW, raise_exception=True)
def round_review(request: HttpRequest, pk: int) -> HttpResponse:
    """复核 by a second person."""
    round_ = get_record(ROUNDS, request, pk)
    url = ROUNDS.detail_url(round_.pk)
    return answered(request, lambda: review_round(round_, by=request.user), f"已复核 {round_}", url)


class RoundDetailView(RegisterDetailView):
    """One round: who, when, each line, the failures with their follow-ups."""

    def fact_groups(self, record: Round) -> list[dict]:
        checked = f"{when(record.checked_at)} {record.checked_by}" if record.checked_at else ""
        reviewed = f"{when(record.reviewed_at)} {record.reviewed_by}" if record.reviewed_at else ""
        rows = [
            fact("检查表", f"{record.template.name}(第 {record.template_version.number} 版)"),
            fact("值班日", record.on, "date"),
            fact("检查人", checked, help="补查" if record.is_late else ""), fact("复核人", reviewed),
            fact("结果", outcome(record)), fact("服务点", record.service_point), fact("备注", record.note, "wide"),
        ]
        if record.state == RoundState.EXCUSED:
            rows.append(fact("漏查原因", record.excuse, "wide"))
            rows.append(fact("批准", f"{when(record.approved_at)} {record.approved_by}"))
        return [{"title": "检查", "rows": rows}]

    def steps(self, record: Round) -> list[dict]:
        return steps_of(record, self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        photos = [{
            "caption": photo.caption, "full_url": reverse("photo", args=[photo.pk, "full"]),
            "thumb_url": reverse("photo", args=[photo.pk, "thumb"]),
        } for photo in photos_of(self.record)]
        what = f"{self.record.template.name} {self.record.on:%m月%d日}"
        return {**context, "photos": photos, "areas": by_area(lines_of(self.record)), "record_what": what}


def steps_of(record: Round, user: Any) -> list[dict]:
    """The buttons that fit the state and the person."""
    found = []
    if record.is_running and user.has_perm(WALK):
        found.append(step("继续检查", reverse("checklists:round_walk", args=[record.pk]), "list-check"))
    if record.is_running and user.has_perm(APPROVE):
        url = reverse("checklists:round_excuse", args=[record.template_id, record.on.isoformat()])
        found.append(step("批准漏查", url, "slash-circle"))
    if record.state == RoundState.DONE and user.has_perm(REVIEW) and user != record.checked_by:
        url = reverse("checklists:round_review", args=[record.pk])
        found.append(step("复核", url, "check2-all", method="post"))
    return first_is_primary(found)
