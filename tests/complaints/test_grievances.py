"""抱怨: a row of the ledger, soothed on the spot; upgraded by one press, counted once, and back by the supervisor."""

import datetime as dt
import io
import re

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from complaints.choices import GrievanceState
from complaints.errors.complaints import BackDated, NoSuchCategory
from complaints.errors.grievances import (
    ConfirmedAlready,
    GrievanceEnded,
    GrievanceInFuture,
    GrievanceWordsNeeded,
    PlaceNeeded,
    SoothingNeeded,
    ToldBeforeReceived,
)
from complaints.errors.steps import TextNeeded
from complaints.models import Complaint, Grievance
from complaints.papers.grievances import GRIEVANCE_LEDGER, grievances_of_month, ledger_context
from complaints.services.endings import archive_complaint
from complaints.services.grievances import (
    GrievanceFacts,
    accept_draft,
    archive_grievances,
    confirm_grievance,
    edit_grievance,
    register_grievance,
    soothe_grievance,
    void_grievance,
)
from complaints.services.signals import reasons_of, signals_in
from complaints.services.upgrades import downgrade_complaint, upgrade_grievance
from dutylog.errors.enquiries import NumberInText
from dutylog.intakes import IntakeFacts, take_in
from dutylog.models import LogEntry
from dutylog.services.figures import counts_of
from servicedesk.errors import NotPossibleNow, SomeoneWasFaster
from servicedesk.paper import Ledger
from servicedesk.services.photos import photos_of, store_photo
from servicedesk.services.printing.sheets import sheet_html
from servicedesk.services.purging import purge
from servicedesk.services.search import search

PHONE = "13812341234"
NOVEMBER = dt.date(2026, 11, 1)
CELLS = """
序号|日期/时间|编号|游客(可匿)/电话|渠道|抱怨内容|涉及部门/地点|现场安抚与处理措施|结果/升级编号|接待人|督导|
本页小计:抱怨____条|其中当场平息____条|升级投诉____条|填表:|审核(中心负责人):|KF-3.2
"""


def url(name: str, *args) -> str:
    return reverse(f"complaints:grievance_{name}", args=args)


@pytest.fixture
def told(day, moment, zone):
    def make(**more) -> GrievanceFacts:
        return GrievanceFacts(**{
            "received_at": moment("10:20"), "category": "票务", "words": "排队四十分钟没人引导", "zone": zone, **more,
        })

    return make


@pytest.fixture
def grumble(told, clerk, point):
    """Write one: `grumble(phone="138…", is_soothed=True, soothing="致歉")`."""

    def make(*, is_soothed=False, **more) -> Grievance:
        return register_grievance(told(**more), by=clerk, point=point, is_soothed=is_soothed)

    return make


@pytest.fixture
def draft(day, moment, clerk, point) -> Grievance:
    facts = IntakeFacts(
        words="太脏了,打我电话 13812341234", received_at=moment("10:00"), phone=PHONE, source_text="问卷 WJ-1"
    )
    return take_in("grievance", facts, by=clerk, point=point)


def test_a_row_of_the_ledger_is_a_line_of_the_day_without_the_visitor(grumble):
    row = grumble(visitor_name="杨明静", phone=PHONE)
    line = LogEntry.objects.get()
    assert (row.number, row.state) == ("BY-20261124-001", GrievanceState.REGISTERED)
    assert (line.category, line.text, line.record_number) == ("grievance", "来访抱怨(票务)", row.number)


def test_one_that_is_soothed_says_how(grumble):
    with pytest.raises(SoothingNeeded):
        grumble(is_soothed=True)
    row = grumble(is_soothed=True, soothing="致歉,引导快速通道")
    assert (row.state, row.outcome) == (GrievanceState.SOOTHED, "已平息")


@pytest.mark.parametrize(("refusal", "more"), [
    (GrievanceWordsNeeded, {"words": ""}), (NoSuchCategory, {"category": "天气"}), (NumberInText, {"words": PHONE}),
])
def test_a_slip_of_the_hand_is_refused(grumble, refusal, more):
    with pytest.raises(refusal):
        grumble(**more)


def test_moments_that_cannot_be_are_refused(grumble, moment):
    with pytest.raises(GrievanceInFuture):
        grumble(received_at=moment("10:32"))
    with pytest.raises(ToldBeforeReceived):
        grumble(supervisor_told_at=moment("10:19"))
    assert grumble(supervisor_told_at=moment("10:23")).supervisor_told_at == moment("10:23")


def test_one_press_makes_the_complaint_with_text_files_and_the_first_clock(grumble, clerk, supervisor, moment):
    row = grumble(phone=PHONE, soothing="致歉", words="排队太久,要退票")
    picture = io.BytesIO()
    Image.new("RGB", (20, 20), "red").save(picture, "PNG")
    store_photo(SimpleUploadedFile("a.png", picture.getvalue()), row, clerk)
    case = upgrade_grievance(row, by=clerk)
    assert (case.words, case.phone, case.soothing, case.demands) == (row.words, PHONE, "致歉", "退款")
    assert (case.received_at, case.reply_due_at) == (moment("10:20"), moment("10:20", dt.date(2026, 11, 25)))
    assert (row.state, row.complaint, row.outcome, case.grievance) == (GrievanceState.UPGRADED, case, case.number, row)
    assert photos_of(case).get().file == photos_of(row).get().file
    assert case.actions.filter(text=f"由抱怨 {row.number} 升级").exists()


def test_an_upgraded_one_counts_once(grumble, clerk, day):
    upgrade_grievance(grumble(), by=clerk)
    counts = {each.label: each.number for each in counts_of(day)}
    assert (counts["投诉"], counts["抱怨"]) == (1, 0)
    assert (Grievance.objects.all().counted().count(), Complaint.objects.all().counted().count()) == (0, 1)


def test_of_two_desks_that_upgrade_one_wins_and_one_complaint_is_made(grumble, clerk, second_clerk):
    row = grumble()
    again = Grievance.objects.get(pk=row.pk)
    upgrade_grievance(row, by=clerk)
    with pytest.raises(SomeoneWasFaster):
        upgrade_grievance(again, by=second_clerk)
    assert Complaint.objects.count() == 1


def test_one_without_a_place_is_not_upgraded(grumble, clerk):
    with pytest.raises(PlaceNeeded):
        upgrade_grievance(grumble(zone=None), by=clerk)


def test_an_old_one_is_upgraded_by_the_supervisor_alone(grumble, clerk, supervisor, moment):
    row = grumble(received_at=moment("10:00", dt.date(2026, 11, 22)))
    with pytest.raises(BackDated):
        upgrade_grievance(row, by=clerk)
    row.refresh_from_db()
    assert upgrade_grievance(row, by=supervisor).received_at == row.received_at


def test_a_category_that_the_setting_lost_goes_along(grumble, clerk, choose):
    row = grumble()
    choose("complaints.categories", ["其他"])
    assert upgrade_grievance(row, by=clerk).category == "票务"


def test_the_supervisor_makes_a_complaint_the_grievance_that_it_was(grumble, clerk, supervisor, day):
    row = grumble()
    case = upgrade_grievance(row, by=clerk)
    with pytest.raises(TextNeeded):
        downgrade_complaint(case, "", by=supervisor)
    assert downgrade_complaint(case, "游客不要求答复", by=supervisor).pk == row.pk
    row.refresh_from_db()
    assert (row.state, case.state, row.complaint) == (GrievanceState.REGISTERED, "void", case)
    assert {each.label: each.number for each in counts_of(day)}["抱怨"] == 1


def test_a_complaint_without_a_grievance_makes_one(hear, supervisor):
    case = hear()
    row = downgrade_complaint(case, "游客不要求答复", by=supervisor)
    assert (row.words, row.phone, row.received_at) == (case.words, PHONE, case.received_at)
    assert case.end_reason == f"降为抱怨 {row.number}:游客不要求答复"


def test_a_case_that_is_solved_is_not_downgraded(called, supervisor):
    with pytest.raises(NotPossibleNow):
        downgrade_complaint(called, "不要求答复", by=supervisor)
    assert not Grievance.objects.exists()
    assert archive_complaint(called, by=supervisor).state == "archived"


@pytest.mark.parametrize(("words", "found"), [
    ("地上太滑,孩子摔伤了", ["有人受伤"]), ("要求退票并给个说法", ["要求答复", "要求退赔"]),
    ("我要发抖音", ["扬言曝光或打 12345"]), ("排队太久", []),
])
def test_what_the_visitor_says_prompts_the_upgrade(words, found):
    assert signals_in(words) == found


def test_a_tick_and_a_repeat_prompt_it_too(hear, clerk):
    case = hear()
    assert reasons_of("排队太久", "要求答复", [case]) == ["要求答复", f"同一电话近期投诉过 {case.number}"]


def test_a_draft_of_another_register_counts_once_somebody_looked_at_it(draft, told, clerk):
    assert (draft.state, draft.phone, draft.words) == (GrievanceState.DRAFT, PHONE, "太脏了,打我电话 (号码略)")
    assert not LogEntry.objects.exists()
    assert not Grievance.objects.all().counted().exists()
    accept_draft(draft, told(words="卫生间太脏", phone=PHONE), by=clerk, version=draft.version)
    assert (draft.state, LogEntry.objects.get().record_number) == (GrievanceState.REGISTERED, draft.number)
    with pytest.raises(NotPossibleNow):
        accept_draft(draft, told(), by=clerk, version=draft.version)


def test_nobody_takes_what_no_app_declared(day, clerk, point, moment):
    assert take_in("nothing", IntakeFacts(words="x", received_at=moment("10:00")), by=clerk, point=point) is None


def test_an_ended_one_takes_no_edit(grumble, told, clerk, supervisor):
    row = void_grievance(grumble(), "误登", by=supervisor)
    assert LogEntry.objects.get().is_struck
    with pytest.raises(GrievanceEnded):
        edit_grievance(row, told(words="改"), by=clerk)


def test_the_supervisor_confirms_once(grumble, supervisor, manager):
    row = confirm_grievance(grumble(), by=supervisor)
    with pytest.raises(ConfirmedAlready):
        confirm_grievance(row, by=manager)


def test_only_what_is_soothed_is_archived(grumble, supervisor):
    rows = [grumble(), grumble(is_soothed=True, soothing="致歉")]
    assert archive_grievances(rows, by=supervisor) == 1
    assert [row.state for row in rows] == [GrievanceState.REGISTERED, GrievanceState.ARCHIVED]


def test_the_ledger_has_twelve_rows_to_a_page_and_counts_each(grumble, clerk, supervisor):
    rows = [grumble(is_soothed=True, soothing="致歉") for _ in range(12)]
    upgrade_grievance(rows[0], by=clerk)
    void_grievance(rows[1], "误登", by=supervisor)
    grumble()
    found = list(grievances_of_month(Grievance.objects.all(), NOVEMBER))
    pages = ledger_context(Ledger(month=NOVEMBER, rows=found, all_rows=found))["pages"]
    assert [page["totals"] for page in pages] == [
        {"count": 11, "soothed": 10, "upgraded": 1}, {"count": 1, "soothed": 0, "upgraded": 0},
    ]


def test_the_ledger_has_every_cell_of_its_drawing_and_no_whole_number(grumble, clerk, draft):
    row = grumble(visitor_name="杨明静", phone=PHONE, soothing="致歉")
    found = list(grievances_of_month(Grievance.objects.all(), NOVEMBER))
    assert found == [row]
    filled = sheet_html(GRIEVANCE_LEDGER, Ledger(month=NOVEMBER, rows=found, all_rows=found))
    blank = re.sub(r"\s|<[^>]+>", "", sheet_html(GRIEVANCE_LEDGER, None))
    for cell in CELLS.replace("\n", "").split("|"):
        assert cell in blank
    assert "杨**" in filled
    assert "138****1234" in filled
    assert PHONE not in filled


def test_an_empty_month_prints_a_dash(db):
    page = sheet_html(GRIEVANCE_LEDGER, Ledger(month=NOVEMBER, rows=[], all_rows=[]))
    assert "本月没有抱怨。—" in page


def test_a_clerk_writes_a_row_and_upgrades_it_by_a_button(as_user, clerk, zone, day):
    browser = as_user(clerk)
    data = {"received_at": "1020", "channel": "visit", "kind": "票务|", "zone": zone.pk, "words": "要求退票",
            "phone": PHONE}
    page = browser.post(url("create"), data, follow=True).content.decode()
    row = Grievance.objects.get()
    assert "建议升级为投诉:要求退赔" in page
    assert PHONE not in page
    answer = browser.post(url("upgrade", row.pk))
    assert answer.url == reverse("complaints:complaint_detail", args=[Complaint.objects.get().pk])
    assert row.number in browser.get(answer.url).content.decode()


def test_typing_shows_why_it_is_rather_a_complaint(as_user, clerk, hear):
    case = hear()
    data = {"words": "孩子摔伤了", "phone": PHONE}
    page = as_user(clerk).post(url("hints"), data).content.decode()
    assert f"这像是投诉:有人受伤、同一电话近期投诉过 {case.number}" in page


def test_the_workbook_of_an_empty_ledger_has_its_heads(as_user, clerk):
    rows = list(openpyxl.load_workbook(io.BytesIO(as_user(clerk).get(url("export")).content)).active.values)
    assert any("抱怨内容" in row for row in rows)


def test_the_search_finds_it_by_number_and_name(grumble, clerk):
    row = grumble(visitor_name="杨明静", phone=PHONE)
    assert [e.number for e in search(PHONE, clerk)] == [row.number]
    assert [e.number for e in search("杨明静", clerk)] == [row.number]


def test_soothing_twice_is_refused(grumble, clerk):
    row = soothe_grievance(grumble(), "致歉", by=clerk)
    with pytest.raises(NotPossibleNow):
        soothe_grievance(row, "再致歉", by=clerk)


def test_an_old_row_forgets_the_visitor_and_an_unsoothed_one_does_not(grumble, manager, clock, moment):
    old, open_row = grumble(is_soothed=True, soothing="致歉", phone=PHONE, visitor_name="杨明静"), grumble(phone=PHONE)
    clock.move_to(moment("10:00", dt.date(2027, 12, 1)))
    purge(by=manager, reason="到期")
    old.refresh_from_db()
    open_row.refresh_from_db()
    assert (old.visitor_name, old.phone, open_row.phone) == ("(已清除)", "", PHONE)
