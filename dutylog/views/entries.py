"""A line of the log: written in full, changed within its window, struck, added to, left open."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from dutylog.forms.entries import AddendumForm, LineOpenItemForm, LogEntryForm, StrikeForm
from dutylog.models import Addendum, LogEntry, OpenItem
from dutylog.registers.days import DUTY_DAYS
from dutylog.registers.entries import LOG_ENTRIES
from dutylog.services.addenda import add_addendum
from dutylog.services.chain import CHAIN_CATEGORIES, next_step, steps_about
from dutylog.services.entries import edit_entry, may_edit, may_strike, strike_entry, window_ends_at, write_entry
from dutylog.services.openitems import open_item, shown_items, updates_of
from dutylog.views.days import get_day
from servicedesk.register import register_of
from servicedesk.templatetags.said import when
from servicedesk.views.forms import RecordFormView
from servicedesk.views.registers import RegisterDetailView

EDITED = ("happened_at", "category", "zone", "place_detail", "text", "handling", "result", "stands_until", "version")


def get_entry(request: HttpRequest, pk: int) -> LogEntry:
    """The visible line of the address; 404 for one of another desk as for none."""
    return get_object_or_404(LOG_ENTRIES.rows(request.user), pk=pk)


class EntryCreateView(RecordFormView):
    """记一笔 in full."""

    permission_required = "dutylog.add_logentry"
    register = LOG_ENTRIES
    form_class: Any = LogEntryForm
    form_title = "记一笔"
    can_save_next = True

    def save(self, form: Any) -> LogEntry:
        return write_entry(form.facts(), by=self.request.user, point=form.point)

    def next_url(self, record: LogEntry) -> str:
        return DUTY_DAYS.detail_url(record.day_id)

    def saved_sentence(self, record: LogEntry) -> str:
        return f"已记入 {record.day.number}:{record.get_category_display()}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=reverse("dutylog:day_today"), **kwargs)


class EntryStepView(RecordFormView):
    """A form about the line of the address; afterwards back to its day."""

    register = LOG_ENTRIES
    needs_point = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any):
        self.entry = get_entry(request, kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def next_url(self, record: Any) -> str:  # noqa: ARG002
        return f"{DUTY_DAYS.detail_url(self.entry.day_id)}#line-{self.entry.pk}"

    def saved_sentence(self, record: Any) -> str:  # noqa: ARG002
        return f"已保存 {self.entry}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            entry=self.entry, cancel_url=DUTY_DAYS.detail_url(self.entry.day_id), **kwargs
        )


class EntryEditView(EntryStepView):
    """修改 within the window."""

    permission_required, form_class = "dutylog.change_logentry", LogEntryForm

    @property
    def form_title(self) -> str:
        return f"修改 {self.entry.number}"

    def form_kwargs(self) -> dict[str, Any]:
        return {"entry": self.entry}

    def initial(self) -> dict[str, Any]:
        return {name: getattr(self.entry, name) for name in EDITED}

    def save(self, form: Any) -> LogEntry:
        version = form.cleaned_data["version"] or 0
        return edit_entry(self.entry, form.facts(), by=self.request.user, version=version)


class EntryStrikeView(EntryStepView):
    """划去, with the reason."""

    permission_required, form_class = "dutylog.change_logentry", StrikeForm
    save_label = "划去"

    @property
    def form_title(self) -> str:
        return f"划去 {self.entry.number}"

    def save(self, form: Any) -> LogEntry:
        return strike_entry(self.entry, form.cleaned_data["reason"], by=self.request.user)


class EntryAddendumView(EntryStepView):
    """补记 under a line."""

    permission_required, form_class = "dutylog.add_addendum", AddendumForm
    save_label = "写入补记"

    @property
    def form_title(self) -> str:
        return f"补记 {self.entry.number}"

    def form_kwargs(self) -> dict[str, Any]:
        return {"is_locked": self.entry.day.is_locked}

    def save(self, form: Any) -> Addendum:
        typed = form.cleaned_data
        return add_addendum(
            self.entry.day, typed["text"], by=self.request.user, reason=typed["reason"], entry=self.entry
        )


class DayAddendumView(RecordFormView):
    """补记 to a day, where no line is concerned."""

    permission_required, form_class = "dutylog.add_addendum", AddendumForm
    register, needs_point, save_label = DUTY_DAYS, False, "写入补记"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any):
        self.day = get_day(request, kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    @property
    def form_title(self) -> str:
        return f"补记 {self.day.number}"

    def form_kwargs(self) -> dict[str, Any]:
        return {"is_locked": self.day.is_locked}

    def save(self, form: Any) -> Addendum:
        return add_addendum(
            self.day, form.cleaned_data["text"], by=self.request.user, reason=form.cleaned_data["reason"]
        )

    def next_url(self, record: Addendum) -> str:
        return DUTY_DAYS.detail_url(record.day_id)

    def saved_sentence(self, record: Addendum) -> str:
        return f"已写入补{record.order}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=DUTY_DAYS.detail_url(self.day.pk), **kwargs)


class EntryOpenItemView(EntryStepView):
    """转为未结事项."""

    permission_required, form_class = "dutylog.add_openitem", LineOpenItemForm
    save_label = "转为未结事项"

    @property
    def form_title(self) -> str:
        return f"未结事项 {self.entry.number}"

    def initial(self) -> dict[str, Any]:
        return {"text": self.entry.text[:300]}

    def save(self, form: Any) -> OpenItem:
        return open_item(form.facts(), by=self.request.user, point=self.entry.service_point, entry=self.entry)

    def saved_sentence(self, record: OpenItem) -> str:
        return f"已登记未结事项 {record.number}"


class LogEntryDetailView(RegisterDetailView):
    """One line: its facts, its chain of notice with the timer, what was added, its history."""

    def get_template_names(self) -> list[str]:
        return ["dutylog/logentry_detail.html"]

    def fact_groups(self, record: LogEntry) -> list[dict]:
        place = " ".join(part for part in (str(record.zone or ""), record.place_detail) if part)
        rows = [
            ("发生时间", record.happened_at, ""), ("记录时间", record.entered_at, ""),
            ("类别", record.get_category_display(), ""), ("地点", place, ""),
            ("班次", record.shift.get_kind_display() if record.shift else "", ""),
            ("记录人", record.created_by.name, ""), ("内容", record.text, "long"), ("处理", record.handling, "long"),
            ("结果", record.result, "wide"),
        ]
        shown = [{"label": label, "value": value, "kind": kind} for label, value, kind in rows]
        sheet = {"label": "值班表", "value": record.day.number, "kind": "number",
                 "url": DUTY_DAYS.detail_url(record.day_id)}
        until = [{"label": "持续到", "value": record.stands_until, "kind": ""}] if record.stands_until else []
        return [{"title": "记录", "rows": [*shown[:6], _link(record), sheet, *shown[6:], *until]}]

    def steps(self, record: LogEntry) -> list[dict]:
        return [step for step in _possible(record, self.request.user) if step]

    def events(self, record: LogEntry) -> list[dict]:
        return [
            {"at": a.at, "who": a.by.name, "title": f"补{a.order}:{a.text[:60]}", "reason": a.reason, "changes": []}
            for a in self.found["addenda"]
        ]

    def questions(self, record: LogEntry) -> dict[str, QuerySet]:
        return {
            "chain": steps_about(LogEntry, [record.pk]), "addenda": record.addenda.select_related("by"),
            "open_items": record.open_items.select_related("owner"),
            "item_updates": updates_of(record.open_items.all()),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        entry, now, steps = self.record, timezone.now(), self.found["chain"]
        is_required, is_open = entry.category in CHAIN_CATEGORIES, not (entry.is_struck or entry.day.is_locked)
        may_tell = is_open and self.request.user.has_perm("dutylog.add_noticestep")
        return context | {
            "chain": steps, "addenda": self.found["addenda"],
            "open_items": shown_items(self.found["open_items"], self.found["item_updates"]),
            "next": next_step(entry.entered_at, steps, is_required=is_required, now=now) if is_open else None,
            "tell_url": reverse("dutylog:logentry_notice", args=[entry.pk]) if may_tell else "",
            "editable_until": when(window_ends_at(entry)) if may_edit(entry, self.request.user) else "",
        }


def _link(entry: LogEntry) -> dict[str, Any]:
    register = register_of(entry.record) if entry.record is not None else None
    url = register.detail_url(entry.object_id) if register and entry.object_id else ""
    return {"label": "关联编号", "value": entry.record_number, "kind": "number", "url": url}


def _possible(entry: LogEntry, user: Any) -> list[dict[str, Any] | None]:
    """The buttons that fit the line and the person; the likely one first."""
    may_change, is_open = user.has_perm("dutylog.change_logentry"), not entry.is_struck
    return [
        _step(entry, "修改", "edit", "pencil") if may_change and may_edit(entry, user) else None,
        _step(entry, "通报", "notice", "telephone-outbound")
        if is_open and not entry.day.is_locked and user.has_perm("dutylog.add_noticestep") else None,
        _step(entry, "补记", "addendum", "journal-plus") if user.has_perm("dutylog.add_addendum") else None,
        _step(entry, "转未结事项", "open_item", "arrow-repeat")
        if is_open and user.has_perm("dutylog.add_openitem") else None,
        _step(entry, "划去", "strike", "x-circle", tone="cinnabar") if may_change and may_strike(entry, user) else None,
    ]


def _step(entry: LogEntry, label: str, name: str, icon: str, **more: Any) -> dict[str, Any]:
    url = reverse(f"dutylog:logentry_{name}", args=[entry.pk])
    return {"label": label, "url": url, "icon": icon, "is_primary": name == "edit", **more}
