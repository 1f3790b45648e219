"""Headcounts on screen: figures of a report time, the ready text, told by hand or by the channels, corrected."""

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.db.models import QuerySet, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from dutylog.errors.headcounts import DayNotOpen
from dutylog.forms.headcounts import CorrectionForm, HeadcountForm, PastTotalForm, SentForm, lines_of
from dutylog.models import DutyDay, HeadcountReport
from dutylog.panels import Panel, add_panel
from dutylog.registers.days import DUTY_DAYS
from dutylog.registers.headcounts import HEADCOUNTS
from dutylog.services.days import duty_date
from dutylog.services.headcount_tables import same_time_last_year, times_of
from dutylog.services.headcounts import (
    SENDS,
    by_slot,
    correct_headcount,
    file_headcount,
    file_past_total,
    note_sent,
    refuse_other_desk,
    send_headcount,
    sends_of,
    standing_rows,
    text_of,
    with_sends,
)
from servicedesk.services.points import required_point
from servicedesk.services.sending import deliveries_of
from servicedesk.templatetags.said import when
from servicedesk.views.facts import fact, step
from servicedesk.views.forms import RecordFormView
from servicedesk.views.registers import RegisterDetailView
from servicedesk.views.steps import RecordStepView, answered, get_record

ADD, CHANGE, SEND = (f"dutylog.{verb}_headcountreport" for verb in ("add", "change", "send"))


class HeadcountCreateView(RecordFormView):
    """登记 the figures of a report time, of today or of the day in the address."""

    permission_required = ADD
    register = HEADCOUNTS
    form_class: Any = HeadcountForm
    save_label = "保存"

    @property
    def day(self) -> DutyDay:
        if not hasattr(self, "_day"):
            self._day = self._find_day()
        return self._day

    def _find_day(self) -> DutyDay:
        key = self.request.GET.get("day", "")
        if key.isdigit() and len(key) < 19:
            return get_object_or_404(DUTY_DAYS.rows(self.request.user), pk=int(key))
        point = required_point(self.request)
        refuse_other_desk(point)
        day = DUTY_DAYS.rows(self.request.user).filter(
            service_point=point, on=duty_date(timezone.now(), point)
        ).first()
        if day is None:
            raise DayNotOpen(point=point)
        return day

    @property
    def form_title(self) -> str:
        return f"报送人数 {self.day.on:%Y-%m-%d}"

    def form_kwargs(self) -> dict[str, Any]:
        return {"day": self.day}

    def initial(self) -> dict[str, Any]:
        return {"slot": self.request.GET.get("slot", "")}

    def save(self, form: HeadcountForm) -> HeadcountReport:
        slot = form.cleaned_data["slot"]
        return file_headcount(self.day, form.facts(slot), by=self.request.user)

    def saved_sentence(self, record: HeadcountReport) -> str:
        return f"已登记 {record.slot} 入园 {record.entered:,} 人,请复制文字或发送。"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=DUTY_DAYS.detail_url(self.day.pk), **kwargs)


class PastTotalView(RecordFormView):
    """往年数: a closing figure from the paper of former years, so that 同期 can be compared."""

    permission_required = ADD
    register, form_class, form_title = HEADCOUNTS, PastTotalForm, "补登往年闭园数"
    can_save_next = True

    def save(self, form: PastTotalForm) -> HeadcountReport:
        data = form.cleaned_data
        return file_past_total(data["on"], data["entered"], by=self.request.user, point=form.point)

    def saved_sentence(self, record: HeadcountReport) -> str:
        return f"已补登 {record.on:%Y-%m-%d} 入园 {record.entered:,} 人"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=HEADCOUNTS.list_url(), **kwargs)


class HeadcountStepView(RecordStepView):
    register = HEADCOUNTS


class HeadcountCorrectView(HeadcountStepView):
    """更正: a further row, to be told again."""

    permission_required, form_class, step = CHANGE, CorrectionForm, "更正"

    def initial(self) -> dict[str, Any]:
        old = self.record
        return {"entered": old.entered, "inside": old.inside, "shows": lines_of(old), "events": old.events}

    def save(self, form: CorrectionForm) -> HeadcountReport:
        facts, reason = form.facts(self.record.slot), form.cleaned_data["reason"]
        return correct_headcount(self.record, facts, by=self.request.user, reason=reason)

    def saved_sentence(self, record: HeadcountReport) -> str:
        return f"已更正为 {record}:入园 {record.entered:,} 人,请重新报送。"


class HeadcountToldView(HeadcountStepView):
    """记为已报送, by whichever way."""

    permission_required, form_class, step = SEND, SentForm, "记为已报送"
    done = "已记报送 {record}"

    def act(self, data: dict[str, Any]) -> None:
        note_sent(self.record, data["to_whom"], means=data["means"], by=self.request.user, at=data["at"])


@require_POST
@permission_required(SEND, raise_exception=True)
def headcount_send(request: HttpRequest, pk: int) -> HttpResponse:
    """发送 by the channels that get headcounts."""
    report = get_record(HEADCOUNTS, request, pk)
    done = f"已交给通知渠道发送 {report}"
    return answered(request, lambda: send_headcount(report, by=request.user), done, HEADCOUNTS.detail_url(report.pk))


class HeadcountDetailView(RegisterDetailView):
    """One report time: the figures, the ready text, to whom it was told, the year before."""

    def get_record(self) -> HeadcountReport:
        record = super().get_record()
        prefetch_related_objects([record], SENDS)
        return record

    def questions(self, record: HeadcountReport) -> dict[str, QuerySet]:
        return {"deliveries": deliveries_of(record), "last_year": same_time_last_year(record)}

    def fact_groups(self, record: HeadcountReport) -> list[dict]:
        return fact_groups(record, next(iter(self.found["last_year"]), None))

    def steps(self, record: HeadcountReport) -> list[dict]:
        return steps_of(record, self.request.user)

    def events(self, record: HeadcountReport) -> list[dict]:
        filed = {"at": record.created_at, "who": record.created_by.name, "title": "更正" if record.corrects else "登记",
                 "changes": [], "reason": record.reason}
        return [filed, *(
            {"at": sent.at, "who": sent.by.name, "title": f"{sent.get_means_display()}:{sent.to_whom}", "changes": [],
             "reason": ""} for sent in record.sent
        )]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        record = self.record
        may_send = self.request.user.has_perm(SEND) and is_tellable(record)
        return context | {
            "record_what": f"{record.on:%m月%d日} {record.slot} 入园 {record.entered:,} 人", "text": text_of(record),
            "deliveries": self.found["deliveries"], "may_send": may_send,
        }


def fact_groups(report: HeadcountReport, before: HeadcountReport | None) -> list[dict]:
    """The row of 3.12, what it corrects, and the same time a year before."""
    newer = getattr(report, "corrected_by", None)
    said = f"{before.entered:,} 人({100 * (report.entered - before.entered) / before.entered:+.1f}%)" if (
        before and before.entered
    ) else ""
    rows = [
        fact("日期", report.on, "date"), fact("时点", report.slot),
        fact("入园累计", f"{report.entered:,} 人"),
        fact("在园", f"{report.inside:,} 人" if report.inside is not None else ""),
        fact("统计时间", when(report.taken_at)), fact("登记", f"{report.created_by} {when(report.created_at)}"),
        fact("剧院", report.theatre, "wide"), fact("活动", report.events, "wide"), fact("去年同期", said),
    ]
    if report.day:
        rows.append(fact("值班表", report.day.number, "number", url=DUTY_DAYS.detail_url(report.day_id)))
    if report.corrects:
        rows += [
            fact("更正自", report.corrects.number, "number", url=HEADCOUNTS.detail_url(report.corrects.pk)),
            fact("原报", f"{report.corrects.entered:,} 人"), fact("更正原因", report.reason, "wide"),
        ]
    if newer:
        rows.append(fact("已由此条更正", newer.number, "number", url=HEADCOUNTS.detail_url(newer.pk)))
    return [{"title": "接待人数", "rows": rows}]


def is_tellable(report: HeadcountReport) -> bool:
    """In force, and of a sheet that is still open."""
    return not report.is_superseded and report.day is not None and not report.day.is_locked


def steps_of(report: HeadcountReport, user: Any) -> list[dict]:
    """Sending first while nobody was told."""
    if report.is_superseded:
        return []
    steps = []
    if user.has_perm(SEND) and is_tellable(report):
        send = step("发送", reverse("dutylog:headcount_send", args=[report.pk]), "send", method="post")
        told = step("记为已报送", reverse("dutylog:headcount_told", args=[report.pk]), "check2")
        steps = [send | {"is_primary": not report.sent}, told]
    if user.has_perm(CHANGE) and not (report.day and report.day.is_locked):
        steps.append(step("更正", reverse("dutylog:headcount_correct", args=[report.pk]), "pencil"))
    return steps


def _questions(day: DutyDay, user: Any) -> dict[str, QuerySet]:  # noqa: ARG001
    standing = standing_rows(day)
    return {"standing": standing.prefetch_related(None), "sends": sends_of(standing)}


def _panel(day: DutyDay, user: Any, found: dict[str, list[Any]]) -> dict[str, Any] | None:
    """Left out at a desk that does not report."""
    times = times_of(day, standing=by_slot(with_sends(found["standing"], found["sends"])))
    return {"times": times, "may_add": user.has_perm(ADD)} if times else None


add_panel(Panel(
    key="headcounts", title="报送人数", order=5, template="dutylog/_headcounts.html", context=_panel,
    questions=_questions, right="dutylog.view_headcountreport",
))
