"""The walk: a screen for a clerk with a phone in one hand. Each tap is saved by itself."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from checklists.forms.rounds import JoinForm, WalkForm
from checklists.models import Round, RoundLine
from checklists.registers.rounds import ROUNDS
from checklists.services.answers import answer_line, by_area, fill_area, lines_of, progress
from checklists.services.joining import add_person, may_join, not_yet_in
from checklists.services.rounds import finish_round, lines_left
from servicedesk.errors import Refusal
from servicedesk.services.submissions import discard_draft
from servicedesk.views.forms import RecordFormView
from servicedesk.views.steps import RecordStepView, get_record

WALK = "checklists.change_round"
AREA = "area:"


class RoundWalkView(RecordFormView):
    """All lines of a round by area; saved, filled up, or finished with one's name."""

    permission_required, form_class = WALK, WalkForm
    register = ROUNDS
    template_name = "checklists/round_walk.html"
    needs_point = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any):
        self.record = get_record(ROUNDS, request, kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    @property
    def form_title(self) -> str:
        return f"{self.record.template.name} {self.record.on:%m月%d日}"

    def form_kwargs(self) -> dict[str, Any]:
        return {"lines": lines_of(self.record)}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.record.is_running:
            return redirect(ROUNDS.detail_url(self.record.pk))
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.record.is_running:
            messages.info(request, f"{self.record} 已经查完,没有重复签字。")
            return redirect(ROUNDS.detail_url(self.record.pk))
        form = self.make_form(request.POST, request.FILES)
        if not form.is_valid():
            return self.show(form, request.POST.get("submission_key"), status=422)  # type: ignore[arg-type]
        refusal = save_answers(form, by=request.user) or self._then(request.POST.get("after", ""), form)
        if refusal is not None:
            form.refuse(refusal)
            return self.show(form, request.POST.get("submission_key"), status=422)  # type: ignore[arg-type]
        discard_draft(request.user, self.draft_key()[:120])
        return redirect(self._next(request.POST.get("after", "")))

    def _then(self, after: str, form: WalkForm) -> Refusal | None:
        """What the pressed button asks for besides saving. Reported failures stay, even when this is refused."""
        user = self.request.user
        try:
            if after.startswith(AREA):
                filled, left = fill_area(self.record, after[len(AREA):], by=user)
                photo = f",还有 {left} 项须拍照" if left else ""
                messages.success(self.request, f"{after[len(AREA):]}:{filled} 项记为正常{photo}")
            elif after == "finish":
                finish_round(self.record, by=user, note=form.cleaned_data["note"])
                messages.success(self.request, f"{self.record} 已完成,检查人 {user.name}")
            else:
                messages.success(self.request, "已保存")
        except Refusal as refusal:
            return refusal
        return None

    def _next(self, after: str) -> str:
        """The record once it is finished; after an area, the next line that has no answer."""
        if after == "finish":
            return ROUNDS.detail_url(self.record.pk)
        left = lines_left(self.record)
        place = f"#line-{left[0].pk}" if left and after.startswith(AREA) else ""
        return reverse("checklists:round_walk", args=[self.record.pk]) + place

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs["form"]
        rows = {row["line"].pk: row for row in form.rows()}
        areas = [
            {"name": area, "rows": [rows[line.pk] for line in lines], "left": sum(not line.answer for line in lines)}
            for area, lines in by_area(form.lines)
        ]
        done = sum(bool(line.answer) for line in form.lines)
        return super().get_context_data(
            record=self.record, areas=areas, done=done, count=len(form.lines),
            cancel_url=reverse("checklists:round_day"), may_join=may_join(self.record), **kwargs,
        )


class RoundJoinView(RecordStepView):
    """加人 into a pre-shift check that has begun; who was rostered meanwhile is proposed."""

    permission_required, form_class, register, step = WALK, JoinForm, ROUNDS, "加人"
    save_label = "加入检查"  # type: ignore[assignment]  # a property of the base

    def initial(self) -> dict[str, Any]:
        late = not_yet_in(self.record) if may_join(self.record) else []
        return {**super().initial(), "person": late[0].pk if late else None}

    def save(self, form: JoinForm) -> Round:
        self.lines = add_person(self.record, form.cleaned_data["person"], by=self.request.user)
        return self.record

    def saved_sentence(self, record: Round) -> str:
        return f"{self.lines[0].area}已加入 {record},请逐项检查"

    def next_url(self, record: Round) -> str:
        return f"{reverse('checklists:round_walk', args=[record.pk])}#line-{self.lines[0].pk}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        back = reverse("checklists:round_walk", args=[self.record.pk])
        return {**super().get_context_data(**kwargs), "cancel_url": back}


def save_answers(form: WalkForm, *, by: Any) -> Refusal | None:
    """Save the lines that say something; the first refusal stops, what was good before it is kept."""
    for line in form.lines:
        given = form.given(line)
        if given.is_empty:
            continue
        try:
            answer_line(line, given, by=by)
        except Refusal as refusal:
            return refusal
    return None


@require_POST
@permission_required(WALK, raise_exception=True)
def round_line(request: HttpRequest, pk: int, line_pk: int) -> HttpResponse:
    """One line tapped: saved and drawn again, with the follow-up that it made."""
    round_: Round = get_record(ROUNDS, request, pk)
    line: RoundLine = get_object_or_404(
        round_.lines.select_related("item", "asset", "photo", "follow_up__owner"), pk=line_pk
    )
    form = WalkForm(request.POST, request.FILES, lines=[line])
    status = 200
    if not form.is_valid():
        status = 422
    else:
        try:
            with transaction.atomic():
                saved = answer_line(line, form.given(line), by=request.user)
            form = WalkForm(lines=[RoundLine.objects.select_related(
                "item", "asset", "photo", "follow_up__owner", "answered_by", "person").get(pk=saved.pk)])
        except Refusal as refusal:
            form.add_error(f"{refusal.facts.get('field', 'remark')}_{line.pk}", refusal.sentence)
            status = 422
    done, count = progress(round_)
    context = {"row": form.rows()[0], "record": round_, "done": done, "count": count}
    return render(request, "checklists/_check.html", context, status=status)
