"""Figures of finds, of what went back to its owner, and of lost reports; counted by when they were registered."""

from django.db.models import F, Q
from django.utils import timezone

from lostfound.choices import OPEN_ITEM_STATES, IntakeKind, ItemState, ReportState
from lostfound.models import FoundItem, LostReport
from servicedesk.figures import Asked, CaseFigure, CaseSource, Cut, FigureGroup, add_source

FINDS, LOSSES = FigureGroup.FINDS, FigureGroup.LOSSES
VALUES = {"True": "贵重", "False": "一般"}


def is_returned(asked: Asked) -> Q:  # noqa: ARG001
    return Q(state=ItemState.RETURNED)


def ended_or_past_term(asked: Asked) -> Q:
    """The last day of the term is still within it."""
    return ~Q(state__in=OPEN_ITEM_STATES) | Q(desk_due_on__lt=timezone.localdate(asked.now))


def returned_in_term(asked: Asked) -> Q:
    """On the last day of the desk's own term at the latest, in the desk's time."""
    return is_returned(asked) & Q(ended_at__date__lte=F("desk_due_on"))


FOUND = (
    CaseFigure(
        key="finds", label="拾物件数", group=FINDS, scale=0, form="{:,}", unit="件",
        means="期内登记的拾物(游客、员工、现场);作废的不计",
    ),
    CaseFigure(
        key="returned", label="归还率", group=FINDS, hit=is_returned,
        means="已认领的 ÷ 期内登记的拾物,至今为止;后来归还的仍计入登记的那一期",
    ),
    CaseFigure(
        key="returned_valuables", label="贵重物品归还率", group=FINDS, base=lambda _: Q(is_valuable=True),
        hit=is_returned, means="已认领的 ÷ 期内登记的贵重拾物",
    ),
    CaseFigure(
        key="returned_in_term", label="保管期内归还率", group=FINDS, base=lambda _: Q(desk_due_on__isnull=False),
        due=ended_or_past_term, hit=returned_in_term,
        means="在本台保管期末日以前认领的 ÷ 已办结或保管期已过的拾物;没有保管期的不计",
    ),
)
FOUND_SOURCE: CaseSource = add_source(CaseSource(
    key="founditem", model=FoundItem, at="created_at", prepared=lambda rows, _: rows.exclude(state=ItemState.VOID),
    figures=FOUND,
    cuts=(
        Cut(key="intake", label="来源", columns=("intake_kind",), name=lambda values: IntakeKind(values[0]).label),
        Cut(key="category", label="类别", columns=("category_id", "category__name"), name=lambda values: values[1]),
        Cut(key="value", label="价值", columns=("is_valuable",), name=lambda values: VALUES[str(bool(values[0]))],
            values=tuple(VALUES)),
        Cut(key="zone", label="拾获地点", columns=("zone_id", "zone__name"), name=lambda values: values[1]),
    ),
))
LOST_SOURCE: CaseSource = add_source(CaseSource(
    key="lostreport", model=LostReport, at="created_at",
    figures=(
        CaseFigure(
            key="losses", label="失物登记", group=LOSSES, scale=0, form="{:,}", unit="件",
            means="期内登记的游客失物,撤销的也算",
        ),
        CaseFigure(
            key="losses_found", label="失物找回率", group=LOSSES, base=lambda _: ~Q(state=ReportState.WITHDRAWN),
            hit=lambda _: Q(state=ReportState.FOUND), means="已找回的 ÷ 期内登记的失物,至今为止;撤销的不计",
        ),
    ),
    cuts=(
        Cut(key="category", label="类别", columns=("category_id", "category__name"), name=lambda values: values[1]),
    ),
))
