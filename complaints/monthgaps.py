"""Cases of a month that still run when it is archived."""

from django.urls import reverse

from complaints.choices import GrievanceState
from complaints.models import Complaint, Grievance
from servicedesk.monthgaps import Gap, Lists, MonthGap, add_month_gap
from servicedesk.months import Month


def _received(model, month: Month):
    return model.objects.filter(received_at__gte=month.begins_at, received_at__lt=month.ends_at).order_by("number")


def open_complaints(month: Month, lists: Lists) -> list[Gap]:  # noqa: ARG001
    return [
        Gap(f"投诉 {case.number} {case.get_state_display()}", reverse("complaints:complaint_detail", args=[case.pk]))
        for case in lists["cases"]
    ]


def open_grievances(month: Month, lists: Lists) -> list[Gap]:  # noqa: ARG001
    return [
        Gap(f"抱怨 {row.number} {row.get_state_display()}", reverse("complaints:grievance_detail", args=[row.pk]))
        for row in lists["grievances"]
    ]


add_month_gap(MonthGap(
    key="complaints.open", label="没有办结的投诉", gaps=open_complaints,
    questions=lambda month: {"cases": _received(Complaint, month).running()},
))
add_month_gap(MonthGap(
    key="complaints.grievances", label="没有化解的抱怨", gaps=open_grievances,
    questions=lambda month: {"grievances": _received(Grievance, month).filter(
        state__in=[GrievanceState.DRAFT, GrievanceState.REGISTERED],
    )},
))
