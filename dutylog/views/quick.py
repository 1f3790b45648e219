"""The quick line: read while it is typed, shown as it was understood, saved by Enter."""

import datetime as dt
import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from dutylog.errors.entries import CategoryNotUnderstood
from dutylog.models import DutyDay, LogEntry
from dutylog.registers.days import DUTY_DAYS
from dutylog.services.entries import EntryFacts, write_entry
from dutylog.services.locks import refuse_locked
from dutylog.services.quickline import Understood, read_line
from dutylog.views.days import DutyDayDetailView, get_day
from servicedesk.errors import AlreadySent, Refusal
from servicedesk.models import Zone
from servicedesk.services.submissions import finish_submission, take_submission

LONGEST_LINE = 2000
WRITE = "dutylog.add_logentry"


def understood(day: DutyDay, typed: str) -> Understood:
    """The line as it is meant on this sheet: on an earlier one its clocks are that day's."""
    now = timezone.localtime()
    if day.on < now.date() and not day.shifts.filter(starts_at__lte=now, ends_at__gte=now).exists():
        now = timezone.make_aware(dt.datetime.combine(day.on, dt.time(23, 59)))
    return read_line(typed[:LONGEST_LINE], now=now, zones=list(Zone.objects.filter(is_active=True)))


@require_POST
@permission_required(WRITE, raise_exception=True)
def dutyday_reading(request: HttpRequest, pk: int) -> HttpResponse:
    """What the line typed so far is understood as; saves nothing."""
    typed = request.POST.get("line", "")
    line = understood(get_day(request, pk), typed) if typed.strip() else None
    return render(request, "dutylog/_reading.html", {"line": line})


class QuickLineView(DutyDayDetailView):
    """Enter: the line is saved, or comes back as it was typed with what is missing."""

    http_method_names = ["post"]

    def get_permission_required(self) -> tuple[str, ...]:
        return (WRITE,)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        day, typed = get_day(request, kwargs["pk"]), request.POST.get("line", "")
        try:
            entry = self._save_once(day, typed)
        except AlreadySent as again:
            messages.info(request, again.sentence)
            return redirect(DUTY_DAYS.detail_url(day.pk))
        except Refusal as refusal:
            context = self.get_context_data(quick={"typed": typed, "error": refusal.sentence})
            return self.render_to_response(context, status=422)
        messages.success(request, said_where(entry, day))
        return redirect(DUTY_DAYS.detail_url(day.pk))

    @transaction.atomic
    def _save_once(self, day: DutyDay, typed: str) -> LogEntry:
        submission = take_submission(_key(self.request), self.request.user)
        refuse_locked(day)
        line = understood(day, typed)
        if line.category is None:
            raise CategoryNotUnderstood
        facts = EntryFacts(
            happened_at=line.happened_at, category=line.category, zone=line.zone, text=line.text
        )
        entry = write_entry(facts, by=self.request.user, point=day.service_point)
        finish_submission(submission, DUTY_DAYS.detail_url(entry.day_id))
        return entry


def said_where(entry: LogEntry, day: DutyDay) -> str:
    """`已记 10:20 投诉`; with the sheet where it is another one than the one on the screen."""
    sentence = f"已记 {timezone.localtime(entry.happened_at):%H:%M} {entry.get_category_display()}"
    return sentence if entry.day_id == day.pk else f"{sentence},按发生时间归入 {entry.day.number}"


def _key(request: HttpRequest) -> uuid.UUID:
    try:
        return uuid.UUID(request.POST.get("submission_key", ""))
    except ValueError:
        return uuid.uuid4()
