"""`manage.py print_form 3.3 SW-20261122-001 --out sheet.pdf`; without a number the blank form."""

import datetime as dt
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from servicedesk.errors import Refusal
from servicedesk.paper import Paper, paper_by_key, papers
from servicedesk.periods import read_month, read_period
from servicedesk.services import printing


class Command(BaseCommand):
    help = "把表单打印成 PDF:给编号则打印已填的表,不给编号则打印空白表。"

    def add_arguments(self, parser) -> None:
        parser.add_argument("form", help="表单: " + " ".join(paper.key for paper in papers()))
        parser.add_argument("numbers", nargs="*", help="登记编号,可多个")
        parser.add_argument("--out", required=True, help="写入的 PDF 文件")
        parser.add_argument("--month", help="台账月份,如 2026-11")
        parser.add_argument("--week", help="按周的台账的周次,如 2026-W48")
        parser.add_argument("--copies", type=int, default=1, help="份数;空白表为张数")
        parser.add_argument("--numbered", action="store_true", help="空白表逐张编号")

    def handle(self, *args, **options) -> None:
        try:
            paper = paper_by_key(options["form"])
        except KeyError:
            raise CommandError(f"没有“{options['form']}”这种表单。") from None
        try:
            pdf = self._pdf(paper, options)
        except Refusal as refusal:
            raise CommandError(refusal.sentence) from refusal
        Path(options["out"]).write_bytes(pdf)
        self.stdout.write(f"{options['out']} {len(pdf) // 1024} kB")

    def _pdf(self, paper: Paper, options: dict) -> bytes:
        copies = options["copies"]
        if not 1 <= copies <= printing.MOST_BLANKS:
            raise CommandError(f"份数须在 1 到 {printing.MOST_BLANKS} 之间。")
        return printing.print_parts(paper, self._parts(paper, options), printing.Press(copies=copies))

    def _parts(self, paper: Paper, options: dict) -> list[printing.Part]:
        if paper.is_ledger and options["month"]:
            return [printing.ledger_part(paper, paper.rows(), _month(options["month"]))]
        if paper.week_rows and options["week"]:
            monday = _week(options["week"])
            return [printing.ledger_part(paper, paper.rows(), monday.replace(day=1), week=monday)]
        if options["numbers"]:
            return printing.record_parts(paper, [self._record(paper, n) for n in options["numbers"]])
        if not paper.has_blank:
            raise CommandError(f"{paper.title}没有空白表,请给出编号{'或月份' if paper.is_ledger else ''}。")
        return [printing.blank_part(paper, options["copies"], is_numbered=options["numbered"])]

    def _record(self, paper: Paper, number: str):
        record = paper.record_of(paper.rows(), number)
        if record is None:
            raise CommandError(f"没有编号 {number}。")
        if not paper.suits(record):
            raise CommandError(f"{number} 不用{paper.title}。")
        return record


def _month(text: str) -> dt.date:
    try:
        return read_month(text).first
    except ValueError:
        raise CommandError("月份请写成 2026-11。") from None


def _week(text: str) -> dt.date:
    found = read_period(text)
    if found is None or not found.is_week:
        raise CommandError("周次请写成 2026-W48。")
    return found.first
