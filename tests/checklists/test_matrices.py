"""3.13, 3.14 and the labels on paper: filled, blank, with a missing day, and huge."""

import datetime as dt

import pytest
from django.urls import reverse

from checklists.choices import RoundKind
from checklists.models import Asset, Round, RoundTemplate
from checklists.papers.labels import LABEL, LABEL_SHEET
from checklists.papers.matrices import ASSET_MATRIX, EQUIPMENT_MATRIX, matrices, stock
from checklists.services.answers import Given, answer_line, lines_of
from checklists.services.assets import AwayFacts, mark_away
from checklists.services.templates import ItemFacts, TemplateFacts, VersionFacts, edit_template
from servicedesk.paper import Ledger
from servicedesk.services import printing
from servicedesk.services.photos import prepare_photo
from servicedesk.services.printing.sheets import sheet_html
from tests.checklists.conftest import TODAY, local, photo

pytestmark = pytest.mark.one_database

MONTH = dt.date(2026, 11, 1)
YESTERDAY = TODAY - dt.timedelta(days=1)


def ledger(paper, point) -> Ledger:
    rows = list(paper.month_rows(Round.objects.all(), MONTH))
    return Ledger(month=MONTH, rows=rows, all_rows=rows, place=point.name if point else "")


def only(paper, kind, point):
    sheets = matrices(ledger(paper, point), kind)
    assert len(sheets) == 1
    return sheets[0]


def test_a_month_shows_its_days_and_says_which_was_missed(start, walk, point, equipment):
    RoundTemplate.objects.update(valid_from=TODAY - dt.timedelta(days=3))
    for back in (3, 1, 0):
        walk(start(on=TODAY - dt.timedelta(days=back)))
    sheet = only(EQUIPMENT_MATRIX, RoundKind.EQUIPMENT, point)
    assert sheet.rows[0].days() == [*["—"] * 20, "√", "漏", "√", "√", *[""] * 6, "—"]
    assert (sheet.due, sheet.checked, sheet.missed) == (4, 3, [22])
    html = sheet_html(EQUIPMENT_MATRIX, ledger(EQUIPMENT_MATRIX, point))
    assert "应查 4 日　实查 3 日　漏查 1 日(22)" in html


def test_today_is_not_missed_before_it_is_over(start, walk, point, clock):
    RoundTemplate.objects.update(valid_from=YESTERDAY)
    walk(start(on=YESTERDAY))
    assert only(EQUIPMENT_MATRIX, RoundKind.EQUIPMENT, point).missed == []
    clock.move_to(local("09:00", TODAY + dt.timedelta(days=1)))
    assert only(EQUIPMENT_MATRIX, RoundKind.EQUIPMENT, point).missed == [24]


def test_a_month_without_any_round_prints_all_days_as_missed(templates, point):
    sheet = only(EQUIPMENT_MATRIX, RoundKind.EQUIPMENT, point)
    assert (sheet.due, sheet.checked, len(sheet.missed)) == (23, 0, 23)


def test_a_desk_where_nobody_walked_has_its_sheet_beside_the_others(start, walk, point, other_point):
    walk(start())
    found = matrices(ledger(EQUIPMENT_MATRIX, None), RoundKind.EQUIPMENT)
    said = [(sheet.point, sheet.checked, len(sheet.missed)) for sheet in found]
    assert said == [(point, 1, 23), (other_point, 0, 23)]


def test_many_failures_of_a_row_are_told_by_their_days(start, walk, point, clerk):
    for back in (2, 1, 0):
        round_ = start(on=TODAY - dt.timedelta(days=back))
        answer_line(lines_of(round_)[0], Given(answer="failed", remark="东侧筒灯闭店后不能关断,已报工程"), by=clerk)
        walk(round_)
    sheet = only(EQUIPMENT_MATRIX, RoundKind.EQUIPMENT, point)
    assert sheet.rows[0].remarks == ["22、23、24日见异常记录"]


def test_failures_stand_below_with_their_follow_ups(start, walk, point, clerk, safety_officer):
    round_ = start()
    failed = Given(answer="failed", remark="插排发烫", photo=prepare_photo(photo()))
    answer_line(lines_of(round_)[3], failed, by=clerk)
    walk(round_)
    sheet = only(EQUIPMENT_MATRIX, RoundKind.EQUIPMENT, point)
    assert sheet.rows[3].days()[23] == "×"
    assert sheet.rows[3].remarks == ["24日插排发烫"]
    assert ([line.follow_up.owner for line in sheet.exceptions], sheet.settled) == ([safety_officer], 0)
    assert "冯涛 11-24 17:40" in sheet_html(EQUIPMENT_MATRIX, ledger(EQUIPMENT_MATRIX, point))


def test_a_line_edited_in_the_month_stays_one_row(start, walk, point, equipment, manager):
    walk(start(on=YESTERDAY))
    items = [
        ItemFacts(line=item.line, text=f"{item.text}(改)", area=item.area) for item in equipment.current().items.all()
    ]
    head = TemplateFacts(name=equipment.name, kind=equipment.kind, due_at=equipment.due_at)
    edit_template(equipment, head, VersionFacts(items=items), by=manager)
    walk(start())
    sheet = only(EQUIPMENT_MATRIX, RoundKind.EQUIPMENT, point)
    assert len(sheet.rows) == 11
    assert sheet.rows[0].days()[22:24] == ["√", "√"]


def test_counts_absences_and_the_stock_of_the_month(start, walk, point, make_asset, supervisor, clerk):
    chairs, printer = make_asset("轮椅", 5), make_asset("激光打印机")
    mark_away(chairs, AwayFacts(kind="lent", reason="医务室", due_on=TODAY), by=supervisor)
    round_ = start(RoundKind.ASSETS)
    line = next(each for each in lines_of(round_) if each.asset == chairs)
    answer_line(line, Given(quantity=3, remark="少一辆"), by=clerk)
    walk(round_)
    sheet = only(ASSET_MATRIX, RoundKind.ASSETS, point)
    by_asset = {row.facts: row for row in sheet.rows}
    assert (by_asset[chairs].days()[23], by_asset[printer].days()[23]) == ("3", "√")
    assert by_asset[chairs].remarks == ["○1 24日", "24日缺失少一辆"]
    assert stock(sheet) == {"due": 6, "there": 5, "over": 0, "short": 1}


def test_days_away_are_told_as_runs(start, walk, point, make_asset, supervisor, clock):
    printer = make_asset("激光打印机")
    clock.move_to(local("17:40", TODAY - dt.timedelta(days=3)))
    mark_away(printer, AwayFacts(kind="repair", reason="换件", due_on=TODAY), by=supervisor)
    for back in (3, 2, 1):
        clock.move_to(local("17:40", TODAY - dt.timedelta(days=back)))
        walk(start(RoundKind.ASSETS, on=TODAY - dt.timedelta(days=back)))
    assert only(ASSET_MATRIX, RoundKind.ASSETS, point).rows[0].remarks == ["○1 21—23日"]


@pytest.mark.parametrize("key", ["3.13", "3.14"])
def test_the_sheets_print_filled_blank_and_of_another_month(as_user, clerk, start, walk, make_asset, key):
    make_asset()
    walk(start(RoundKind.ASSETS))
    walk(start())
    browser = as_user(clerk)
    for query in ("month=2026-11", "month=2026-02", "blank=1"):
        answer = browser.get(f"{reverse('paper_pdf', args=[key])}?{query}")
        assert answer.status_code == 200
        assert answer.content[:5] == b"%PDF-"


def test_two_hundred_assets_run_over_pages_with_their_heading(start, walk, point, make_asset, supervisor, clerk):
    Asset.objects.bulk_create([
        Asset(number=f"KF-XX-{n:04d}", service_point=point, created_at=local("08:00"), created_by=supervisor,
              name=f"座椅{n}", area="大厅") for n in range(200)
    ])
    walk(start(RoundKind.ASSETS))
    part = printing.ledger_part(ASSET_MATRIX, Round.objects.all(), MONTH, point)
    assert printing.preview(ASSET_MATRIX, [part]).count(b"/Type /Page\n") != 1
    assert sheet_html(ASSET_MATRIX, ledger(ASSET_MATRIX, point)).count("KF-XX-") == 200


def test_labels_bear_tag_and_qr_and_ten_stand_on_a_sheet(make_asset, supervisor, as_user):
    assets = [make_asset(f"设备{n}") for n in range(11)]
    parts = printing.record_parts(LABEL_SHEET, assets)
    assert len(parts[0].runs[0].pieces) == 2
    html = sheet_html(LABEL, assets[0])
    assert assets[0].number in html
    assert "data:image/png;base64," in html
    assert as_user(supervisor).get(f"{reverse('paper_pdf', args=[LABEL.key])}?id={assets[0].pk}").status_code == 200
