"""The book of compensations: every request with its sum, its step and what came back."""

from django.db.models import Q

from complaints.choices import COMPENSATION_PREFIX, CompensationState
from complaints.filters.compensations import CompensationFilter
from complaints.models import Compensation
from servicedesk.register import Column, Register, SavedView, add_register
from servicedesk.services.search import Words


def title(compensation: Compensation) -> str:
    """`¥120.00 · TS-20261124-001 · 张*`."""
    return f"¥{compensation.amount:,.2f} · {compensation.complaint} · {compensation.payee_masked}"


def words(compensation: Compensation) -> Words:
    return Words(
        texts=[compensation.grounds, compensation.complaint.number, compensation.voucher, compensation.owes],
        names=[compensation.payee_name], numbers=[compensation.payee_account],
    )


COMPENSATIONS = add_register(Register(
    key="compensation", app="complaints", model=Compensation, label="先行赔偿", icon="cash-coin",
    prefixes=(COMPENSATION_PREFIX,),
    columns=(
        Column(key="number", label="编号", kind="serial", order_by=("number",), width=20),
        Column(key="created_at", label="申请时间", kind="datetime", order_by=("created_at",), width=17),
        Column(key="complaint", label="投诉", value="complaint.number", width=20),
        Column(key="amount", label="金额", kind="money", order_by=("amount",), width=12),
        Column(key="total", label="本案累计", kind="money", width=12, shown=False),
        Column(key="payee", label="收款人", kind="name", value="payee_masked", full=lambda c: c.payee_name, width=10),
        Column(key="account", label="收款账号", kind="phone", value="account_masked", full=lambda c: c.payee_account,
               width=20, shown=False),
        Column(key="grounds", label="事由", kind="link", width=30),
        Column(key="created_by", label="申请人", value="created_by.name", width=10),
        Column(key="approved_at", label="批准时间", kind="datetime", width=17, shown=False),
        Column(key="way", label="支付方式", value="get_way_display", width=12, shown=False),
        Column(key="paid_at", label="支付时间", kind="datetime", order_by=("paid_at",), width=17),
        Column(key="paid_by", label="支付人", value="paid_by.name", width=10, shown=False),
        Column(key="voucher", label="凭证号", width=18, shown=False),
        Column(key="owes", label="追偿对象", width=16, shown=False),
        Column(key="recover_amount", label="应追偿", kind="money", width=12, shown=False),
        Column(key="recovered", label="已追回", kind="money", width=12),
        Column(key="write_off_reason", label="核销原因", width=24, shown=False),
        Column(key="state", label="状态", kind="state", value="state_words"),
    ),
    filterset=CompensationFilter, title=title, words=words, happened_at="created_at", order=("-created_at", "-pk"),
    related=("service_point", "complaint", "created_by", "paid_by", "recover_department", "recover_person"),
    papers=("PC",),
    views=(
        SavedView(label="全部", query="all=1"), SavedView(label="等我审批", query="wait=approve"),
        SavedView(label="等支付", query="state=approved"), SavedView(label="我申请的", query="wait=mine"),
        SavedView(label="追偿中", query="wait=recover"),
    ),
    empty_text="先行赔偿从投诉页申请:投诉在“处理中”时点“申请赔偿”。",
    final=Q(state__in=[
        CompensationState.REJECTED, CompensationState.CANCELLED, CompensationState.RECOVERED,
        CompensationState.WRITTEN_OFF, CompensationState.CLOSED,
    ]),
    parts=("approvals", "recoveries"),
))
