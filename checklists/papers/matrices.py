"""3.13 and 3.14: a month of rounds as a matrix of 31 days, its exceptions, and the month's figures."""

import calendar
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from checklists.choices import CHECKED_ROUND_STATES, AssetState, Fault, RoundKind, RoundState
from checklists.models import Asset, Round, RoundLine, RoundTemplate
from checklists.services.owed import templates_at
from dutylog.choices import FollowUpState
from servicedesk.models import ServicePoint, User
from servicedesk.paper import Ledger, Paper, add_paper
from servicedesk.services import preferences

DAYS = range(1, 32)
BLANK_ASSETS = range(12)
BLANK_EXCEPTIONS = range(4)
MISSED = "漏"
# No day of the month, or one before the desk began to walk: nothing may be written there later.
CLOSED = "—"
LONGEST_REMARK = 40


@dataclass
class Row:
    """A line of the matrix: the cells of its 31 days, what was away on which, what its remarks say."""

    cells: dict[int, str] = field(default_factory=dict)
    facts: Any = None
    away: dict[int, int] = field(default_factory=dict)
    said: list[tuple[int, str]] = field(default_factory=list)

    def days(self) -> list[str]:
        return [self.cells.get(day, "") for day in DAYS]

    @property
    def remarks(self) -> list[str]:
        """`○1 3—9日` for what was lent, then the failures: in words while they are short, else by their days."""
        words = [f"{day}日{text}" for day, text in self.said]
        if sum(map(len, words)) > LONGEST_REMARK:
            words = [f"{'、'.join(str(day) for day, _ in self.said)}日见异常记录"]
        return [*self._absences(), *words]

    def _absences(self) -> list[str]:
        runs: list[list[int]] = []
        for day in sorted(self.away):
            if runs and day - 1 == runs[-1][1] and self.away[day] == self.away[day - 1]:
                runs[-1][1] = day
            else:
                runs.append([day, day])
        return [f"○{self.away[a]} {a if a == b else f'{a}—{b}'}日" for a, b in runs]


@dataclass
class Column:
    """A day: the round, and what stands below its column."""

    day: int
    round: Round | None
    is_due: bool
    is_closed: bool = False

    @property
    def is_checked(self) -> bool:
        return self.round is not None and self.round.state in CHECKED_ROUND_STATES

    @property
    def is_missed(self) -> bool:
        return self.is_due and not self.is_checked


@dataclass
class Matrix:
    """A sheet: one template at one desk in one month."""

    template: RoundTemplate | None
    point: ServicePoint | None
    columns: list[Column]
    rows: list[Row]
    exceptions: list[RoundLine]

    @property
    def due(self) -> int:
        return sum(column.is_due for column in self.columns)

    @property
    def checked(self) -> int:
        return sum(column.is_due and column.is_checked for column in self.columns)

    @property
    def missed(self) -> list[int]:
        return [column.day for column in self.columns if column.is_missed]

    @property
    def settled(self) -> int:
        """Failures whose follow-up is closed."""
        return sum(
            line.follow_up is not None and line.follow_up.state == FollowUpState.VERIFIED for line in self.exceptions
        )


def rounds_of_month(kind: str):
    """`month_rows` of a kind."""

    def rows(found: QuerySet, month: dt.date) -> QuerySet:
        lines = RoundLine.objects.select_related(
            "asset", "item", "follow_up__owner", "follow_up__verified_by", "answered_by", "photo"
        ).order_by("order")
        return found.filter(kind=kind).of_month(month).select_related(
            "template", "service_point", "checked_by", "reviewed_by"
        ).prefetch_related(Prefetch("lines", queryset=lines)).order_by("service_point", "template", "on")

    return rows


def matrices(ledger: Ledger, kind: str) -> list[Matrix]:
    """One sheet per template and desk of the month; an empty one when nobody walked at all."""
    groups: dict[tuple[int, int], list[Round]] = {}
    for round_ in ledger.all_rows:
        groups.setdefault((round_.service_point_id, round_.template_id), []).append(round_)
    found = {key: (rounds[0].template, rounds[0].service_point, rounds) for key, rounds in groups.items()}
    for point, template in _owed(ledger, kind):
        found.setdefault((point.pk, template.pk), (template, point, []))
    if not found:
        return [_matrix(None, None, [], ledger.month)]
    return [_matrix(*found[key], ledger.month) for key in sorted(found)]


def _owed(ledger: Ledger, kind: str) -> list[tuple[ServicePoint, RoundTemplate]]:
    """What the desks of the sheet owed in the month: one where nobody walked at all is a sheet of missed days."""
    points = ServicePoint.objects.filter(is_active=True)
    here = list(points.filter(name=ledger.place) if ledger.place else points)
    last = ledger.month.replace(day=calendar.monthrange(ledger.month.year, ledger.month.month)[1])
    return [
        (point, template) for point, templates in templates_at(here).items() for template in templates
        if template.kind == kind and template.valid_from <= min(last, timezone.localdate())
    ]


def _matrix(
    template: RoundTemplate | None, point: ServicePoint | None, rounds: Sequence[Round], month: dt.date
) -> Matrix:
    by_day = {round_.on.day: round_ for round_ in rounds}
    columns = [_column(day, by_day.get(day), template, month) for day in DAYS]
    rows = _asset_rows(point, columns) if template and template.takes_assets else _item_rows(template, columns)
    failed = [line for round_ in rounds for line in round_.lines.all() if line.is_failure]
    return Matrix(template, point, columns, rows, failed)


def _column(day: int, round_: Round | None, template: RoundTemplate | None, month: dt.date) -> Column:
    """A day is owed from the template's first day to yesterday; today once it was walked."""
    if day > calendar.monthrange(month.year, month.month)[1]:
        return Column(day, None, False, is_closed=True)
    on, today = month.replace(day=day), timezone.localdate()
    is_walked = round_ is not None and round_.state != RoundState.RUNNING
    is_due = template is not None and template.valid_from <= on and (on < today or (on == today and is_walked))
    is_closed = round_ is None and not is_due and on < today
    return Column(day, round_, is_due or is_walked, is_closed=is_closed)


def _fill(rows: dict[Any, Row], key: Any, column: Column, line: RoundLine) -> None:
    row = rows.setdefault(key, Row(facts=line.asset or line.item))
    row.cells[column.day] = line.sign
    if line.is_failure:
        row.said.append((column.day, f"{line.get_fault_display()}{line.remark}"))
    if line.away_quantity:
        row.away[column.day] = line.away_quantity


def _rows_of(rows: dict[Any, Row], columns: Sequence[Column]) -> list[Row]:
    """Fill what was walked, and mark what was missed."""
    for column in columns:
        lines = column.round.lines.all() if column.round is not None and column.is_checked else ()
        for line in lines:
            _fill(rows, line.asset_id or (line.item.line if line.item else 0), column, line)
        if column.is_missed or column.is_closed:
            for row in rows.values():
                row.cells.setdefault(column.day, MISSED if column.is_missed else CLOSED)
    return list(rows.values())


def _asset_rows(point: ServicePoint | None, columns: Sequence[Column]) -> list[Row]:
    """The assets in use now, and those that a round of the month still saw."""
    assets = Asset.objects.filter(service_point=point).order_by("area", "number")
    seen = {line.asset_id for c in columns if c.round for line in c.round.lines.all()}
    listed = [a for a in assets if a.pk in seen or a.state == AssetState.IN_USE]
    return _rows_of({asset.pk: Row(facts=asset) for asset in listed}, columns)


def _item_rows(template: RoundTemplate | None, columns: Sequence[Column]) -> list[Row]:
    version = template.current() if template else None
    items = version.items.all() if version else ()
    return _rows_of({item.line: Row(facts=item) for item in items}, columns)


def stock(matrix: Matrix) -> dict[str, int] | None:
    """月末盘点 by the last round of the month: what should be there, what is, over, short."""
    last = next((c.round for c in reversed(matrix.columns) if c.round is not None and c.is_checked), None)
    if last is None:
        return None
    figures = {"due": 0, "there": 0, "over": 0, "short": 0}
    for line in last.lines.all():
        expected = line.expected_quantity if line.is_counted else line.asset.expected_quantity if line.asset else 1
        found = _found(line, expected or 0)
        figures["due"] += expected or 0
        figures["there"] += found
        figures["over"] += max(found - (expected or 0), 0)
        figures["short"] += max((expected or 0) - found, 0)
    return figures


def _found(line: RoundLine, expected: int) -> int:
    """What is lent or being mended is still the desk's."""
    if line.is_counted and line.quantity is not None:
        return line.quantity + line.away_quantity
    return 0 if line.is_failure and line.fault in {Fault.MISSING, ""} else expected


def names_of(role: str, point: ServicePoint | None) -> str:
    """Who holds a role at a desk, for the head of the sheet."""
    people = User.objects.active().holding(role).order_by("staff_no")
    here = list(people.at(point)) if point else []
    return "、".join(person.name for person in (here or list(people))[:2])


def asset_context(ledger: Ledger | None) -> dict[str, Any]:
    """Facts of 3.13."""
    if ledger is None:
        return {"ledger": None, "sheets": [], "days": DAYS, "room": BLANK_ASSETS, "exceptions": BLANK_EXCEPTIONS}
    sheets = [
        {"matrix": m, "stock": stock(m), "keeper": names_of("资产管理员", m.point)}
        for m in matrices(ledger, RoundKind.ASSETS)
    ]
    return {"ledger": ledger, "sheets": sheets, "days": DAYS}


def equipment_context(ledger: Ledger | None) -> dict[str, Any]:
    """Facts of 3.14; the blank sheet bears the items of the template in force."""
    phone = preferences.value("checklists.safety_phone")
    if ledger is None:
        template = RoundTemplate.objects.filter(kind=RoundKind.EQUIPMENT, is_active=True).first()
        version = template.current() if template else None
        items = list(version.items.all()) if version else []
        return {"ledger": None, "sheets": [], "days": DAYS, "items": items, "exceptions": BLANK_EXCEPTIONS,
                "phone": ""}
    sheets = [
        {"matrix": m, "keeper": names_of("安全管理员", m.point)} for m in matrices(ledger, RoundKind.EQUIPMENT)
    ]
    return {"ledger": ledger, "sheets": sheets, "days": DAYS, "phone": "" if phone == "—" else phone}


ASSET_MATRIX = add_paper(Paper(
    key="3.13", form_code="KF-3.13", title="班后固定资产管理记录表", template="checklists/print/asset_matrix.html",
    size="a4-landscape", model=Round, context=asset_context, month_rows=rounds_of_month(RoundKind.ASSETS),
    month_of=lambda round_: round_.on, fits=lambda round_: round_.kind == RoundKind.ASSETS,
    rows_per_page=62, signatures=(("keeper", "资产管理员"), ("head", "中心负责人")),
    footnotes=(
        "成套物品(轮椅、雨伞、充电宝)填实有数量;情况分账有实无、实有账无、位置不符、状态不符。",
        "“漏”为当日没有检查;缺失或损坏当即报部室资产管理员。",
    ),
))
EQUIPMENT_MATRIX = add_paper(Paper(
    key="3.14", form_code="KF-3.14", title="班后设施、设备安全管理记录表",
    template="checklists/print/equipment_matrix.html", size="a4-landscape", model=Round, context=equipment_context,
    month_rows=rounds_of_month(RoundKind.EQUIPMENT), rows_per_page=62,
    month_of=lambda round_: round_.on, fits=lambda round_: round_.kind == RoundKind.EQUIPMENT,
    signatures=(("keeper", "安全管理员"), ("head", "中心负责人")),
    footnotes=("有隐患当即报部室安全管理员;他部门设备故障另开设施设备维修单。“漏”为当日没有检查。",),
))
