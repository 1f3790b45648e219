"""核定 and 更正: an approved period is read, not counted; what changed since is written anew with its reason."""

import datetime as dt
import io

import openpyxl
import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from complaints.errors.figures import (
    ApprovedAlready,
    FiguresMoved,
    NotApprovedYet,
    NothingToCorrect,
    PeriodNotOver,
)
from complaints.errors.steps import TextNeeded
from complaints.models import Complaint, FigureApproval, FigureCorrection, FrozenFigure
from complaints.papers.figures import SUMMARY, majors, summary_context
from complaints.services import approvals
from complaints.services.approvals import approve_period, correct_period, counted, mark_of
from complaints.services.endings import void_complaint
from complaints.services.summaries import Summary, summary_of
from complaints.today import figures_waiting
from dutylog.errors.enquiries import NumberInText
from servicedesk.behind import rows_behind, words_of
from servicedesk.figures import Asked
from servicedesk.models import ExportLog
from servicedesk.paper import Ledger
from servicedesk.periods import month_of, week_of
from servicedesk.services.today import answered
from tests.complaints.conftest import TODAY, local
from tests.complaints.test_races import at_once
from tests.conftest import PASSWORD
from tests.pdf import text_of

WEEK, MONTH = week_of(TODAY), month_of(TODAY)
NEXT_MONDAY = dt.date(2026, 11, 30)


def seen(point=None, period=WEEK) -> Summary:
    return summary_of(Asked(period=period, now=timezone.now(), point=point))


@pytest.fixture
def week_over(hear, clock, supervisor):
    """Two complaints of a week that is over."""
    cases = [hear(), hear(phone="13911112222")]
    clock.move_to(local("09:00", NEXT_MONDAY))
    return cases


@pytest.fixture
def approved(week_over, manager) -> FigureApproval:
    return approve_period(WEEK, by=manager, note="已核对")


def late_case(week_over, supervisor) -> Complaint:
    """One of that week that only comes to light now."""
    case = Complaint.objects.get(pk=week_over[0].pk)
    case.pk, case.number, case.incident = None, "TS-20261124-900", None
    case.save()
    return case


# ---- 核定 ------------------------------------------------------------------------------------
def test_a_week_is_approved_for_the_house_and_each_desk_with_what_lay_behind(approved, week_over, point, other_point):
    rows = FrozenFigure.objects.filter(key="cases", cut="").order_by("pk")
    assert [(row.service_point, row.number, row.hit_keys) for row in rows] == [
        (None, 2, [case.pk for case in week_over]), (point, 2, [case.pk for case in week_over]),
    ]
    handled = FrozenFigure.objects.get(key="handled", service_point=None)
    assert (handled.number, handled.base, handled.means_version, handled.digest) == (0, 2, 1, handled.seal)
    assert "期限已过" in handled.means


def test_what_still_runs_is_not_approved(hear, manager):
    with pytest.raises(PeriodNotOver):
        approve_period(WEEK, by=manager)
    assert not FigureApproval.objects.exists()


def test_a_period_is_over_at_the_midnight_of_its_end(hear, clock, manager):
    clock.move_to(WEEK.ends - dt.timedelta(seconds=1))
    with pytest.raises(PeriodNotOver):
        approve_period(WEEK, by=manager)
    clock.move_to(WEEK.ends)
    assert approve_period(WEEK, by=manager).period == WEEK


def test_a_period_is_approved_once(approved, supervisor, manager):
    with pytest.raises(ApprovedAlready) as refusal:
        approve_period(WEEK, by=manager)
    assert manager.name in refusal.value.sentence
    assert FigureApproval.objects.count() == 1


def test_a_month_and_a_week_that_begin_on_one_day_are_two(week_over, manager, clock):
    clock.move_to(local("09:00", dt.date(2027, 3, 2)))
    february = month_of(dt.date(2027, 2, 1))
    assert february.first == week_of(february.first).first
    approve_period(february, by=manager)
    approve_period(week_of(february.first), by=manager)
    assert FigureApproval.objects.count() == 2


def test_who_looked_at_other_numbers_is_told(week_over, manager, supervisor):
    mark = mark_of(counted(Asked(period=WEEK, now=timezone.now())))
    case = late_case(week_over, supervisor)
    with pytest.raises(FiguresMoved):
        approve_period(WEEK, by=manager, seen=mark)
    assert not FigureApproval.objects.exists()
    Complaint.objects.filter(pk=case.pk).update(state="void")
    assert approve_period(WEEK, by=manager, seen=mark)


def test_no_phone_stands_in_a_note_or_a_reason(approved, week_over, manager):
    with pytest.raises(NumberInText):
        correct_period(WEEK, "请问 13812341234", by=manager)
    with pytest.raises(NumberInText):
        approve_period(MONTH, by=manager, note="13812341234")


def test_approved_numbers_stay_and_say_what_they_would_be_today(approved, week_over, supervisor, manager):
    assert (seen().approval, seen().changed) == (approved, [])
    case = late_case(week_over, supervisor)
    line = seen().line("cases")
    assert (line.shown.text, line.now.text, line.is_changed) == ("2", "3", True)
    (category,) = next(lines for cut, lines in seen().cuts if cut.key == "category")
    assert (category.shown.hits, category.now.hits) == (2, 3)
    kept = line.shown.urls["hits"].partition("figure=")[2]
    assert rows_behind(Complaint, kept) == [each.pk for each in week_over]
    assert "已核定" in words_of(kept)
    assert case.pk in {row["pk"] for row in rows_behind(Complaint, line.now.urls["hits"].partition("figure=")[2])}


def test_an_approved_period_is_what_the_next_one_is_compared_with(approved, week_over, supervisor, clock):
    late_case(week_over, supervisor)
    assert seen(period=WEEK.following).line("cases").before.text == "2"


def test_a_number_of_another_meaning_is_not_compared(approved, week_over, supervisor):
    late_case(week_over, supervisor)
    line = seen().line("handled")
    assert line.is_changed
    line.frozen.means_version = line.figure.version + 1
    assert (line.is_redefined, line.is_changed) == (True, False)


def test_of_many_rows_the_numbers_alone_are_kept(week_over, manager, monkeypatch):
    monkeypatch.setattr(approvals, "MOST_KEYS", 1)
    approve_period(WEEK, by=manager)
    row = FrozenFigure.objects.get(key="cases", cut="", service_point=None)
    assert (row.number, row.hit_keys, row.digest) == (2, None, row.seal)
    assert not FrozenFigure.objects.exclude(cut="").exclude(hit_keys=None).exists()


# ---- 更正 ------------------------------------------------------------------------------------
def test_a_correction_keeps_old_and_new_with_reason_person_and_time(approved, week_over, supervisor, manager, clock):
    late_case(week_over, supervisor)
    clock.move_to(local("15:00", NEXT_MONDAY))
    correction = correct_period(WEEK, "补录了一件投诉", by=manager)
    found = seen()
    assert (found.line("cases").shown.text, found.changed) == ("3", [])
    cases = next(each for each in found.corrected if each.label == "投诉件数")
    assert (cases.old, cases.new, cases.correction.by, cases.correction.at) == (
        "2", "3", manager, local("15:00", NEXT_MONDAY),
    )
    handled = next(each for each in found.corrected if each.label == "投诉处理率")
    assert (handled.old, handled.new) == ("0.0%(0/2)", "0.0%(0/3)")
    assert [(each.pk, len(lines)) for each, lines in found.corrections] == [(correction.pk, len(found.corrected))]
    assert not FrozenFigure.objects.filter(correction=correction, key="major").exists()


def test_a_part_that_lost_its_last_case_is_corrected_to_nothing(approved, week_over, supervisor, manager):
    for case in week_over:
        void_complaint(case, "重复录入", by=supervisor)
    (line,) = next(lines for cut, lines in seen().cuts if cut.key == "category")
    assert (line.shown.hits, line.now.hits) == (2, 0)
    correct_period(WEEK, "两件都是重复录入", by=manager)
    assert seen().changed == []
    assert seen().line("cases").shown.text == "0"


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_correction_needs_a_reason(approved, week_over, supervisor, manager, reason):
    late_case(week_over, supervisor)
    with pytest.raises(TextNeeded):
        correct_period(WEEK, reason, by=manager)
    assert not FigureCorrection.objects.exists()


def test_what_is_the_same_or_not_approved_is_not_corrected(approved, manager):
    with pytest.raises(NothingToCorrect):
        correct_period(WEEK, "再核对", by=manager)
    with pytest.raises(NotApprovedYet):
        correct_period(MONTH, "再核对", by=manager)
    assert not FigureCorrection.objects.exists()


@pytest.mark.parametrize("table", ["figureapproval", "figurecorrection", "frozenfigure"])
@pytest.mark.parametrize("statement", ["UPDATE complaints_{} SET id = id", "DELETE FROM complaints_{}"])
def test_the_database_refuses_to_change_what_was_approved(approved, week_over, supervisor, manager, table, statement):
    late_case(week_over, supervisor)
    correct_period(WEEK, "补录", by=manager)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table))


# ---- pages, start page, workbook, paper --------------------------------------------------------
def test_the_manager_approves_with_the_password_and_corrects_with_a_reason(week_over, as_user, manager, supervisor):
    client, url = as_user(manager), reverse("complaints:figures_approve", args=[WEEK.key])
    page = client.get(url)
    mark = page.context["form"].initial["seen"]
    assert client.post(url, {"secret": "falsch", "seen": mark}).status_code == 422
    assert not FigureApproval.objects.exists()
    assert client.post(url, {"secret": PASSWORD, "seen": mark, "note": "已核对"}).status_code == 302
    late_case(week_over, supervisor)
    correct = reverse("complaints:figures_correct", args=[WEEK.key])
    assert "原数不删" in client.get(correct).content.decode()
    assert client.post(correct, {"reason": "补录了一件投诉"}).status_code == 302
    page = client.get(reverse("complaints:figures"), {"period": WEEK.key}).content.decode()
    assert "补录了一件投诉" in page
    assert "已核定" in page


def test_the_supervisor_reads_and_does_not_approve(approved, as_user, supervisor, clerk):
    assert as_user(supervisor).get(reverse("complaints:figures"), {"period": WEEK.key}).status_code == 200
    assert as_user(supervisor).get(reverse("complaints:figures_approve", args=[MONTH.key])).status_code == 403
    assert as_user(clerk).get(reverse("complaints:figures")).status_code == 403


def waiting(user) -> list[str]:
    return [line.sentence for line in answered(figures_waiting(user))[0]]


def test_the_manager_is_asked_for_the_week_and_the_month_that_are_over(week_over, manager, supervisor, clock):
    assert waiting(manager) == [f"上周的投诉汇总待核定({WEEK.label})"]
    approve_period(WEEK, by=manager)
    assert waiting(manager) == []
    clock.move_to(local("09:00", dt.date(2026, 12, 1)))
    assert waiting(manager) == ["上月的投诉汇总待核定(2026年11月)"]
    assert waiting(supervisor) == []


def test_nothing_is_asked_of_the_time_before_the_first_complaint(db, clock, manager):
    assert waiting(manager) == []


def test_the_workbook_holds_numbers_and_masked_cases(approved, week_over, as_user, manager):
    answer = as_user(manager).get(reverse("complaints:figures_export"), {"period": WEEK.key})
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames == ["投诉汇总表", "投诉明细"]
    lines = {row[1]: row for row in book["投诉汇总表"].iter_rows(min_row=4, values_only=True)}
    assert lines["投诉处理率"][2:6] == (0, "%", 0, 2)
    assert lines["响应率"][11] == "已核定"
    assert lines["抱怨升级率"][2] is None
    cells = [str(cell) for row in book["投诉明细"].iter_rows(values_only=True) for cell in row if cell]
    assert not any("13812341234" in cell or "杨明静" in cell for cell in cells)
    assert sum(cell.startswith("TS-") for cell in cells) == 2
    assert ExportLog.objects.get().rows == 2


def paper(period, place: str = "") -> dict:
    select = SUMMARY.week_rows if period.is_week else SUMMARY.month_rows
    rows = list(select(Complaint.objects.all(), period.first))
    ledger = Ledger(month=period.first.replace(day=1), week=period.first if period.is_week else None, rows=rows,
                    all_rows=rows, place=place)
    return summary_context(ledger)


def test_the_paper_says_what_was_approved_by_whom(approved, week_over, supervisor, manager, hear):
    late_case(week_over, supervisor)
    context = paper(WEEK)
    assert context["summary"].line("cases").shown.text == "2"
    assert manager.name in context["approved"]
    assert (paper(MONTH)["approved"], paper(MONTH)["summary"].line("cases").shown.text) == ("未核定", "3")


def test_an_empty_month_and_the_blank_form_are_printed(db, clock, point):
    context = paper(month_of(dt.date(2026, 2, 1)), place=point.name)
    assert context["summary"].asked.point == point
    rates = [line for line in context["summary"].lines if line.figure.scale and line.figure.key != "visits_done"]
    assert {line.shown.text for line in rates} == {"—"}
    blank = summary_context(None)
    assert [label for label, _ in blank["figure_groups"]][:2] == ["投诉", "时限与办理"]


def test_major_complaints_are_listed_on_the_paper_without_void_ones(hear, supervisor):
    major = hear(severity="major", major_reasons=("人身伤害",))
    void_complaint(hear(severity="major", major_reasons=("人身伤害",), phone="13911112222"), "误录", by=supervisor)
    hear(phone="13911113333")
    assert list(majors(Complaint.objects.all(), WEEK)) == [major]


def test_the_sheet_of_the_house_is_for_who_sees_all_desks(week_over, as_user, manager, supervisor, point):
    asked = {"week": WEEK.key, "scope": "house"}
    url = reverse("paper", args=["complaint-summary"])
    places = [as_user(user).get(url, asked).context["parts"][0].service_point for user in (manager, supervisor)]
    assert places == [None, point]


def test_a_week_is_printed_from_the_command_line(week_over, tmp_path):
    with pytest.raises(CommandError, match="2026-W48"):
        call_command("print_form", "complaint-summary", week="2026-11", out=str(tmp_path / "a.pdf"))
    call_command("print_form", "complaint-summary", week=WEEK.key, out=str(tmp_path / "a.pdf"), stdout=io.StringIO())
    said = text_of((tmp_path / "a.pdf").read_bytes())
    assert "投诉汇总表" in said
    assert "2026年第48周" in said


# ---- two at once ---------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_of_two_who_approve_or_correct_at_once_one_wins(manager, point, zone, clerk):
    period = week_of(TODAY).before
    with time_machine.travel(local("10:30"), tick=True):
        answers = at_once(lambda: approve_period(period, by=manager), times=4)
        assert sum(isinstance(answer, FigureApproval) for answer in answers) == 1, answers
        assert sum(isinstance(answer, ApprovedAlready) for answer in answers) == 3
        assert FrozenFigure.objects.filter(key="cases", service_point=None, cut="").count() == 1
        heard = local("10:00", dt.date(2026, 11, 18))
        Complaint.objects.create(
            number="TS-20261118-001", service_point=point, created_at=heard, created_by=clerk, occurred_at=heard,
            received_at=heard, zone=zone, category="票务", words="排队", is_reachable=True, first_receiver=clerk,
            handler=clerk, reply_due_at=heard, solution_due_at=heard,
        )
        answers = at_once(lambda: correct_period(period, "补录", by=manager), times=4)
        assert sum(isinstance(answer, FigureCorrection) for answer in answers) == 1, answers
        assert FigureCorrection.objects.count() == 1
