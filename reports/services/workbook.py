"""The workbook of a month: cover, what is missing, corrections, figures with charts, ledgers, plain sheets."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from reports.services.figures import by_day, by_state, dated_registers
from reports.services.manifest import Facts
from servicedesk.paper import paper_by_key
from servicedesk.periods import Period
from servicedesk.register import Column, Register, register_by_key
from servicedesk.services import preferences
from servicedesk.services.exports import HEAD_ROW, in_chunks
from servicedesk.services.printing import wording_of
from servicedesk.services.workbooks import Chart, Sheet, write_workbook

MOST_LINES = 6
# What one unit of a column's width takes on the screen, with its share of the padding.
COLUMN_PIXELS = 7.6
PLAIN = "·明细"
ORDER = Column(key="order", label="序号", kind="number", width=6, value=lambda row: row[0])


def _text(label: str, key: str, width: int = 14, kind: Any = "text") -> Column:
    return Column(key=key, label=label, kind=kind, width=width, value=lambda row: row[key])


COVER = (
    _text("项目", "what", 18), _text("内容", "said", 60), _text("行数", "rows", 9, "number"),
    _text("校验值", "digest", 34),
)
GAPS = (_text("种类", "label", 22), _text("缺什么", "line", 90))
CORRECTIONS = (
    _text("时间", "at", 17), _text("登记簿", "register", 12), _text("编号", "number", 22),
    _text("更正原因", "reason", 40), _text("经办", "by", 10), _text("改动", "changes", 70),
)


def write_month_workbook(path: Path, month: Period, facts: Facts, *, at: dt.datetime, is_full: bool) -> None:
    """Write the workbook of a month; masked, or with whole numbers."""
    write_workbook(path, _sheets(month, facts, is_full), at=at)


def _sheets(month: Period, facts: Facts, is_full: bool) -> Iterator[Sheet]:
    head = f"{month} · 第 {facts['version']} 版 · {'完整号码' if is_full else '已脱敏'}"
    company = preferences.value("servicedesk.company")
    yield Sheet(
        name="封面", columns=COVER, rows=cover_lines(month, facts, is_full), title=f"{company} 月度归档", subtitle=head,
    )
    yield Sheet(name="缺漏", columns=GAPS, rows=_gap_lines(facts), title="归档时还缺的", subtitle=head)
    if facts["corrections"]:
        yield Sheet(
            name="更正", columns=CORRECTIONS, rows=facts["corrections"], title="封账后的更正", subtitle=head,
        )
    yield from figure_sheets(month, head)
    # The books that were counted: a manager may publish another one while this is written.
    books = [register_by_key(each["key"]) for each in facts["registers"]]
    for register in books:
        yield _ledger(register, month, facts, head, is_full)
    for register in books:
        yield Sheet(
            name=f"{register.label}{PLAIN}", columns=register.columns, rows=in_chunks(register.of_month(month)),
            is_full=is_full,
        )


def cover_lines(month: Period, facts: Facts, is_full: bool) -> list[dict[str, Any]]:
    """Who made it and when, what each word means, and each register with its rows and checksum."""
    said = [
        ("单位", preferences.value("servicedesk.company")), ("部门", preferences.value("servicedesk.department")),
        ("服务点", "、".join(facts["points"])), ("月份", str(month)), ("版次", f"第 {facts['version']} 版"),
        ("原因", facts["reason"]), ("归档时间", facts["made_at"][:16].replace("T", " ")), ("归档人", facts["made_by"]),
        ("号码", "完整,注意保管" if is_full else "姓名、电话、证件号已脱敏"),
        ("口径", "每条记录按下表写明的日期归入本月;状态和内容为归档时的样子"),
        ("校验", "校验值由本系统的封存密钥计算;manage.py verify 逐条核对"),
    ]
    lines = [{"what": what, "said": text, "rows": None, "digest": ""} for what, text in said if text]
    for known in facts["registers"]:
        register = register_by_key(known["key"])
        by = "全部,不分月份" if register.is_standing else f"按“{register.month_column().verbose_name}”归入本月"
        lines.append({"what": register.label, "said": by, "rows": known["rows"], "digest": known["digest"][:32]})
    return lines


def _gap_lines(facts: Facts) -> list[dict[str, str]]:
    return [{"label": kind["label"], "line": line} for kind in facts["gaps"] for line in kind["lines"]]


def figure_sheets(month: Period, head: str) -> list[Sheet]:
    """Records a day of each register, and records by state, each with its chart."""
    counted = [(register, by_day(register, month)) for register in dated_registers()]
    counted = [(register, days) for register, days in counted if days]
    # The chart reads the day as a plain number: not every program shows dates along an axis as such.
    columns = [_text("日期", "day", 12, "date"), _text("日", "of_month", 5, "number"), *[
        _text(register.label, register.key, 8, "number") for register, _ in counted
    ]]
    days = [
        {"day": day, "of_month": day.day, **{register.key: found[day] for register, found in counted}}
        for day in month.days()
    ]
    most = sorted(counted, key=lambda pair: -sum(pair[1].values()))[:MOST_LINES]
    states = [line for register in dated_registers() for line in by_state(register, month)]
    for line in states:
        line["name"] = f"{line['register']} {line['state']}"
    return [
        Sheet(
            name="每日件数", columns=columns, rows=days, title="每日件数", subtitle=head,
            charts=[Chart(
                kind="line", title="每日件数", by="日", series=[r.label for r, _ in most],
                row=HEAD_ROW + len(days) + 1, width=round(sum(column.width for column in columns) * COLUMN_PIXELS),
            )] if most else [],
        ),
        Sheet(
            name="状态统计", title="各登记簿的状态", subtitle=head, rows=states,
            columns=(_text("登记簿与状态", "name", 24), _text("件数", "count", 10, "number")),
            charts=[Chart(kind="column", title="各登记簿的状态", by="登记簿与状态", series=["件数"])] if states else [],
        ),
    ]


def _ledger(register: Register, month: Period, facts: Facts, head: str, is_full: bool) -> Sheet:
    """The register as its paper ledger shows it: heading and form code of the paper, its columns in their order."""
    title, code, footer = f"{register.label}登记簿", "", "制表:　　　　　　负责人:"
    if register.ledgers and register.is_one_ledger:
        wording = wording_of(paper_by_key(register.ledgers[0]))
        title, code = wording.title, f" · {wording.form_code} 版本 {wording.version}"
        footer = "　　　　　　".join(f"{label}:" for label in wording.labels.values()) or footer
    corrected = {each["number"] for each in facts["corrections"] if each["register"] == register.label}
    return Sheet(
        name=register.label, title=title, subtitle=f"{head}{code} · 共 {_rows(register, facts)} 条", footer=footer,
        columns=(ORDER, *_ledger_columns(register, corrected)), is_full=is_full,
        rows=enumerate(in_chunks(register.of_month(month)), start=1),
    )


def _rows(register: Register, facts: Facts) -> int:
    return next(each["rows"] for each in facts["registers"] if each["key"] == register.key)


def _ledger_columns(register: Register, corrected: Iterable[str]) -> list[Column]:
    by_key = {column.key: column for column in register.columns}
    wanted = register.ledger_columns or tuple(column.key for column in register.columns if column.shown)
    columns = [_of_second(by_key[key]) for key in wanted]
    if corrected:
        columns.append(Column(
            key="corrected", label="更正", width=8, value=lambda row: "更正" if str(row[1]) in corrected else "",
        ))
    return columns


def _of_second(column: Column) -> Column:
    """The same column over rows that are numbered."""
    read, full = column.read, column.full
    return Column(
        key=column.key, label=column.label, kind=column.kind, width=column.width, value=lambda row: read(row[1]),
        full=_second(full) if full else None,
    )


def _second(full: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda row: full(row[1])
