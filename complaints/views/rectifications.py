"""重复问题: what is suggested by itself, with its cases; one press makes a 整改 of it, or a reason why not."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from complaints.forms.steps import ReasonForm
from complaints.models import Complaint, Grievance, RectificationCase
from complaints.services.rectifications import (
    dismiss_rectification,
    made_ones,
    make_rectification,
    suggestion_of,
    suggestions,
    undecided,
)
from dutylog.choices import FollowUpState
from dutylog.models import FollowUp
from servicedesk.errors import Refusal
from servicedesk.services.asking import gather
from servicedesk.views.forms import RecordFormView

DECIDE, ADD = "complaints.decide_complaint", "dutylog.add_followup"
PAGE = "complaints:rectification_list"
MOST_SHOWN = 300


@require_safe
@permission_required(DECIDE, raise_exception=True)
def rectification_list(request: HttpRequest) -> HttpResponse:
    """What is suggested, what was made of earlier ones, what was not, and why."""
    seen = FollowUp.objects.visible_to(request.user).exclude(state=FollowUpState.VOID).values("pk")
    rows = RectificationCase.objects.select_related(
        "complaint", "grievance", "follow_up", "follow_up__owner", "follow_up__checker"
    )
    made, refused = rows.filter(follow_up__in=seen), rows.filter(follow_up=None).select_related("by")
    lists = gather(
        *undecided(request.user), made.order_by("-follow_up", "pk")[:MOST_SHOWN], refused.order_by("-pk")[:20]
    )
    complaints, grievances, linked, dismissed = map(list, lists)
    return render(request, "complaints/rectification_list.html", {
        "suggestions": suggestions(complaints, grievances), "made": made_ones(linked), "dismissed": dismissed,
        "may_make": request.user.has_perm(ADD),
    })


def _refuse_unseen(request: HttpRequest, number: str) -> None:
    """404 for a case of another desk as for none."""
    for model in (Complaint, Grievance):
        if model.objects.visible_to(request.user).filter(number=number[:32]).exists():
            return
    raise Http404


@require_POST
@permission_required((DECIDE, ADD), raise_exception=True)
def rectification_make(request: HttpRequest, number: str) -> HttpResponse:
    """立为整改, then who mends it and who checks."""
    _refuse_unseen(request, number)
    try:
        follow_up = make_rectification(number[:32], by=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return redirect(PAGE)
    messages.success(request, f"已立 {follow_up},请指定责任人、期限和复查人")
    return redirect("dutylog:followup_detail", follow_up.pk)


class DismissView(RecordFormView):
    """不立整改, with the reason."""

    permission_required = DECIDE
    form_class: Any = ReasonForm
    template_name = "complaints/rectification_dismiss.html"
    save_label = form_title = "不立整改"
    needs_point = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any):
        if request.user.has_perm(DECIDE):
            _refuse_unseen(request, kwargs["number"])
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            self.suggestion = suggestion_of(kwargs["number"][:32], request.user)
        except Refusal as refusal:
            messages.error(request, refusal.sentence)
            return redirect(PAGE)
        return super().get(request, *args, **kwargs)

    def save(self, form: Any) -> int:
        return dismiss_rectification(
            self.kwargs["number"][:32], form.cleaned_data["reason"], by=self.request.user
        )

    def saved_sentence(self, record: int) -> str:
        return f"已记下不立整改的原因,{record} 件不再提示"

    def next_url(self, record: int) -> str:  # noqa: ARG002
        return reverse(PAGE)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            cancel_url=reverse(PAGE), suggestion=getattr(self, "suggestion", None), **kwargs
        )
