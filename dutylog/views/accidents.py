"""Accidents on screen: written and told at once, those who were hurt, the chain of notice, followed until closed."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from dutylog.choices import AccidentState
from dutylog.forms.accidents import (
    EDITED,
    HURT,
    AccidentEditForm,
    AccidentForm,
    InjuredForm,
    MendForm,
    ResultForm,
    UpdateForm,
)
from dutylog.forms.enquiries import WhyForm
from dutylog.models import Accident, FollowUp, InjuredPerson, LogEntry
from dutylog.registers.accidents import ACCIDENTS
from dutylog.registers.entries import LOG_ENTRIES
from dutylog.services.accidents import (
    add_accident_update,
    add_injured,
    close_accident,
    edit_accident,
    edit_injured,
    follow_up_accident,
    handle_accident,
    register_accident,
    reopen_accident,
    void_accident,
)
from dutylog.services.chain import next_step, steps_about
from dutylog.services.registerlines import lines_about
from dutylog.views.revealing import RevealView
from servicedesk.services.asking import by_key
from servicedesk.services.photos import keep_photo, photos_of
from servicedesk.services.timelines import changes
from servicedesk.templatetags.said import when
from servicedesk.views.facts import fact, first_is_primary, step
from servicedesk.views.forms import RecordFormView
from servicedesk.views.registers import RegisterDetailView
from servicedesk.views.steps import RecordStepView

ADD, CHANGE, CLOSE, VOID = (f"dutylog.{verb}_accident" for verb in ("add", "change", "close", "void"))
VIEW, REVEAL = "dutylog.view_accident", "servicedesk.reveal_personal"


class AccidentCreateView(RecordFormView):
    """登记: the supervisor on duty is told with the saving."""

    permission_required = ADD
    register = ACCIDENTS
    form_class: Any = AccidentForm
    form_title = "意外伤害及突发事件登记"
    save_label = "保存并通知督导"

    def save(self, form: AccidentForm) -> Accident:
        accident = register_accident(form.facts(), by=self.request.user, point=form.point, injured=form.injured())
        for photo in form.cleaned_data["prepared"]:
            keep_photo(photo, accident, self.request.user, "现场")
        return accident

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=ACCIDENTS.list_url(), **kwargs)


class AccidentStepView(RecordStepView):
    """A step of the accident of the address; photos of the step bear its caption."""

    register = ACCIDENTS
    caption = ""

    def save(self, form: Any) -> Accident:
        super().save(form)
        for photo in form.cleaned_data.get("prepared", []):
            keep_photo(photo, self.record, self.request.user, self.caption)
        return self.record


class AccidentEditView(AccidentStepView):
    permission_required, form_class, step = CHANGE, AccidentEditForm, "补充"
    save_label = "保存"

    def form_kwargs(self) -> dict[str, Any]:
        return {"kind": self.record.kind}

    def initial(self) -> dict[str, Any]:
        return {name: getattr(self.record, name) for name in (*EDITED, "version")}

    def save(self, form: AccidentEditForm) -> Accident:
        version = form.cleaned_data["version"] or 0
        return edit_accident(self.record, form.facts(), by=self.request.user, version=version)


class InjuredAddView(AccidentStepView):
    permission_required, form_class, step = CHANGE, InjuredForm, "登记伤者"
    done = "已登记伤者 {record}"

    def save(self, form: InjuredForm) -> Accident:
        add_injured(self.record, form.hurt(), by=self.request.user)
        return self.record


class InjuredEditView(InjuredAddView):
    """What is known of one who was hurt, put right."""

    step = "更正伤者"
    done = "已保存伤者 {record}"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any):
        self.person = get_injured(request, kwargs["pk"], kwargs["person"])
        return super().dispatch(request, *args, **kwargs)

    def form_kwargs(self) -> dict[str, Any]:
        return {"person": self.person}

    def initial(self) -> dict[str, Any]:
        return {name: getattr(self.person, name) for name in (*HURT, "version") if name != "phone"}

    def save(self, form: InjuredForm) -> Accident:
        version = form.cleaned_data["version"] or 0
        edit_injured(self.person, form.hurt(), by=self.request.user, version=version)
        return self.record

    def edited(self, record: Accident) -> InjuredPerson:  # noqa: ARG002
        return self.person


def get_injured(request: HttpRequest, accident: int, person: int) -> InjuredPerson:
    """One who was hurt in an accident that the person may see."""
    seen = Accident.objects.visible_to(request.user).filter(pk=accident)
    return get_object_or_404(InjuredPerson.objects.select_related("accident"), pk=person, accident__in=seen)


class InjuredRevealView(RevealView):
    """看电话 of one who was hurt."""

    register, permission_required, field, usual_reason = ACCIDENTS, (VIEW, REVEAL), "phone", "回访伤者"

    @property
    def of(self) -> InjuredPerson:
        return get_injured(self.request, self.kwargs["pk"], self.kwargs["person"])


class AccidentUpdateView(AccidentStepView):
    permission_required, form_class, step = CHANGE, UpdateForm, "记跟踪"
    done, caption = "已记跟踪 {record}", "跟踪"

    def act(self, data: dict[str, Any]) -> None:
        add_accident_update(self.record, data["text"], by=self.request.user)


class AccidentHandleView(AccidentStepView):
    permission_required, form_class, step = CHANGE, UpdateForm, "处置完毕"
    done, caption = "{record} 现场处置完毕,请跟踪到结案", "处置"

    def act(self, data: dict[str, Any]) -> None:
        handle_accident(self.record, by=self.request.user, note=data["text"])


class AccidentCloseView(AccidentStepView):
    permission_required, form_class, step = CLOSE, ResultForm, "结案"
    done = "{record} 已结案"

    def act(self, data: dict[str, Any]) -> None:
        close_accident(self.record, data["result"], by=self.request.user)


class AccidentReopenView(AccidentStepView):
    permission_required, form_class, step = CLOSE, WhyForm, "重新打开"
    done = "{record} 已重新打开"

    def act(self, data: dict[str, Any]) -> None:
        reopen_accident(self.record, by=self.request.user, reason=data["reason"])


class AccidentVoidView(AccidentStepView):
    permission_required, form_class, step = VOID, WhyForm, "作废"
    done = "{record} 已作废"

    def act(self, data: dict[str, Any]) -> None:
        void_accident(self.record, by=self.request.user, reason=data["reason"])


class AccidentMendView(AccidentStepView):
    permission_required, form_class, step = (VIEW, "dutylog.add_followup"), MendForm, "转整改跟进"
    done = "已转整改跟进 {record}"

    def act(self, data: dict[str, Any]) -> None:
        follow_up_accident(self.record, data["problem"], by=self.request.user, owner=data["owner"])


class AccidentDetailView(RegisterDetailView):
    """One accident: facts of the sheet, those who were hurt, the chain, how it goes on."""

    def questions(self, record: Accident) -> dict[str, QuerySet]:
        hurt = InjuredPerson.history.filter(accident_id=record.pk).select_related("history_user")
        lines = lines_about(record)
        return {
            "injured": record.injured.all(), "injured_history": hurt.order_by("history_date", "history_id"),
            "photos": photos_of(record), "updates": record.updates.select_related("by").order_by("-pk"),
            "lines": lines[:1], "chain": steps_about(LogEntry, lines.order_by().values("pk")),
            "follow_ups": FollowUp.objects.filter(source_text=f"意外事件 {record.number}"),
        }

    def fact_groups(self, record: Accident) -> list[dict]:
        return fact_groups(record)

    def steps(self, record: Accident) -> list[dict]:
        return steps_of(record, self.request.user)

    def events(self, record: Accident) -> list[dict]:
        """What became of each who was hurt; the figures only for who sees their names."""
        sees = self.request.user.has_perm(CHANGE)
        history = by_key(self.found["injured_history"], "id")
        return [
            {**line, "title": f"伤者 {person.masked_name} {line['title']}", "changes": line["changes"] if sees else []}
            for person in self.found["injured"] for line in changes(person, history.get(person.pk, []))
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        accident, user, found = self.record, self.request.user, self.found
        line = next(iter(found["lines"]), None)
        photos = [{
            "caption": photo.caption, "full_url": reverse("photo", args=[photo.pk, "full"]),
            "thumb_url": reverse("photo", args=[photo.pk, "thumb"]),
        } for photo in found["photos"]]
        return context | {
            "record_what": f"{accident.kind} · {accident.place}", "photos": photos, "injured": found["injured"],
            "updates": found["updates"], "line": line,
            "line_url": LOG_ENTRIES.detail_url(line.pk) if line and user.has_perm("dutylog.view_logentry") else "",
            "sees_names": user.has_perm(CHANGE),
            "may_reveal": user.has_perm(REVEAL), "may_change": user.has_perm(CHANGE) and accident.is_live,
            "follow_ups": found["follow_ups"], **self._chain(line),
        }

    def _chain(self, line: LogEntry | None) -> dict[str, Any]:
        """Who was told under the line of the log, and who is next while its day is open."""
        chain = by_key(self.found["chain"], "object_id").get(line.pk, []) if line else []
        if line is None or line.day.is_locked or not self.record.is_live:
            return {"chain": chain, "tell_url": "", "next": None}
        may_tell = self.request.user.has_perm("dutylog.add_noticestep")
        return {
            "chain": chain, "tell_url": reverse("dutylog:logentry_notice", args=[line.pk]) if may_tell else "",
            "next": next_step(line.entered_at, chain, is_required=True, now=timezone.now()),
        }


def fact_groups(accident: Accident) -> list[dict]:
    """In the order of the sheet."""
    return [
        {"title": "何时何地", "rows": [
            fact("类别", accident.kind), fact("天气", accident.weather), fact("发生时间", when(accident.happened_at)),
            fact("接报时间", when(accident.told_at)), fact("地点", accident.place),
            fact("登记", f"{accident.created_by} {when(accident.created_at)}"),
        ]},
        {"title": "经过与处置", "rows": [
            fact("经过", accident.what, "long"), fact("现场处置", accident.first_aid, "wide"),
            fact("证人", accident.witnesses, "wide"),
        ]},
        {"title": "到场与急救", "rows": [
            fact("响应时间", _at(accident.answered_at)), fact("到场时间", _at(accident.arrived_at)),
            fact("呼叫急救", _at(accident.ambulance_called_at)), fact("急救到场", _at(accident.ambulance_arrived_at)),
            fact("急救离开", _at(accident.ambulance_left_at)), fact("处置完毕", _at(accident.handled_at)),
            fact("报警情况", accident.police), fact("保险报案", accident.insurance),
            fact("处理结果", accident.result, "wide"), fact("结案", _closed(accident)),
            *([fact("作废原因", accident.void_reason, "wide")] if accident.void_reason else []),
        ]},
    ]


def _at(moment: Any) -> str:
    return when(moment) if moment else ""


def _closed(accident: Accident) -> str:
    return f"{accident.closed_by} {when(accident.closed_at)}" if accident.closed_at else ""


def steps_of(accident: Accident, user: Any) -> list[dict]:
    """The buttons that fit the state and the person."""
    return first_is_primary([each for each in _possible(accident) if user.has_perm(each.pop("right"))])


def _step(accident: Accident, label: str, name: str, icon: str, right: str, **more: Any) -> dict[str, Any]:
    return step(label, reverse(f"dutylog:accident_{name}", args=[accident.pk]), icon, right=right, **more)


def _possible(accident: Accident) -> list[dict[str, Any]]:
    if accident.state == AccidentState.CLOSED:
        return [_step(accident, "重新打开", "reopen", "arrow-counterclockwise", CLOSE)]
    if not accident.is_live:
        return []
    likely = [_step(accident, "处置完毕", "handle", "check2", CHANGE)] if accident.state == AccidentState.OPEN else [
        _step(accident, "记跟踪", "update", "pencil", CHANGE), _step(accident, "结案", "close", "check2-all", CLOSE),
    ]
    if accident.state == AccidentState.OPEN:
        likely.append(_step(accident, "记跟踪", "update", "pencil", CHANGE))
    return [
        *likely, _step(accident, "登记伤者", "injured_add", "person-plus", CHANGE),
        _step(accident, "补充", "edit", "pencil-square", CHANGE),
        _step(accident, "转整改跟进", "mend", "clipboard-check", "dutylog.add_followup"),
        _step(accident, "作废", "void", "slash-circle", VOID, tone="cinnabar"),
    ]
