"""Batches: what they take and leave, who must be somebody else, what leaves the house and how it comes back."""

import datetime as dt

import pytest
from django.utils import timezone

from lostfound.choices import (
    BatchKind,
    BatchState,
    ClaimState,
    DisposalMethod,
    ItemState,
    MatchState,
    MoveKind,
    ReportState,
)
from lostfound.errors.exits import (
    BatchAlreadyMoving,
    CashierNeeded,
    ItemNotFree,
    ItemOfAnotherPoint,
    LineClosed,
    MethodNeeded,
    MethodNotAllowed,
    NothingChosen,
    PartsOverlap,
    ReceiptNeeded,
    ReceiverNeeded,
    SamePersonTwice,
    WitnessNeeded,
)
from lostfound.models import Batch, BatchLine, Claim, ItemCategory, LostReport, Match
from lostfound.services.batch_rules import preview_batch
from lostfound.services.batches import approve_batch, cancel_batch, drop_line, prepare_batch, review_batch
from lostfound.services.handing import LineFacts, Receiver, close_batch, execute_batch, reverse_line
from servicedesk.errors import NotAllowed, NotPossibleNow, ReasonNeeded, SomeoneWasFaster
from servicedesk.models import Signature

FINANCE, POLICE, DISPOSAL = BatchKind.FINANCE, BatchKind.POLICE, BatchKind.DISPOSAL
LONG_AGO = 500


@pytest.fixture
def old_find(make_find):
    """A find whose own term and legal term are both over."""

    def make(category: str = "雨具", **columns):
        return make_find(category, days=LONG_AGO, **{
            "announced_at": timezone.now() - dt.timedelta(days=400),
            "legal_due_on": timezone.localdate() - dt.timedelta(days=30), **columns,
        })

    return make


@pytest.fixture
def prepared(custodian, point):
    """A list that the custodian has made: `prepared(FINANCE, item, …)`."""
    return lambda kind, *items: prepare_batch(kind, items, by=custodian, point=point)


@pytest.fixture
def approved(prepared, supervisor, manager):
    def make(kind, *items) -> Batch:
        batch = prepared(kind, *items)
        review_batch(batch, by=supervisor)
        return approve_batch(batch, by=manager)

    return make


def facts_of(batch: Batch, method: str, **more) -> list[LineFacts]:
    lines = batch.lines.select_related("item__category")
    return [LineFacts(line=line, method=method, **more) for line in lines]


@pytest.fixture
def executed(approved, custodian, cashier):
    """A finance batch that custodian and cashier have carried out."""

    def make(*items) -> Batch:
        batch = approved(FINANCE, *items)
        execute_batch(batch, facts_of(batch, DisposalMethod.TO_FINANCE), Receiver(second=cashier), by=custodian)
        return batch

    return make


@pytest.fixture
def open_match(point, clerk, zone):
    def make(item, state=ReportState.OPEN):
        now = timezone.now()
        report = LostReport.objects.create(
            number=f"SS-{item.number}", service_point=point, created_at=now, created_by=clerk, owner_name="杨明静",
            phone="13812345678", lost_from=now, lost_to=now, category=item.category, thing=item.thing,
            expires_on=now.date(), state=state,
        )
        return Match.objects.create(item=item, report=report, score=80, state=MatchState.SUGGESTED)

    return make


def open_claim(item, clerk, state=ClaimState.ESCALATED) -> Claim:
    return Claim.objects.create(
        number=f"{item.number}-R1", service_point=item.service_point, created_at=timezone.now(), created_by=clerk,
        item=item, claimant_name="杨明静", phone="13812345678", state=state,
    )


def reasons(kind, point) -> dict:
    return {left.item.pk: left.why for left in preview_batch(kind, point).left_out}


# ---- the preview ---------------------------------------------------------------------------


def test_the_preview_takes_what_is_over_and_says_of_each_other_why_it_stays(
    old_find, make_find, prepared, open_match, clerk, point
):
    plain, running = old_find(), old_find("衣物")
    held = old_find(is_on_hold=True, hold_reason="公安调查")
    matched, claimed = old_find("包袋"), old_find("钥匙")
    open_match(matched)
    open_claim(claimed, clerk)
    verifying = old_find("眼镜", state=ItemState.CLAIMING)
    fresh = make_find("其他", desk_due_on=timezone.localdate() + dt.timedelta(days=1))
    batch = prepared(FINANCE, running)
    preview = preview_batch(FINANCE, point)
    assert preview.takes == [plain]
    assert reasons(FINANCE, point) == {
        running.pk: f"已在 {batch.number} 中。",
        held.pk: "已冻结(公安调查)。",
        matched.pk: f"可能是失物登记 SS-{matched.number},请先核对匹配。",
        claimed.pk: f"有未结的认领 {claimed.number}-R1。",
        verifying.pk: "现在是“认领核验中”。",
        fresh.pk: f"本处保管到 {fresh.desk_due_on:%Y-%m-%d},还没有到期。",
    }


def test_each_kind_looks_at_its_own_categories_and_at_its_own_desk(old_find, point, other_point):
    umbrella, passport, cup = old_find(), old_find("身份证护照"), old_find("水杯")
    knife = old_find("违禁涉密军用物品")
    elsewhere = old_find(at=other_point)
    assert preview_batch(FINANCE, point).takes == [umbrella]
    assert preview_batch(POLICE, point).takes == [passport, knife]
    assert preview_batch(DISPOSAL, point).takes == [cup]
    assert preview_batch(FINANCE, other_point).takes == [elsewhere]


def test_a_match_with_a_closed_report_does_not_keep_an_item(old_find, open_match, point):
    item = old_find()
    open_match(item, ReportState.EXPIRED)
    assert preview_batch(FINANCE, point).takes == [item]


def test_forbidden_things_go_to_the_police_at_once(make_find, point):
    item = make_find("违禁涉密军用物品")
    assert preview_batch(POLICE, point).takes == [item]


def test_disposal_waits_for_both_clocks(make_find, old_find, point):
    today = timezone.localdate()
    unannounced = make_find("水杯", days=LONG_AGO)
    legal_runs = old_find("水杯", legal_due_on=today)
    desk_runs = old_find("水杯", desk_due_on=today + dt.timedelta(days=1))
    both_over = old_find("水杯", legal_due_on=today - dt.timedelta(days=1), desk_due_on=today)
    assert preview_batch(DISPOSAL, point).takes == [both_over]
    why = reasons(DISPOSAL, point)
    assert why[unannounced.pk] == "还没有公告,法定期没有起算。"
    assert why[legal_runs.pk] == f"法定期到 {today:%Y-%m-%d},还没有期满。"
    assert why[desk_runs.pk].startswith("本处保管到")


def test_food_does_not_wait_for_the_legal_year(make_find, point):
    fresh, packed = make_find("拆封或鲜活食品、鲜花"), make_find("包装食品", days=2)
    old = make_find("包装食品", days=3)
    assert set(preview_batch(DISPOSAL, point).takes) == {fresh, old}
    assert "还没有到期" in reasons(DISPOSAL, point)[packed.pk]


def test_what_finance_keeps_is_disposed_of_after_the_legal_term(old_find, make_find, point):
    over = old_find("钱包现金", state=ItemState.FINANCE)
    kept = old_find("钱包现金", state=ItemState.FINANCE, legal_due_on=timezone.localdate() + dt.timedelta(days=9))
    assert preview_batch(DISPOSAL, point).takes == [over]
    assert "还没有期满" in reasons(DISPOSAL, point)[kept.pk]


def test_the_preview_costs_the_same_for_one_item_and_for_many(
    old_find, open_match, clerk, point, django_assert_num_queries
):
    def rows():
        preview = preview_batch(FINANCE, point)
        return [(item.storage, item.holder) for item in preview.takes], reasons(FINANCE, point)

    old_find()
    rows()
    with django_assert_num_queries(8):
        rows()
    for _ in range(3):
        old_find()
        open_match(old_find())
        open_claim(old_find(), clerk)
    with django_assert_num_queries(8):
        rows()


# ---- the list ------------------------------------------------------------------------------


def test_a_prepared_list_holds_its_items_with_the_usual_method(old_find, prepared, custodian):
    items = [old_find(), old_find("衣物")]
    batch = prepared(FINANCE, *items)
    assert batch.number.startswith("CW-")
    assert (batch.state, batch.created_by, batch.month.day) == (BatchState.PREPARED, custodian, 1)
    assert [(line.item, line.method) for line in batch.lines.all()] == [(i, "to_finance") for i in items]
    assert all(line.history.get().history_user == custodian for line in batch.lines.all())


def test_the_list_judges_again_what_the_preview_offered(old_find, prepared, clerk, make_find, other_point):
    claimed = old_find()
    open_claim(claimed, clerk)
    with pytest.raises(ItemNotFree, match="未结的认领"):
        prepared(FINANCE, claimed)
    with pytest.raises(ItemNotFree, match="还没有到期"):
        prepared(FINANCE, make_find("其他", desk_due_on=timezone.localdate() + dt.timedelta(days=1)))
    with pytest.raises(ItemOfAnotherPoint):
        prepared(FINANCE, old_find(at=other_point))
    with pytest.raises(NothingChosen):
        prepared(FINANCE)
    assert not BatchLine.objects.exists()


def test_an_item_stands_in_one_running_list_only(old_find, prepared):
    item = old_find()
    first = prepared(FINANCE, item)
    with pytest.raises(ItemNotFree, match=first.number):
        prepared(FINANCE, item)


def test_only_who_has_the_right_prepares(old_find, clerk, supervisor, point):
    with pytest.raises(NotAllowed):
        prepare_batch(FINANCE, [old_find()], by=clerk, point=point)
    with pytest.raises(NotAllowed):
        prepare_batch(FINANCE, [old_find()], by=supervisor, point=point)
    assert prepare_batch(POLICE, [old_find("身份证护照")], by=supervisor, point=point).number.startswith("GA-")


def test_preparing_reviewing_and_approving_are_not_one_persons(old_find, point, manager, supervisor, make_person):
    both = make_person("1701", "钱通", "失物招领负责人", "部门经理")
    batch = prepare_batch(FINANCE, [old_find()], by=both, point=point)
    with pytest.raises(SamePersonTwice, match="复核"):
        review_batch(batch, by=both)
    review_batch(batch, by=supervisor)
    with pytest.raises(SamePersonTwice, match="批准"):
        approve_batch(batch, by=both)
    with pytest.raises(NotAllowed):
        approve_batch(batch, by=supervisor)
    approve_batch(batch, by=manager)
    assert (batch.state, batch.reviewed_by, batch.approved_by) == (BatchState.APPROVED, supervisor, manager)


def test_no_step_is_skipped(old_find, prepared, manager, custodian, cashier):
    batch = prepared(FINANCE, old_find())
    with pytest.raises(NotPossibleNow):
        approve_batch(batch, by=manager)
    with pytest.raises(NotPossibleNow):
        execute_batch(batch, facts_of(batch, "to_finance"), Receiver(second=cashier), by=custodian)
    with pytest.raises(NotPossibleNow):
        close_batch(batch, by=cashier, receipt_number="PZ-1")


def test_of_two_reviewers_one_is_told(old_find, prepared, supervisor, manager):
    batch = prepared(FINANCE, old_find())
    stale = Batch.objects.get(pk=batch.pk)
    review_batch(batch, by=supervisor)
    with pytest.raises(SomeoneWasFaster, match=supervisor.name):
        review_batch(stale, by=manager)


def test_a_cancelled_list_frees_its_items(old_find, prepared, custodian, clerk):
    item = old_find()
    batch = prepared(FINANCE, item)
    with pytest.raises(ReasonNeeded):
        cancel_batch(batch, by=custodian, reason="")
    with pytest.raises(NotAllowed):
        cancel_batch(batch, by=clerk, reason="不要了")
    cancel_batch(batch, by=custodian, reason="月份选错")
    assert (batch.state, batch.cancel_reason) == (BatchState.CANCELLED, "月份选错")
    assert prepared(FINANCE, item).state == BatchState.PREPARED


def test_a_line_is_taken_out_with_a_reason(old_find, prepared, custodian):
    item, other = old_find(), old_find("衣物")
    batch = prepared(FINANCE, item, other)
    line = batch.lines.get(item=item)
    with pytest.raises(ReasonNeeded):
        drop_line(line, by=custodian, reason=" ")
    drop_line(line, by=custodian, reason="失主已来电")
    line.refresh_from_db()
    assert (line.is_active, line.note, line.outcome) == (False, "失主已来电", "已移出")
    with pytest.raises(LineClosed):
        drop_line(line, by=custodian, reason="再来一次")
    assert prepared(FINANCE, item).lines.count() == 1


# ---- out of the house ----------------------------------------------------------------------


def test_custodian_and_cashier_hand_over_together(old_find, executed, custodian, cashier, safe):
    item = old_find("钱包现金", storage=safe)
    batch = executed(item)
    item.refresh_from_db()
    assert (batch.state, batch.executed_by, batch.receiver) == (BatchState.EXECUTED, custodian, "孙丽")
    assert (item.state, item.holder, item.storage, item.ended_at) == (ItemState.FINANCE, cashier, None, None)
    move = item.moves.last()
    assert (move.kind, move.to_person, move.given_means, move.taken_means) == (
        MoveKind.FINANCE, cashier, "account", "account",
    )
    assert batch.lines.get().done_at
    assert Signature.objects.of(batch).get().signer == cashier


def test_finance_needs_the_cashiers_own_word(old_find, approved, custodian, clerk, make_person):
    batch = approved(FINANCE, old_find())
    facts = facts_of(batch, "to_finance")
    with pytest.raises(CashierNeeded):
        execute_batch(batch, facts, Receiver(name="孙丽"), by=custodian)
    with pytest.raises(NotAllowed, match="财务接收"):
        execute_batch(batch, facts, Receiver(second=clerk), by=custodian)
    both = make_person("1702", "双职", "失物招领负责人", "财务")
    with pytest.raises(PartsOverlap):
        execute_batch(batch, facts, Receiver(second=both), by=both)
    with pytest.raises(NotAllowed):
        execute_batch(batch, facts, Receiver(second=both), by=clerk)
    assert batch.lines.done().count() == 0


def test_an_item_claimed_since_the_approval_stays_and_the_rest_goes(
    old_find, approved, custodian, cashier, clerk
):
    claimed, held, plain = old_find(), old_find("衣物"), old_find("眼镜")
    batch = approved(FINANCE, claimed, held, plain)
    open_claim(claimed, clerk)
    type(held).objects.filter(pk=held.pk).update(is_on_hold=True, hold_reason="两人争领")
    result = execute_batch(batch, facts_of(batch, "to_finance"), Receiver(second=cashier), by=custodian)
    assert result.done == 1
    assert result.stayed == (
        f"{claimed.number} 有未结的认领 {claimed.number}-R1。", f"{held.number} 已冻结(两人争领)。",
    )
    assert result.sentence.startswith("已移交 1 件,2 件没有移交:")
    states = [type(i).objects.get(pk=i.pk).state for i in (claimed, held, plain)]
    assert states == [ItemState.IN_CUSTODY, ItemState.IN_CUSTODY, ItemState.FINANCE]
    assert batch.lines.filter(is_active=False).count() == 2


def test_a_stop_in_the_middle_loses_nothing_and_the_same_press_goes_on(old_find, approved, custodian, cashier):
    batch = approved(FINANCE, old_find(), old_find("衣物"))
    one, other = facts_of(batch, "to_finance")
    first = execute_batch(batch, [one], Receiver(second=cashier), by=custodian)
    assert (first.sentence, batch.state) == ("已移交 1 件,还有 1 件待办", BatchState.APPROVED)
    with pytest.raises(LineClosed):
        execute_batch(batch, [one, other], Receiver(second=cashier), by=custodian)
    execute_batch(batch, [other], Receiver(second=cashier), by=custodian)
    assert (batch.state, batch.lines.done().count()) == (BatchState.EXECUTED, 2)


def test_a_list_is_executed_once(old_find, executed, custodian, cashier):
    batch = executed(old_find())
    with pytest.raises(NotPossibleNow):
        execute_batch(batch, facts_of(batch, "to_finance"), Receiver(second=cashier), by=custodian)
    with pytest.raises(BatchAlreadyMoving):
        cancel_batch(batch, by=custodian, reason="反悔")


def test_the_police_list_names_officer_unit_and_receipt(old_find, prepared, supervisor, manager):
    item = old_find("身份证护照")
    batch = prepared(POLICE, item)
    review_batch(batch, by=supervisor)
    approve_batch(batch, by=supervisor)
    facts = facts_of(batch, "to_police")
    with pytest.raises(ReceiverNeeded):
        execute_batch(batch, facts, Receiver(name="张警官", unit="西湖派出所"), by=supervisor)
    receiver = Receiver(name="张警官", unit="西湖派出所", receipt_number="西公物 26-118")
    execute_batch(batch, facts, receiver, by=supervisor)
    item.refresh_from_db()
    assert (item.state, item.holder, item.moves.last().to_text) == (ItemState.POLICE, None, "西湖派出所 张警官")
    assert item.ended_at
    assert batch.lines.get().receipt_number == "西公物 26-118"


def test_destruction_needs_a_witness_who_is_somebody_else(old_find, approved, custodian, clerk):
    batch = approved(DISPOSAL, old_find("水杯"))
    facts = facts_of(batch, DisposalMethod.DESTROYED)
    with pytest.raises(WitnessNeeded):
        execute_batch(batch, facts, Receiver(), by=custodian)
    with pytest.raises(PartsOverlap):
        execute_batch(batch, facts, Receiver(second=custodian), by=custodian)
    execute_batch(batch, facts, Receiver(second=clerk), by=custodian)
    line = batch.lines.select_related("item").get()
    assert (line.witness, line.item.state) == (clerk, ItemState.DISPOSED)
    assert line.item.end_note == f"{batch.number} 销毁"


def test_each_line_of_a_disposal_needs_a_method_that_fits(old_find, make_find, approved, custodian, clerk):
    batch = approved(DISPOSAL, old_find("水杯"))
    with pytest.raises(MethodNeeded):
        execute_batch(batch, facts_of(batch, ""), Receiver(), by=custodian)
    with pytest.raises(MethodNotAllowed):
        execute_batch(batch, facts_of(batch, "to_police"), Receiver(), by=custodian)
    food = approved(DISPOSAL, make_find("拆封或鲜活食品、鲜花"))
    with pytest.raises(MethodNotAllowed, match="只能销毁"):
        execute_batch(food, facts_of(food, DisposalMethod.DONATED), Receiver(second=clerk), by=custodian)
    execute_batch(batch, facts_of(batch, DisposalMethod.DONATED), Receiver(name="慈善总会"), by=custodian)
    assert batch.lines.get().item.moves.last().to_text == "慈善总会"


def test_the_cashier_has_the_last_word_on_a_finance_list(old_find, executed, custodian, cashier):
    batch = executed(old_find())
    with pytest.raises(NotAllowed, match="财务接收"):
        close_batch(batch, by=custodian, receipt_number="PZ-11-001")
    with pytest.raises(ReceiptNeeded):
        close_batch(batch, by=cashier)
    close_batch(batch, by=cashier, receipt_number="PZ-11-001")
    assert (batch.state, batch.receipt_number) == (BatchState.CLOSED, "PZ-11-001")


# ---- and back ------------------------------------------------------------------------------


def test_a_reverse_entry_brings_the_item_back_with_a_correcting_move(old_find, executed, custodian, cashier):
    item = old_find()
    batch = executed(item)
    line = batch.lines.get()
    reverse_line(line, by=custodian, second=cashier, reason="失主次日来领,财务退回")
    item.refresh_from_db()
    line.refresh_from_db()
    assert (item.state, item.holder, item.ended_at) == (ItemState.IN_CUSTODY, custodian, None)
    back = item.moves.last()
    assert (back.kind, back.from_person, back.to_person) == (MoveKind.CORRECTION, cashier, custodian)
    assert back.corrects.kind == MoveKind.FINANCE
    assert (line.outcome, line.reverse_reason) == ("已冲回", "失主次日来领,财务退回")
    with pytest.raises(LineClosed):
        reverse_line(line, by=custodian, second=cashier, reason="再来一次")
    assert preview_batch(FINANCE, item.service_point).takes == [item]


def test_a_reverse_entry_needs_two_people_and_a_reason(old_find, executed, custodian, cashier, clerk, make_person):
    line = executed(old_find()).lines.get()
    with pytest.raises(ReasonNeeded):
        reverse_line(line, by=custodian, second=cashier, reason="")
    with pytest.raises(NotAllowed):
        reverse_line(line, by=clerk, second=cashier, reason="误移交")
    with pytest.raises(NotAllowed):
        reverse_line(line, by=custodian, second=clerk, reason="误移交")
    both = make_person("1702", "双职", "失物招领负责人", "财务")
    with pytest.raises(PartsOverlap):
        reverse_line(line, by=both, second=both, reason="误移交")


def test_what_went_on_to_its_owner_cannot_be_reversed(old_find, executed, custodian, cashier):
    item = old_find()
    line = executed(item).lines.get()
    type(item).objects.filter(pk=item.pk).update(state=ItemState.RETURNED)
    with pytest.raises(NotPossibleNow):
        reverse_line(line, by=custodian, second=cashier, reason="误移交")


def test_a_disposal_booked_by_mistake_is_reversed_with_the_manager(
    old_find, approved, custodian, manager, clerk
):
    item = old_find("水杯")
    batch = approved(DISPOSAL, item)
    execute_batch(batch, facts_of(batch, DisposalMethod.DESTROYED), Receiver(second=clerk), by=custodian)
    reverse_line(batch.lines.get(), by=custodian, second=manager, reason="实物仍在库")
    item.refresh_from_db()
    assert (item.state, item.ended_at, item.end_note) == (ItemState.IN_CUSTODY, None, "")


def test_the_category_table_decides_where_a_thing_ends(old_find, point):
    item = old_find("水杯")
    ItemCategory.objects.filter(pk=item.category_id).update(term_end="finance")
    assert preview_batch(FINANCE, point).takes == [item]
    assert preview_batch(DISPOSAL, point).takes == []
