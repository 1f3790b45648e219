"""Figures of grievances."""

from django.db.models import Q

from complaints.choices import GrievanceState
from complaints.models import Grievance
from servicedesk.figures import CaseFigure, CaseSource, FigureGroup, add_source

GROUP = FigureGroup.CASES

add_source(CaseSource(
    key="grievance", model=Grievance, at="received_at",
    prepared=lambda rows, _: rows.exclude(state__in=(GrievanceState.DRAFT, GrievanceState.VOID)),
    figures=(
        CaseFigure(
            key="grievances", label="抱怨条数", group=GROUP, scale=0, form="{:,}", unit="条",
            means="期内的抱怨;待核实、作废的不计,升级的计入投诉", base=lambda _: ~Q(state=GrievanceState.UPGRADED),
        ),
        CaseFigure(
            key="upgraded", label="抱怨升级率", group=GROUP, hit=lambda _: Q(state=GrievanceState.UPGRADED),
            means="升级为投诉的抱怨 ÷ 期内的全部抱怨(含升级的)",
        ),
    ),
))
