"""Money goes out with a receipt or a voucher, and comes back in parts, wholly, or is written off."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone

from complaints.choices import CompensationState, ComplaintState
from complaints.errors.compensations import (
    BeforePaid,
    MoreThanOwed,
    MoreThanPaid,
    OwerNeeded,
    PaidTooEarly,
    ReceiptNeeded,
    VoucherNeeded,
)
from complaints.errors.steps import MomentInFuture, TextNeeded
from complaints.personal import COMPENSATIONS
from complaints.services.compensation_approvals import approve_compensation
from complaints.services.compensation_payments import (
    PaymentFacts,
    RecoveryFacts,
    add_recovery,
    begin_recovery,
    close_compensation,
    pay_compensation,
    write_off_compensation,
)
from servicedesk.errors import NotPossibleNow
from servicedesk.models import Signature
from servicedesk.services.purging import purge
from servicedesk.templatetags.papers import in_words

PAPER = {"means": "paper", "image": ""}


def recovery(amount="100", **more) -> RecoveryFacts:
    return RecoveryFacts(**{
        "source": "merchant", "merchant": "美食街面馆", "amount": Decimal(amount), "reason": "合同第 7 条", **more,
    })


def test_cash_is_paid_against_the_signature_of_the_payee(approved, second_clerk, handling):
    with pytest.raises(ReceiptNeeded):
        pay_compensation(approved, PaymentFacts(way="cash"), by=second_clerk)
    pay_compensation(approved, PaymentFacts(way="cash", signature=PAPER), by=second_clerk)
    assert (approved.state, approved.paid_by) == (CompensationState.PAID, second_clerk)
    signed = Signature.objects.of(approved).get(role="收款人")
    assert (signed.signer_name, signed.means) == ("杨明静", "paper")
    assert "¥150.00" in signed.text
    assert handling.actions.filter(text__endswith="已支付(现金)").exists()


@pytest.mark.parametrize("way", ["transfer", "refund", "mobile", "other"])
def test_what_is_no_cash_needs_its_voucher(approved, second_clerk, way):
    with pytest.raises(VoucherNeeded):
        pay_compensation(approved, PaymentFacts(way=way), by=second_clerk)
    assert pay_compensation(approved, PaymentFacts(way=way, voucher="HD-88"), by=second_clerk).voucher == "HD-88"


def test_money_is_paid_after_it_was_approved_and_not_in_the_future(approved, second_clerk):
    minute, now = dt.timedelta(minutes=1), timezone.now()
    with pytest.raises(PaidTooEarly):
        pay_compensation(approved, PaymentFacts(way="transfer", voucher="1", paid_at=now - minute), by=second_clerk)
    with pytest.raises(MomentInFuture):
        pay_compensation(approved, PaymentFacts(way="transfer", voucher="1", paid_at=now + 2 * minute), by=second_clerk)
    assert pay_compensation(
        approved, PaymentFacts(way="transfer", voucher="1", paid_at=now), by=second_clerk
    ).paid_at == now


def test_it_is_paid_once_and_never_before_it_is_approved(ask, paid, second_clerk):
    facts = PaymentFacts(way="transfer", voucher="2")
    with pytest.raises(NotPossibleNow, match="已支付"):
        pay_compensation(paid, facts, by=second_clerk)
    with pytest.raises(NotPossibleNow, match="待审"):
        pay_compensation(ask("10"), facts, by=second_clerk)


def test_money_comes_back_in_parts_until_all_of_it_is_there(paid, supervisor):
    begin_recovery(paid, recovery(), by=supervisor)
    assert (paid.state, paid.owes, paid.outstanding) == (
        CompensationState.RECOVERING, "美食街面馆", Decimal("100.00"),
    )
    add_recovery(paid, Decimal("30.50"), by=supervisor, note="第一笔")
    assert (paid.state, paid.outstanding) == (CompensationState.RECOVERING, Decimal("69.50"))
    with pytest.raises(MoreThanOwed, match="还没追回的 ¥69.50"):
        add_recovery(paid, Decimal("69.51"), by=supervisor)
    add_recovery(paid, Decimal("69.50"), by=supervisor)
    assert paid.state == CompensationState.RECOVERED
    with pytest.raises(NotPossibleNow):
        add_recovery(paid, Decimal("0.01"), by=supervisor)
    assert sum(row.amount for row in paid.recoveries.all()) == Decimal("100.00")
    assert close_compensation(paid, by=supervisor).ended_at is not None


@pytest.mark.parametrize(("source", "name"), [
    ("merchant", "merchant"), ("department", "department"), ("person", "person"),
])
def test_who_gives_it_back_is_named(paid, supervisor, clerk, source, name):
    with pytest.raises(OwerNeeded):
        begin_recovery(paid, recovery(source=source, merchant=""), by=supervisor)
    ower = {"merchant": "面馆", "department": clerk.department, "person": clerk}[source]
    begin_recovery(paid, recovery(source=source, **{"merchant": "", name: ower}), by=supervisor)
    assert paid.owes == str(ower)


def test_no_more_is_asked_back_than_was_paid(paid, supervisor):
    with pytest.raises(MoreThanPaid):
        begin_recovery(paid, recovery("150.01"), by=supervisor)
    assert begin_recovery(paid, recovery("150"), by=supervisor).outstanding == Decimal("150.00")


def test_nothing_comes_back_before_it_went_out_or_in_the_future(paid, supervisor):
    begin_recovery(paid, recovery(), by=supervisor)
    with pytest.raises(BeforePaid):
        add_recovery(paid, Decimal(1), by=supervisor, at=paid.paid_at - dt.timedelta(minutes=1))
    with pytest.raises(MomentInFuture):
        add_recovery(paid, Decimal(1), by=supervisor, at=timezone.now() + dt.timedelta(minutes=2))


def test_the_rest_is_written_off_with_its_reason_and_then_closed(paid, manager, supervisor, handling):
    begin_recovery(paid, recovery(), by=supervisor)
    add_recovery(paid, Decimal(40), by=supervisor)
    with pytest.raises(TextNeeded):
        write_off_compensation(paid, "", by=manager)
    write_off_compensation(paid, "商户已撤场", by=manager)
    assert (paid.state, paid.written_off_by, paid.outstanding) == (
        CompensationState.WRITTEN_OFF, manager, Decimal("60.00"),
    )
    assert handling.actions.filter(text__contains="核销 ¥60.00:商户已撤场").exists()
    assert close_compensation(paid, by=manager).state == CompensationState.CLOSED


def test_what_is_not_to_be_asked_back_is_closed_at_once_and_what_is_not_paid_is_not(paid, ask, supervisor):
    assert close_compensation(paid, by=supervisor).state == CompensationState.CLOSED
    with pytest.raises(NotPossibleNow):
        close_compensation(ask("10"), by=supervisor)


def test_what_comes_back_for_an_archived_case_stands_below_it_as_an_addendum(paid, handling, supervisor):
    type(handling).objects.filter(pk=handling.pk).update(state=ComplaintState.ARCHIVED)
    begin_recovery(paid, recovery(), by=supervisor)
    assert handling.actions.filter(is_addendum=True, text__contains="向美食街面馆追偿 ¥100.00").exists()


def test_the_payee_is_forgotten_after_the_term_and_the_sums_stay(ask, supervisor, second_clerk, manager, clock, moment):
    paid = approve_compensation(ask(payee_account="6222020200112233445"), "同意付给杨明静", by=supervisor)
    pay_compensation(paid, PaymentFacts(way="cash", signature=PAPER), by=second_clerk)
    close_compensation(paid, by=supervisor)
    assert not COMPENSATIONS.due(timezone.now()).exists()
    clock.move_to(moment("10:00", dt.date(2029, 12, 1)))
    purge(by=manager, reason="到期")
    paid.refresh_from_db()
    assert (paid.payee_name, paid.payee_account, paid.amount) == ("(已清除)", "", Decimal("150.00"))
    assert paid.approvals.get().opinion == "同意付给(已清除)"
    assert not paid.history.filter(payee_name="杨明静").exists()
    assert not Signature.objects.of(paid).filter(signer_name="杨明静").exists()


@pytest.mark.parametrize(("amount", "words"), [
    ("0.05", "伍分"), ("0.50", "伍角"), ("0.55", "伍角伍分"), ("1", "壹元整"), ("10.05", "壹拾元零伍分"),
    ("100.50", "壹佰元伍角"), ("105", "壹佰零伍元整"), ("200", "贰佰元整"), ("1005.05", "壹仟零伍元零伍分"),
    ("1280", "壹仟贰佰捌拾元整"), ("2000.01", "贰仟元零壹分"), ("10000", "壹万元整"), ("10005", "壹万零伍元整"),
    ("100500", "壹拾万零伍佰元整"), ("1010101.10", "壹佰零壹万零壹佰零壹元壹角"),
    ("12345678.90", "壹仟贰佰叁拾肆万伍仟陆佰柒拾捌元玖角"), ("100000001", "壹亿零壹元整"),
])
def test_money_in_words_as_finance_writes_it(amount, words):
    assert in_words(Decimal(amount)) == words
