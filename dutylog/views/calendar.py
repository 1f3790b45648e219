"""The desk's own calendar of holidays and working Sundays."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView

from dutylog.forms.calendar import CalendarDayForm
from dutylog.models import CalendarDay
from dutylog.services.calendar import fixed_holidays
from dutylog.services.calendar_days import remove_calendar_day, save_calendar_day
from servicedesk.views.forms import RecordFormView

FIRST, LAST = 2004, 2100


class CalendarView(PermissionRequiredMixin, TemplateView):
    """One year: its rest days and working days, or that it is still 暂定."""

    permission_required = "dutylog.view_calendarday"
    raise_exception = True
    template_name = "dutylog/calendar.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        year = self._year()
        rows = list(CalendarDay.objects.filter(date__year=year))
        return super().get_context_data(
            year=year, rows=rows, fixed=[] if rows else fixed_holidays(year), before=max(year - 1, FIRST),
            after=min(year + 1, LAST), **kwargs
        )

    def _year(self) -> int:
        typed = self.request.GET.get("year", "")
        year = int(typed) if typed.isdecimal() and len(typed) == 4 else timezone.localdate().year
        if not FIRST <= year <= LAST:
            raise Http404
        return year


class _CalendarPage:
    """Where a saved day leads: back to its year. Speaks as a register does in the form's trail."""

    label = "日历"

    def list_url(self) -> str:
        return reverse("dutylog:calendar")


def year_url(date: dt.date) -> str:
    return f"{reverse('dutylog:calendar')}?year={date.year}"


class CalendarDayCreateView(RecordFormView):
    """A new row."""

    permission_required = "dutylog.add_calendarday"
    form_class: Any = CalendarDayForm
    form_title = "添加日历日"
    register: Any = _CalendarPage()
    needs_point = False
    row: CalendarDay | None = None

    def save(self, form: Any) -> CalendarDay:
        return save_calendar_day(self.row, by=self.request.user, **form.facts())

    def saved_sentence(self, record: CalendarDay) -> str:
        return f"已保存 {record}"

    def next_url(self, record: CalendarDay) -> str:
        return year_url(record.date)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=reverse("dutylog:calendar"), **kwargs)


class CalendarDayEditView(CalendarDayCreateView):
    """A row put right."""

    permission_required = "dutylog.change_calendarday"
    form_title = "修改日历日"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any):
        if request.user.has_perm(self.permission_required):
            self.row = get_object_or_404(CalendarDay, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def initial(self) -> dict[str, Any]:
        return {name: getattr(self.row, name) for name in ("date", "mark", "name")}


@require_POST
@permission_required("dutylog.delete_calendarday", raise_exception=True)
def calendarday_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """The day is again what its weekday says."""
    row = get_object_or_404(CalendarDay, pk=pk)
    said, url = str(row), year_url(row.date)
    remove_calendar_day(row, by=request.user)
    messages.success(request, f"已删去 {said}")
    return redirect(url)
