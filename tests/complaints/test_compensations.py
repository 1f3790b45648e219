"""先行赔偿: the sum decides the steps, three people take the three parts, a change starts over."""

from decimal import Decimal

import pytest
from django.contrib.auth.models import Group
from django.db import DatabaseError, connection, transaction

from complaints.choices import ApprovalLevel, CompensationState, ComplaintState
from complaints.errors.compensations import (
    AmountNotPositive,
    AmountTooFine,
    AmountTooLarge,
    CaseNotHandled,
    MoneyApproved,
    MoneyPaid,
    NothingChanged,
    NotTheRequester,
    NotYourLevel,
    NotYoursToCancel,
    OwnRequest,
    PaidAlready,
    SignedBefore,
)
from complaints.errors.steps import TextNeeded
from complaints.models import CompensationApproval, Complaint
from complaints.services.compensation_approvals import (
    approve_compensation,
    reject_compensation,
    return_compensation,
)
from complaints.services.compensation_payments import (
    PaymentFacts,
    RecoveryFacts,
    add_recovery,
    begin_recovery,
    pay_compensation,
)
from complaints.services.compensation_sums import level_after, levels_for, total_of
from complaints.services.compensations import (
    CompensationFacts,
    cancel_compensation,
    draft_compensation,
    edit_compensation,
    submit_compensation,
)
from complaints.services.endings import archive_complaint, merge_complaint, void_complaint, withdraw_complaint
from complaints.services.rounds import await_callback, pass_callback
from complaints.services.solutions import accept_solution, offer_solution
from complaints.services.upgrades import downgrade_complaint
from servicedesk.choices import Role
from servicedesk.errors import EditedMeanwhile, NotPossibleNow
from servicedesk.models import Message, Signature

SUPERVISOR, MANAGER, LEADER = ApprovalLevel
CASH = PaymentFacts(way="cash", signature={"means": "paper", "image": ""})


def facts(amount="150", **more) -> CompensationFacts:
    return CompensationFacts(**{
        "amount": Decimal(amount), "reason": "缆车停运退差价", "payee_name": "杨明静", **more,
    })


def state_of(case: Complaint) -> str:
    case.refresh_from_db()
    return case.state


def said_in(case: Complaint) -> str:
    return "\n".join(case.actions.values_list("text", flat=True))


@pytest.mark.parametrize(("total", "levels"), [
    ("0.01", [SUPERVISOR]), ("200", [SUPERVISOR]), ("200.01", [SUPERVISOR, MANAGER]),
    ("2000", [SUPERVISOR, MANAGER]), ("2000.01", [SUPERVISOR, MANAGER, LEADER]),
])
def test_the_sum_decides_the_steps_and_the_limit_itself_is_within(db, total, levels):
    assert levels_for(Decimal(total)) == levels


def test_the_limits_are_settings(choose):
    choose("complaints.supervisor_money", Decimal("500"))
    assert levels_for(Decimal("500")) == [SUPERVISOR]
    assert level_after(Decimal("500.01"), SUPERVISOR) == MANAGER


@pytest.mark.parametrize(("amount", "refusal"), [
    ("0", AmountNotPositive), ("-1", AmountNotPositive), ("0.001", AmountTooFine), ("100000.01", AmountTooLarge),
    ("1E+30", AmountTooLarge), ("NaN", AmountTooLarge), ("Infinity", AmountTooLarge),
])
def test_an_amount_that_no_desk_pays_is_refused_in_one_sentence(handling, clerk, amount, refusal):
    with pytest.raises(refusal) as told:
        draft_compensation(handling, facts(amount), by=clerk)
    assert told.value.sentence.endswith("。")
    assert not handling.compensations.exists()


def test_the_case_waits_while_the_request_does_and_goes_on_when_it_is_approved(ask, handling, supervisor):
    made = ask("200")
    assert (made.state, made.level, made.total) == (CompensationState.PENDING, SUPERVISOR, Decimal("200.00"))
    assert state_of(handling) == ComplaintState.PAYING
    approve_compensation(made, "同意先付", by=supervisor)
    assert made.state == CompensationState.APPROVED
    assert state_of(handling) == ComplaintState.HANDLING
    assert f"申请先行赔偿 {made} ¥200.00(本案累计 ¥200.00,须督导审批)" in said_in(handling)
    assert f"先行赔偿 {made} ¥200.00 已批准(督导)" in said_in(handling)


def test_a_request_is_submitted_only_while_its_case_is_handled(ask, handling, clerk):
    made = ask(is_submitted=False)
    offer_solution(handling, "退差价", by=clerk)
    with pytest.raises(CaseNotHandled, match="方案已反馈"):
        submit_compensation(made, by=clerk)
    assert made.state == CompensationState.DRAFT


def test_above_the_first_limit_each_step_is_taken_in_order(ask, supervisor, manager, duty_manager):
    made = ask("2000.01")
    for early in (manager, duty_manager):
        with pytest.raises(NotYourLevel, match="等督导审批"):
            approve_compensation(made, "", by=early)
    approve_compensation(made, "", by=supervisor)
    with pytest.raises(NotYourLevel, match="等部门经理审批"):
        approve_compensation(made, "", by=duty_manager)
    approve_compensation(made, "情况属实", by=manager)
    assert made.level == LEADER
    approve_compensation(made, "", by=duty_manager)
    assert made.state == CompensationState.APPROVED
    assert list(made.approvals.values_list("level", "opinion")) == [
        (SUPERVISOR, "同意"), (MANAGER, "情况属实"), (LEADER, "同意"),
    ]
    assert Signature.objects.of(made).count() == 3


def test_two_small_requests_of_one_case_are_judged_by_their_sum(ask, supervisor, manager, second_clerk):
    first, second = ask("150"), ask("60", by=second_clerk)
    approve_compensation(first, "", by=supervisor)
    assert (first.state, first.level, first.total) == (CompensationState.PENDING, MANAGER, Decimal("210.00"))
    approve_compensation(first, "", by=manager)
    approve_compensation(second, "", by=supervisor)
    assert second.level == MANAGER


def test_the_sum_counts_the_cases_that_were_merged_into_it_also_by_way_of_another(ask, hear, handling, supervisor):
    middle, far = hear(), hear()
    merge_complaint(far, middle.number, "同一件事", by=supervisor)
    approve_compensation(ask("150"), "", by=supervisor)
    merge_complaint(middle, handling.number, "同一件事", by=supervisor)
    made = ask("60", at=far)
    assert made.total == Decimal("210.00")
    approve_compensation(made, "", by=supervisor)
    assert made.level == MANAGER
    assert state_of(handling) == ComplaintState.PAYING


def test_a_rejected_or_cancelled_request_leaves_the_sum(ask, handling, supervisor, clerk):
    reject_compensation(ask("150"), "没有依据", by=supervisor)
    cancel_compensation(ask("40"), "游客不要了", by=clerk)
    assert total_of(handling) == Decimal(0)
    assert ask("200").total == Decimal("200.00")


def test_the_case_goes_on_only_when_none_of_its_requests_waits(ask, handling, supervisor, clerk):
    first, second = ask("50"), ask("60")
    approve_compensation(first, "", by=supervisor)
    assert state_of(handling) == ComplaintState.PAYING
    cancel_compensation(second, "并入前一份", by=clerk)
    assert state_of(handling) == ComplaintState.HANDLING


# Who asks, who approves and who pays are three people.

def test_the_requester_cannot_approve_whatever_roles_they_hold(ask, supervisor, manager):
    made = ask("150", by=supervisor)
    with pytest.raises(OwnRequest, match="不能审批自己的申请"):
        approve_compensation(made, "", by=supervisor)
    for act in (return_compensation, reject_compensation):
        with pytest.raises(OwnRequest):
            act(made, "不行", by=supervisor)
    assert made.state == CompensationState.PENDING
    assert not CompensationApproval.objects.exists()


def test_one_person_in_two_roles_signs_one_step_alone(ask, supervisor, manager):
    supervisor.groups.add(Group.objects.get(name=Role.MANAGER))
    made = approve_compensation(ask("500"), "", by=supervisor)
    with pytest.raises(SignedBefore, match="“督导”一步由您审批,不能再审批另一步"):
        approve_compensation(made, "", by=supervisor)
    assert approve_compensation(made, "", by=manager).state == CompensationState.APPROVED


def test_neither_the_requester_nor_an_approver_can_pay(ask, clerk, supervisor, second_clerk):
    made = approve_compensation(ask(), "", by=supervisor)
    with pytest.raises(OwnRequest, match="不能支付自己的申请"):
        pay_compensation(made, CASH, by=clerk)
    with pytest.raises(SignedBefore, match="不能再支付"):
        pay_compensation(made, CASH, by=supervisor)
    assert made.state == CompensationState.APPROVED
    assert pay_compensation(made, CASH, by=second_clerk).paid_by == second_clerk


def test_who_approved_an_earlier_round_cannot_pay_either(ask, clerk, supervisor, make_person):
    made = approve_compensation(ask("150"), "", by=supervisor)
    edit_compensation(made, facts("160"), by=clerk)
    approve_compensation(made, "", by=make_person("1309", "冯涛", Role.SUPERVISOR))
    with pytest.raises(SignedBefore):
        pay_compensation(made, CASH, by=supervisor)


def test_only_the_requester_changes_and_submits(ask, second_clerk):
    made = ask(is_submitted=False)
    with pytest.raises(NotTheRequester, match="王芳"):
        edit_compensation(made, facts("10"), by=second_clerk)
    with pytest.raises(NotTheRequester):
        submit_compensation(made, by=second_clerk)


# A change starts over.

def test_a_changed_amount_starts_the_approval_over(ask, clerk, supervisor, manager, handling):
    made = approve_compensation(ask("500"), "", by=supervisor)
    edit_compensation(made, facts("600"), by=clerk)
    assert (made.state, made.level, made.round, made.total) == (
        CompensationState.PENDING, SUPERVISOR, 2, Decimal("600.00"),
    )
    approve_compensation(made, "", by=supervisor)
    approve_compensation(made, "", by=manager)
    assert list(made.approvals.values_list("round", "amount")) == [
        (1, Decimal("500.00")), (2, Decimal("600.00")), (2, Decimal("600.00")),
    ]
    assert "第 2 轮审批" in said_in(handling)


def test_an_approved_request_that_is_changed_waits_again_and_its_case_too(approved, clerk, handling):
    assert state_of(handling) == ComplaintState.HANDLING
    edit_compensation(approved, facts("150", payee_name="另一个人"), by=clerk)
    assert (approved.state, approved.approved_at) == (CompensationState.PENDING, None)
    assert state_of(handling) == ComplaintState.PAYING


def test_nothing_changed_starts_nothing_over_and_what_is_paid_stays(ask, approved, clerk, second_clerk):
    with pytest.raises(NothingChanged):
        edit_compensation(approved, facts("150"), by=clerk)
    pay_compensation(approved, CASH, by=second_clerk)
    with pytest.raises(PaidAlready):
        edit_compensation(approved, facts("10"), by=clerk)


def test_whoever_looked_at_another_amount_is_told_and_approves_nothing(ask, clerk, supervisor):
    made = ask("150")
    seen = made.version
    edit_compensation(made, facts("199"), by=clerk)
    with pytest.raises(EditedMeanwhile, match="王芳在您填写时修改了"):
        approve_compensation(made, "", by=supervisor, version=seen)
    assert approve_compensation(made, "", by=supervisor, version=made.version).state == CompensationState.APPROVED


def test_a_returned_request_is_put_right_and_begins_with_its_first_step(ask, clerk, supervisor, handling):
    made = ask("150")
    with pytest.raises(TextNeeded):
        return_compensation(made, " ", by=supervisor)
    return_compensation(made, "请写明怎么算的", by=supervisor)
    assert (made.state, made.decision) == (CompensationState.RETURNED, "请写明怎么算的")
    assert state_of(handling) == ComplaintState.HANDLING
    assert Message.objects.filter(person=clerk, sentence__contains="请写明怎么算的").exists()
    edit_compensation(made, facts("120", reason="票价 60 元,两人"), by=clerk)
    submit_compensation(made, by=clerk)
    assert (made.round, made.level, made.decision) == (2, SUPERVISOR, "")


def test_a_rejected_request_has_ended(ask, clerk, supervisor):
    made = reject_compensation(ask(), "没有依据", by=supervisor)
    assert made.ended_at is not None
    with pytest.raises(NotPossibleNow):
        submit_compensation(made, by=clerk)


def test_who_may_cancel_and_when(ask, approved, second_clerk, clerk, manager):
    with pytest.raises(NotYoursToCancel):
        cancel_compensation(approved, "不付了", by=second_clerk)
    assert cancel_compensation(approved, "不付了", by=manager).state == CompensationState.CANCELLED
    other = ask("20")
    assert cancel_compensation(other, "不付了", by=clerk).state == CompensationState.CANCELLED
    with pytest.raises(NotPossibleNow):
        cancel_compensation(other, "不付了", by=clerk)


# The case ends while money waits.

def test_a_withdrawn_case_takes_what_nobody_approved_with_it(ask, handling, supervisor):
    made = ask("150")
    handling.refresh_from_db()
    withdraw_complaint(handling, "游客撤诉", by=supervisor)
    made.refresh_from_db()
    assert (made.state, made.decision) == (CompensationState.CANCELLED, "投诉撤诉")
    assert f"先行赔偿 {made} 随投诉撤诉撤销" in said_in(handling)


@pytest.mark.parametrize("end", [withdraw_complaint, void_complaint, downgrade_complaint])
def test_a_case_with_approved_money_does_not_end_until_it_is_paid_or_cancelled(approved, handling, supervisor, end):
    handling.refresh_from_db()
    with pytest.raises(MoneyApproved, match="请先支付或撤销"), transaction.atomic():
        end(handling, "游客走了", by=supervisor)
    assert state_of(handling) == ComplaintState.HANDLING
    cancel_compensation(approved, "游客走了", by=approved.created_by)
    handling.refresh_from_db()
    end(handling, "游客走了", by=supervisor)


def test_a_case_for_which_money_was_paid_may_be_withdrawn_and_is_never_void(paid, handling, supervisor):
    handling.refresh_from_db()
    with pytest.raises(MoneyPaid), transaction.atomic():
        void_complaint(handling, "重复", by=supervisor)
    handling.refresh_from_db()
    assert withdraw_complaint(handling, "已和解", by=supervisor).state == ComplaintState.WITHDRAWN


def test_a_case_with_approved_money_is_not_archived(approved, handling, clerk, supervisor):
    handling.refresh_from_db()
    accept_solution(offer_solution(handling, "退差价", by=clerk), "游客同意", by=clerk)
    pass_callback(await_callback(handling, by=supervisor), "满意", by=supervisor)
    with pytest.raises(MoneyApproved, match="归档"):
        archive_complaint(handling, by=supervisor)
    cancel_compensation(approved, "不付了", by=clerk)
    assert archive_complaint(handling, by=supervisor).state == ComplaintState.ARCHIVED


@pytest.mark.parametrize("row", ["approvals", "recoveries", "history"])
def test_what_was_decided_cannot_be_changed_in_the_database(paid, second_clerk, row):
    begin_recovery(paid, RecoveryFacts(source="merchant", merchant="面馆", amount=Decimal(10), reason="合同"),
                   by=second_clerk)
    add_recovery(paid, Decimal(4), by=second_clerk)
    table = getattr(paid, row).model._meta.db_table
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f'UPDATE "{table}" SET amount = 1')
