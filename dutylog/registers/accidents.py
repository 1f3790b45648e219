"""The book of accidents and emergencies."""

from django.db.models import Q, QuerySet

from dutylog.choices import ACCIDENT_PREFIX, AccidentState
from dutylog.filters.accidents import AccidentFilter
from dutylog.models import Accident
from servicedesk.register import Column, Register, SavedView, add_register
from servicedesk.services.search import Words


def title(accident: Accident) -> str:
    return f"{accident.kind} · {accident.place} · {accident.what[:60]}"


def words(accident: Accident) -> Words:
    hurt = list(accident.injured.all())
    return Words(
        texts=[accident.kind, accident.what, accident.place_detail, accident.result, accident.first_aid,
               *(person.injury for person in hurt), *(person.hospital for person in hurt)],
        names=[accident.zone.name, *(person.name for person in hurt)], numbers=[person.phone for person in hurt],
    )


def masked_names(accident: Accident) -> str:
    return "、".join(person.masked_name for person in accident.injured.all())


def badge(user) -> QuerySet[Accident]:
    """What is not closed, for those who follow it."""
    rows = Accident.objects.visible_to(user).live()
    return rows if user.has_perm("dutylog.change_accident") else rows.none()


ACCIDENTS = add_register(Register(
    key="accident", app="dutylog", model=Accident, label="意外突发", icon="bandaid", prefixes=(ACCIDENT_PREFIX,),
    columns=(
        Column(key="number", label="编号", kind="serial", order_by=("number",), width=20),
        Column(key="happened_at", label="发生时间", kind="datetime", order_by=("happened_at",), width=17),
        Column(key="kind", label="类别", order_by=("kind",), width=12),
        Column(key="place", label="地点", width=20),
        Column(key="what", label="经过", kind="link", value=lambda a: a.what[:60], full=lambda a: a.what, width=40),
        Column(key="count", label="伤者", kind="number", value=lambda a: len(a.injured.all()), width=6),
        Column(key="names", label="伤者姓名", kind="name", value=masked_names, width=16, shown=False,
               full=lambda a: "、".join(person.name for person in a.injured.all())),
        Column(key="told_at", label="接报", kind="datetime", width=17, shown=False),
        Column(key="arrived_at", label="到场", kind="datetime", width=17, shown=False),
        Column(key="ambulance_arrived_at", label="急救到场", kind="datetime", width=17, shown=False),
        Column(key="result", label="处理结果", width=30, shown=False),
        Column(key="closed_at", label="结案", kind="datetime", width=17, shown=False),
        Column(key="created_by", label="登记人", value="created_by.name", width=10),
        Column(key="state", label="状态", kind="state", value="get_state_display"),
    ),
    filterset=AccidentFilter, title=title, words=words, happened_at="happened_at", order=("-happened_at", "-pk"),
    related=("service_point", "zone", "created_by", "closed_by"), prefetch=("injured",), papers=("YW",),
    views=(
        SavedView(label="全部", query="all=1"), SavedView(label="没有结案", query="live=true"),
        SavedView(label="处置中", query="state=open"), SavedView(label="跟踪中", query="state=handled"),
    ),
    create_name="dutylog:accident_create", badge=badge,
    empty_text="意外伤害和突发事件在这里:登记时立即通知值班督导,伤者跟踪到结案。",
    final=Q(state__in=[AccidentState.CLOSED, AccidentState.VOID]), parts=("injured", "updates"),
))
