"""What lost and found does appears in the running log, with its number, and lives and dies with its record."""

import datetime as dt

import pytest
from django.db import transaction
from django.utils import timezone

from dutylog.choices import EntryCategory
from dutylog.models import DutyDay, LogEntry
from dutylog.services.figures import counts_of
from lostfound.choices import BatchKind, DisposalMethod, ReportChannel
from lostfound.models import Batch, Claim, FoundItem, ItemCategory, LostReport
from lostfound.services import loglines
from lostfound.services.batches import approve_batch, prepare_batch, review_batch
from lostfound.services.claims import reject_claim, withdraw_claim
from lostfound.services.handing import LineFacts, Receiver, execute_batch
from lostfound.services.on_spot_return import SpotReturn, return_on_spot
from lostfound.services.police import hand_to_police
from lostfound.services.release import HandOver, release_found_item
from lostfound.services.report_facts import LostReportFacts
from lostfound.services.reports import register_lost_report
from servicedesk.errors import Refusal


@pytest.fixture
def no_log(monkeypatch):
    """A log that refuses every line."""

    def refuse(*args, **kwargs):  # noqa: ARG001
        raise Refusal("记录簿写不进去。")

    monkeypatch.setattr(loglines, "record_in_log", refuse)


@pytest.fixture
def tell_loss(zone, clerk, point, now):
    def make() -> LostReport:
        facts = LostReportFacts(
            owner_name="杨明静", phone="13800001234", category=ItemCategory.objects.get(name="雨具"), thing="雨伞",
            colour="黑色", lost_from=now - dt.timedelta(hours=4), lost_to=now - dt.timedelta(hours=3), zones=(zone,),
            channel=ReportChannel.PHONE,
        )
        return register_lost_report(facts, by=clerk, point=point)

    return make


def only_line() -> LogEntry:
    return LogEntry.objects.select_related("day").get()


def test_a_find_is_a_line_with_number_place_and_author(register, clerk, zone):
    item = register(colour="黑色")
    line = only_line()
    assert (line.category, line.text) == (EntryCategory.FOUND, "游客拾物登记:黑色雨具 1件")
    assert (line.record, line.record_number, line.zone) == (item, item.number, zone)
    assert (line.created_by, line.is_late_entry) == (clerk, False)
    assert line.day.on == timezone.localdate()


def test_a_line_names_no_visitor_phone_or_feature(register, tell_loss, second_clerk):
    register(
        "手机", thing="王芳的手机", second_person=second_clerk, seal_number="F-1", finder_name="张三丰",
        finder_phone="13900002222", features="壳上有猫", secret_marks="背面刻字", name_on_item="杨明静",
    )
    tell_loss()
    said = " ".join(LogEntry.objects.values_list("text", flat=True))
    assert "贵重" in said
    for secret in ("张三丰", "13900002222", "猫", "刻字", "杨明静", "王芳", "13800001234"):
        assert secret not in said


def test_a_find_and_its_line_die_together(register, no_log):
    with pytest.raises(Refusal, match="记录簿"):
        register()
    assert (FoundItem.objects.count(), LogEntry.objects.count()) == (0, 0)


def test_a_find_that_is_rolled_back_leaves_no_line(register):
    with transaction.atomic():
        register()
        transaction.set_rollback(True)
    assert (LogEntry.objects.count(), DutyDay.objects.count()) == (0, 0)
    assert register().number.endswith("-001")


def test_a_lost_report_is_a_line_and_dies_with_it(tell_loss, monkeypatch):
    report = tell_loss()
    line = only_line()
    assert (line.category, line.text, line.record) == (EntryCategory.LOST, "失物登记:黑色雨具 1件", report)
    monkeypatch.setattr(loglines, "record_in_log", lambda *a, **k: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        tell_loss()
    assert LostReport.objects.count() == 1


def test_a_release_is_one_line_however_often_it_is_pressed(opened, to_approved, clerk, strokes):
    to_approved(opened)
    release_found_item(opened, HandOver(pieces=1, means="screen", image=strokes), by=clerk)
    with pytest.raises(Refusal):
        release_found_item(Claim.objects.get(pk=opened.pk), HandOver(pieces=1), by=clerk)
    line = only_line()
    assert (line.category, line.record_number, line.result) == (EntryCategory.CLAIM, opened.number, "已发还")


def test_nothing_is_released_without_its_line(opened, to_approved, clerk, strokes, no_log):
    to_approved(opened)
    with pytest.raises(Refusal, match="记录簿"):
        release_found_item(opened, HandOver(pieces=1, means="screen", image=strokes), by=clerk)
    assert Claim.objects.get(pk=opened.pk).handed_over_at is None


def test_a_refused_and_a_withdrawn_claim_say_which(opened, item, facts, clerk):
    reject_claim(opened, by=clerk, reason="特征不符")
    assert (only_line().text.split(":")[0], only_line().result) == ("认领未通过", "未发还")
    assert "特征不符" not in only_line().text


def test_a_claim_taken_back_is_said_so(opened, clerk):
    withdraw_claim(opened, by=clerk, reason="认错了")
    assert only_line().text.startswith("认领撤回")


def test_a_return_on_the_spot_stands_at_the_moment_the_owner_came(
    on_spot, facts, proof, foreman, second_clerk, now
):
    came = now - dt.timedelta(minutes=10)
    claim = return_on_spot(on_spot, SpotReturn(
        claim=facts(), proof=proof(), statements=("伞柄刻着 M", "第三根伞骨弯"), owner_came_at=came,
        desk_absent_reason="缆车上站,客服赶不到",
    ), by=foreman, foreman=foreman, witness=second_clerk)
    line = LogEntry.objects.get(category=EntryCategory.CLAIM)
    assert (line.record, line.happened_at) == (claim, came)
    assert LogEntry.objects.get(category=EntryCategory.FOUND).text.endswith("暂由拾物员工保管")


def test_what_goes_to_the_police_at_once_is_a_line(register, supervisor):
    item = register()
    hand_to_police(item, by=supervisor, officer="李警官", unit="景区派出所", receipt_number="G-1")
    assert LogEntry.objects.filter(category=EntryCategory.OTHER).get().text == "移交公安:雨具 1件"


def test_a_list_that_is_carried_out_is_one_line_with_how_many(
    make_find, custodian, supervisor, manager, cashier, point
):
    items = [
        make_find(days=500, announced_at=timezone.now() - dt.timedelta(days=400),
                  legal_due_on=timezone.localdate() - dt.timedelta(days=30))
        for _ in range(2)
    ]
    batch = prepare_batch(BatchKind.FINANCE, items, by=custodian, point=point)
    review_batch(batch, by=supervisor)
    approve_batch(batch, by=manager)
    lines = [LineFacts(line=line, method=DisposalMethod.TO_FINANCE) for line in batch.lines.all()]
    execute_batch(batch, lines, Receiver(second=cashier), by=custodian)
    assert (only_line().text, only_line().record) == ("移交财务:2 件", Batch.objects.get())


def test_the_figures_of_the_day_count_a_claim_once(register, tell_loss, facts, clerk, opened):
    register()
    tell_loss()
    reject_claim(opened, by=clerk, reason="特征不符")
    counts = {count.label: count.number for count in counts_of(DutyDay.objects.get()) if count.number}
    assert counts == {"失物登记": 1, "拾物": 1, "认领": 1}


def test_a_line_costs_a_find_few_queries(register, django_assert_max_num_queries):
    """Eight within a shift; after all shifts the patterns and the calendar are asked for the date besides."""
    register()
    item = register()
    with django_assert_max_num_queries(12):
        loglines.log_find(item, by=item.created_by)
