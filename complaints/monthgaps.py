"""Cases of a month that still run when it is archived."""

from django.urls import reverse

from complaints.choices import CompensationState, GrievanceState
from complaints.models import Compensation, Complaint, Grievance
from servicedesk.monthgaps import Gap, Lists, MonthGap, add_month_gap
from servicedesk.periods import Period


def _received(model, month: Period):
    return model.objects.filter(received_at__gte=month.begins, received_at__lt=month.ends).order_by("number")


def open_complaints(month: Period, lists: Lists) -> list[Gap]:  # noqa: ARG001
    return [
        Gap(f"投诉 {case.number} {case.get_state_display()}", reverse("complaints:complaint_detail", args=[case.pk]))
        for case in lists["cases"]
    ]


def open_grievances(month: Period, lists: Lists) -> list[Gap]:  # noqa: ARG001
    return [
        Gap(f"抱怨 {row.number} {row.get_state_display()}", reverse("complaints:grievance_detail", args=[row.pk]))
        for row in lists["grievances"]
    ]


def open_compensations(month: Period, lists: Lists) -> list[Gap]:  # noqa: ARG001
    return [
        Gap(f"先行赔偿 {row.number} {row.get_state_display()}",
            reverse("complaints:compensation_detail", args=[row.pk]))
        for row in lists["compensations"]
    ]


def _asked_in(month: Period):
    asked = Compensation.objects.filter(created_at__gte=month.begins, created_at__lt=month.ends)
    return asked.filter(state__in=[
        CompensationState.PENDING, CompensationState.RETURNED, CompensationState.APPROVED,
    ]).order_by("number")


add_month_gap(MonthGap(
    key="complaints.compensations", label="没有批准或支付的先行赔偿", gaps=open_compensations,
    questions=lambda month: {"compensations": _asked_in(month)},
))
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
