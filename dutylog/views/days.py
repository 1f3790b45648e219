"""The day screen, the heart of the desk: its head, the running log, and what else the day holds."""

import calendar
import datetime as dt
import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from dutylog.choices import DayState, OperationKind
from dutylog.forms.days import DutyDayForm, OperationsForm, RosterForm
from dutylog.models import Addendum, DutyDay, LogEntry, OpenItem, Operation, ShiftPost
from dutylog.panels import panel_questions, panels_of
from dutylog.registers.days import DUTY_DAYS, kind_of
from dutylog.services.chain import needs_chain, next_step, steps_about
from dutylog.services.closing import closing_seals, code_among
from dutylog.services.days import edit_day, missing_dates, open_today
from dutylog.services.entries import may_edit, may_strike
from dutylog.services.figures import counts_of
from dutylog.services.openitems import items_on, shown_items, updates_of
from dutylog.services.operations import operations_of, set_operations
from dutylog.services.roster import is_overdue, set_roster
from servicedesk.services.asking import by_key
from servicedesk.services.points import current_point, required_point
from servicedesk.views.forms import RecordFormView
from servicedesk.views.registers import RegisterDetailView, RegisterListView

VIEW = "dutylog.view_dutyday"


def get_day(request: HttpRequest, pk: int) -> DutyDay:
    """The visible sheet of the address; 404 for one of another desk as for none."""
    return get_object_or_404(DUTY_DAYS.rows(request.user), pk=pk)


@require_safe
@permission_required(VIEW, raise_exception=True)
def day_today(request: HttpRequest) -> HttpResponse:
    """Today's sheet; a page with the one button where nobody has opened it yet. Looking opens nothing."""
    point = required_point(request)
    day = DutyDay.objects.filter(on=timezone.localdate(), service_point=point).first()
    if day is None:
        return render(request, "dutylog/day_not_open.html", {"point": point, "today": timezone.localdate()})
    return redirect(DUTY_DAYS.detail_url(day.pk))


@require_POST
@permission_required("dutylog.add_dutyday", raise_exception=True)
def dutyday_open(request: HttpRequest) -> HttpResponse:
    """开班: today's sheet, for whoever comes first; a second press finds the same."""
    day = open_today(required_point(request), by=request.user)
    return redirect(DUTY_DAYS.detail_url(day.pk))


class DutyDayListView(RegisterListView):
    """The book of days; of a chosen month it says which days have no sheet."""

    def get_template_names(self) -> list[str]:
        if self.request.htmx and not self.request.htmx.boosted:
            return ["dutylog/_dutyday_list_body.html"]
        return ["dutylog/dutyday_list.html"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(missing=self._missing(), **kwargs)

    def _missing(self) -> list[dt.date]:
        """Days without a sheet in the month of the filter, from the desk's first sheet on."""
        point, month = current_point(self.request), self.request.GET.get("month", "")
        try:
            first = dt.datetime.strptime(month, "%Y-%m").date()
        except ValueError:
            return []
        began = DutyDay.objects.filter(service_point=point).order_by("on").values_list("on", flat=True).first()
        last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
        if point is None or began is None or last < began:
            return []
        return missing_dates(point, max(first, began), last)


class DutyDayDetailView(RegisterDetailView):
    """One day: head, operations, roster, running log with the quick line, open items, figures, further panels."""

    def get_template_names(self) -> list[str]:
        return ["dutylog/dutyday_detail.html"]

    def steps(self, record: DutyDay) -> list[dict]:
        user = self.request.user
        if record.is_locked:
            return _after_closing(record, user)
        steps = []
        if user.has_perm("dutylog.change_dutyday"):
            steps += [
                _step(record, "天气与值班人员", "edit", "sun"),
                _step(record, "运营信息", "operations", "signpost-2"),
            ]
        if user.has_perm("dutylog.change_shiftpost"):
            steps.append(_step(record, "排班", "roster", "people"))
        if user.has_perm("dutylog.close_dutyday") and record.on <= timezone.localdate():
            steps.append(_step(record, "闭班", "close", "lock") | {"is_primary": record.state == DayState.CLOSING})
        return steps

    def questions(self, record: DutyDay) -> dict[str, QuerySet]:
        return lists_of(record, self.request.user) | panel_questions(record, self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        day, user, found = self.record, self.request.user, self.found
        may_write = not day.is_locked and user.has_perm("dutylog.add_logentry")
        return context | {
            "day": day, "kind": kind_of(day), "lines": lines_of(day, user, found),
            "shifts": shifts_of(day, user, found),
            "operations": [group for group in _operations(day, found["operations"]) if group["rows"]],
            "counts": counts_of(day, found["lines"]), "may_write": may_write,
            "open_items": shown_items(found["open_items"], found["item_updates"]),
            "quick": {"typed": "", "error": "", **kwargs.get("quick", {})},
            "submission_key": self.request.POST.get("submission_key") or uuid.uuid4(),
            "main_panels": panels_of(day, user, "main", found), "side_panels": panels_of(day, user, "side", found),
            "day_addenda": [addendum for addendum in found["addenda"] if addendum.entry_id is None],
            "neighbours": {name: next(iter(found[name]), None) for name in ("before", "after")},
            "code": code_among(day, found["seals"]),
        }


def _step(day: DutyDay, label: str, name: str, icon: str) -> dict[str, Any]:
    return {"label": label, "url": reverse(f"dutylog:dutyday_{name}", args=[day.pk]), "icon": icon}


def _after_closing(day: DutyDay, user: Any) -> list[dict[str, Any]]:
    """What is still possible with a closed sheet."""
    review = _step(day, "审阅", "review", "patch-check") | {"is_primary": True}
    possible = [
        (day.state == DayState.CLOSED and user.has_perm("dutylog.review_dutyday"), review),
        (user.has_perm("dutylog.add_addendum"), _step(day, "补记", "addendum", "journal-plus")),
        (user.has_perm("dutylog.reopen_dutyday"), _step(day, "重新打开", "reopen", "unlock") | {"tone": "cinnabar"}),
    ]
    return [step for may, step in possible if may]


def lists_of(day: DutyDay, user: Any) -> dict[str, QuerySet]:
    """What the page of a sheet shows of other tables: lines and what hangs on them, people, neighbours."""
    lines = LogEntry.objects.filter(day=day)
    near = DutyDay.objects.visible_to(user).filter(service_point=day.service_point)
    joined = ("day__service_point", "shift", "zone", "created_by", "struck_by")
    return {
        "lines": lines.select_related(*joined).order_by("-happened_at", "-pk"),
        "addenda": Addendum.objects.filter(day=day).select_related("by"),
        "line_items": OpenItem.objects.filter(entry__day=day),
        "chain": steps_about(LogEntry, lines.values("pk")),
        "shifts": day.shifts.all(), "posts": ShiftPost.objects.filter(shift__day=day).select_related("person"),
        "operations": day.operations.all(), "open_items": items_on(day), "seals": closing_seals(day),
        "item_updates": updates_of(items_on(day)),
        "before": near.filter(on__lt=day.on).order_by("-on")[:1],
        "after": near.filter(on__gt=day.on).order_by("on")[:1],
    }


def _operations(day: DutyDay, rows: list[Operation]) -> list[dict[str, Any]]:
    labels = dict(OperationKind.choices)
    return [{"label": labels[kind], "rows": said} for kind, said in operations_of(day, rows).items()]


def lines_of(day: DutyDay, user: Any, found: dict[str, list[Any]]) -> list[dict[str, Any]]:
    """The lines of a sheet, the newest first, each with its chain, its addenda and what may still be done."""
    steps, addenda = by_key(found["chain"], "object_id"), by_key(found["addenda"], "entry_id")
    items, now = by_key(found["line_items"], "entry_id"), timezone.now()
    may_change = user.has_perm("dutylog.change_logentry")
    return [
        {
            "entry": entry, "steps": steps.get(entry.pk, []), "addenda": addenda.get(entry.pk, []),
            "open_items": items.get(entry.pk, []),
            "next": None if entry.is_struck or day.is_locked else next_step(
                entry.entered_at, steps.get(entry.pk, []), is_required=needs_chain(entry), now=now
            ),
            "can_edit": may_change and may_edit(entry, user), "can_strike": may_change and may_strike(entry, user),
        }
        for entry in found["lines"]
    ]


def shifts_of(day: DutyDay, user: Any, found: dict[str, list[Any]]) -> list[dict[str, Any]]:
    """The shifts with their people, who came, and whom this person may sign in."""
    posts = by_key(found["posts"], "shift_id")
    now, leads = timezone.now(), user.has_perm("dutylog.change_shiftpost")
    return [
        {
            "shift": shift, "is_now": shift.starts_at <= now <= shift.ends_at and shift.frozen_at is None,
            "posts": [
                {
                    "post": post, "is_overdue": is_overdue(post, now),
                    "may_sign_in": not day.is_locked and post.came_at is None and (leads or post.person_id == user.pk),
                    "may_note": not day.is_locked and post.came_at is None and leads,
                }
                for post in posts.get(shift.pk, [])
            ],
        }
        for shift in found["shifts"]
    ]


class DayStepView(RecordFormView):
    """A form about the sheet of the address; afterwards back to the day."""

    register = DUTY_DAYS
    needs_point = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any):
        self.day = get_day(request, kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def saved_sentence(self, record: DutyDay) -> str:
        return f"已保存 {record}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=DUTY_DAYS.detail_url(self.day.pk), **kwargs)


class DayEditView(DayStepView):
    """天气与值班人员."""

    permission_required, form_class = "dutylog.change_dutyday", DutyDayForm

    @property
    def form_title(self) -> str:
        return f"天气与值班人员 {self.day.number}"

    def initial(self) -> dict[str, Any]:
        return {name: getattr(self.day, name) for name in DutyDayForm.base_fields}

    def save(self, form: Any) -> DutyDay:
        return edit_day(self.day, by=self.request.user, version=form.cleaned_data["version"] or 0, **form.facts())


class DayOperationsView(DayStepView):
    """当日运营信息."""

    permission_required, form_class = "dutylog.change_dutyday", OperationsForm

    @property
    def form_title(self) -> str:
        return f"运营信息 {self.day.number}"

    def initial(self) -> dict[str, Any]:
        return {kind: "\n".join(rows) for kind, rows in operations_of(self.day).items()}

    def save(self, form: Any) -> DutyDay:
        set_operations(self.day, form.lines(), by=self.request.user)
        return self.day


class DayRosterView(DayStepView):
    """排班 of all shifts of the day."""

    permission_required, form_class = "dutylog.change_shiftpost", RosterForm

    @property
    def form_title(self) -> str:
        return f"排班 {self.day.number}"

    def form_kwargs(self) -> dict[str, Any]:
        return {"day": self.day}

    def save(self, form: Any) -> DutyDay:
        for shift in form.shifts:
            set_roster(shift, form.people_of(shift), by=self.request.user)
        return self.day


def said_saved(request: HttpRequest, sentence: str, day_pk: int) -> HttpResponse:
    """The message of a verb, and back to the day."""
    messages.success(request, sentence)
    return redirect(DUTY_DAYS.detail_url(day_pk))
