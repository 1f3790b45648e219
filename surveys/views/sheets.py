"""问卷 on screen: entered by staff, looked at by who may, passed on, void."""

from functools import cached_property
from typing import Any

from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from dutylog.intakes import takes
from servicedesk.errors import Refusal
from servicedesk.services.disclosing import disclose
from servicedesk.templatetags.said import when
from servicedesk.views.facts import fact, first_is_primary, step
from servicedesk.views.forms import RecordFormView
from servicedesk.views.registers import RegisterDetailView
from servicedesk.views.steps import RecordStepView, answered, get_record
from surveys.choices import Care, Channel, HeardFrom, SheetState
from surveys.forms.sheets import ReasonForm, SheetForm
from surveys.models import SurveySheet, SurveyVersion
from surveys.registers.sheets import SHEETS
from surveys.services.care import GRIEVANCE, drop_care, may_go_on, pass_on
from surveys.services.sheets import enter_sheet, void_sheet

PASS_ON, VOID, REVEAL = "surveys.pass_on_surveysheet", "surveys.void_surveysheet", "servicedesk.reveal_personal"


class SheetCreateView(RecordFormView):
    """录入问卷: from paper with number keys, or by telephone."""

    permission_required = "surveys.add_surveysheet"
    register = SHEETS
    form_class = SheetForm
    form_title = "录入问卷"
    template_name = "surveys/surveysheet_form.html"
    can_save_next = True

    @cached_property
    def version(self) -> SurveyVersion | None:
        """The version that is typed: the one in use, or that of a pile of older sheets."""
        asked = self.request.GET.get("version", "")
        rows = SurveyVersion.objects.filter(number=int(asked)) if asked.isdecimal() and len(asked) < 5 else None
        return (rows.first() if rows is not None else None) or SurveyVersion.current()

    def form_kwargs(self) -> dict[str, Any]:
        return {"survey_version": self.version}

    def initial(self) -> dict[str, Any]:
        asked = self.request.GET.get("channel", "")
        return {"channel": asked if asked in {Channel.PAPER, Channel.PHONE} else Channel.PAPER}

    def save(self, form: SheetForm) -> SurveySheet:
        return enter_sheet(form.facts(), by=self.request.user, point=form.point, version=self.version)

    def saved_sentence(self, record: SurveySheet) -> str:
        return f"已录入 {record}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=SHEETS.list_url(), **kwargs)

    def again_url(self) -> str:
        """The next sheet of the same pile."""
        return self.request.get_full_path()


class SurveySheetDetailView(RegisterDetailView):
    """One sheet. Who handed it out or typed it in sees that it is there, not what stands on it."""

    def questions(self, record: SurveySheet) -> dict[str, models.QuerySet]:
        if not record.shows_scores:
            return {}
        return {"answers": record.answers.select_related("item").order_by("item__order")}

    def fact_groups(self, record: SurveySheet) -> list[dict]:
        about = {"title": "问卷", "rows": _about(record)}
        if not record.shows_scores:
            return [about]
        return [about, *_answered(record, self.request.user, self.found["answers"])]

    def steps(self, record: SurveySheet) -> list[dict]:
        return steps_of(record, self.request.user)

    def paper_keys(self, record: SurveySheet) -> tuple[str, ...]:
        return super().paper_keys(record) if record.shows_scores else ()

    def events(self, record: SurveySheet) -> list[dict]:  # noqa: ARG002
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        waits = self.record.shows_scores and self.record.care == Care.WAITING and self.record.state == SheetState.VALID
        what = SHEETS.title(self.record)
        return {**context, "answers": self.found.get("answers", []), "record_what": what, "waits": waits,
                "has_taker": takes(GRIEVANCE)}


def _about(sheet: SurveySheet) -> list[dict]:
    entered = f"{sheet.created_by} {when(sheet.created_at)}" if sheet.created_by else "游客自己"
    language = fact("语言", sheet.get_language_display()) if sheet.language == "en" else None
    rows = [
        fact("方式", sheet.get_channel_display()), fact("填表时间", when(sheet.answered_at)),
        fact("地点", sheet.place), fact("版本", str(sheet.survey_version)), language,
        fact("发放批次", sheet.batch, url=_batch_url(sheet)) if sheet.batch else None,
        fact("发放人", sheet.handed_out_by) if sheet.handed_out_by else None,
        fact("录入", entered), fact("服务点", sheet.service_point),
        fact("作废原因", sheet.void_reason, "wide") if sheet.void_reason else None,
    ]
    return [row for row in rows if row]


def _batch_url(sheet: SurveySheet) -> str:
    return reverse("surveys:surveybatch_detail", args=[sheet.batch_id])


def _answered(sheet: SurveySheet, user: Any, answers: list[Any]) -> list[dict]:
    ways = [*(HeardFrom(code).label for code in sheet.heard_from), sheet.heard_other]
    heard = "、".join(way for way in ways if way)
    visitor = [
        fact("来自", sheet.origin), fact("出游方式", sheet.get_party_display()), fact("性别", sheet.get_sex_display()),
        fact("年龄", sheet.get_age_band_display()), fact("第几次来", sheet.get_visits_display()),
        fact("得知渠道", heard), fact("交通", sheet.get_transport_display()),
    ]
    url = reverse("surveys:surveysheet_reveal", args=[sheet.pk]) if sheet.phone and user.has_perm(REVEAL) else ""
    contact = [
        fact("姓名", sheet.name_masked), fact("电话", sheet.phone_masked, "phone", reveal_url=url),
    ] if sheet.may_call else []
    if sheet.care:
        contact.append(fact("低分处理", sheet.get_care_display(), help=sheet.care_note or sheet.passed_number))
    return [
        {"title": "游客", "rows": [*visitor, *contact]},
        {"title": "总体", "rows": [
            fact("总体印象", sheet.get_overall_display()), fact("愿意推荐", sheet.nps),
            fact("意见建议", sheet.comment, "long"),
        ]},
        *([] if answers else [{"title": "评价项目", "rows": [fact("评分", "没有逐项评分")]}]),
    ]


def steps_of(sheet: SurveySheet, user: Any) -> list[dict]:
    """Pass on, say why not, make void: by state and right."""
    found = []
    is_valid = sheet.state == SheetState.VALID
    if is_valid and sheet.shows_scores and user.has_perm(PASS_ON):
        if may_go_on(sheet):
            url = reverse("surveys:surveysheet_pass_on", args=[sheet.pk])
            found.append(step("转抱怨", url, "chat-left-text", method="post"))
        if sheet.care == Care.WAITING:
            found.append(step("不转抱怨", reverse("surveys:surveysheet_drop", args=[sheet.pk]), "x-circle"))
    if sheet.state != SheetState.VOID and user.has_perm(VOID):
        url = reverse("surveys:surveysheet_void", args=[sheet.pk])
        found.append(step("作废", url, "slash-circle", tone="cinnabar"))
    return first_is_primary(found)


@require_POST
@permission_required(PASS_ON, raise_exception=True)
def surveysheet_pass_on(request: HttpRequest, pk: int) -> HttpResponse:
    """转抱怨: one press makes the draft; one's own sheet is passed on by somebody else."""
    sheet = get_record(SHEETS, request, pk)
    if not sheet.shows_scores:
        raise PermissionDenied
    done = f"{sheet} 已转为抱怨草稿,请到抱怨台帐核实"
    return answered(request, lambda: pass_on(sheet, by=request.user), done, SHEETS.detail_url(pk))


class SheetDropView(RecordStepView):
    """不转抱怨, with the reason."""

    register, permission_required, form_class = SHEETS, PASS_ON, ReasonForm
    step, done = "不转抱怨", "已记下:{record} 不转抱怨"

    def has_permission(self) -> bool:
        return super().has_permission() and self.record.shows_scores

    def act(self, data: dict[str, Any]) -> None:
        drop_care(self.record, by=self.request.user, reason=data["reason"])


class SheetVoidView(RecordStepView):
    """作废 by a manager, with the reason."""

    register, permission_required, form_class = SHEETS, VOID, ReasonForm
    step, done = "作废", "已作废 {record}"

    def act(self, data: dict[str, Any]) -> None:
        void_sheet(self.record, by=self.request.user, reason=data["reason"])


class SheetRevealView(RecordStepView):
    """看全部: asks why, writes it down, shows the number on this page alone."""

    register, permission_required, form_class, step = SHEETS, REVEAL, ReasonForm, "查看电话"

    def draft_key(self) -> str:
        return ""

    def has_permission(self) -> bool:
        if not super().has_permission() or not self.request.user.has_perm("surveys.view_surveysheet"):
            return False
        if not self.record.shows_scores:
            raise PermissionDenied
        return True

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.make_form(request.POST)
        if not form.is_valid():
            return self.show(form, "", status=422)  # type: ignore[arg-type]
        try:
            disclose(self.record, "电话", request.user, form.cleaned_data["reason"])
        except Refusal as refusal:
            form.refuse(refusal)
            return self.show(form, "", status=refusal.status)  # type: ignore[arg-type]
        return render(request, "dutylog/revealed.html", {
            "record": self.record, "label": "电话", "value": self.record.phone, "register": SHEETS,
            "back": self.record.page,
        })
