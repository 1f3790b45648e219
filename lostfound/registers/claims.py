"""The book of claims: who came for what, on which document, and how it ended."""

from django.db.models import Q

from lostfound.choices import ClaimState
from lostfound.filters.claims import ClaimFilter
from lostfound.models import Claim
from servicedesk.register import Column, Register, SavedView, add_register
from servicedesk.services.search import Words


def title(claim: Claim) -> str:
    """`认领 黑色 雨伞 1把 · 杨**`: the line in search results."""
    return f"认领 {claim.item.described} · {claim.claimant_masked}"


def words(claim: Claim) -> Words:
    """What a claim is found by. What the claimant said stays out: a search must not teach the next one."""
    return Words(
        texts=[claim.item.number, claim.item.described],
        names=[claim.claimant_name, claim.delegate_name, claim.guardian_name],
        numbers=[claim.phone, claim.document_number, claim.delegate_phone],
    )


CLAIMS = add_register(Register(
    key="claim", app="lostfound", model=Claim, label="认领", icon="person-check",
    columns=(
        Column(key="number", label="认领编号", kind="serial", order_by=("number",), width=24),
        Column(key="thing", label="物品", kind="link", value="item.described", width=24),
        Column(
            key="claimant", label="认领人", kind="name", value="claimant_masked",
            full=lambda claim: claim.claimant_name, width=12,
        ),
        Column(
            key="phone", label="电话", kind="phone", value="phone_masked", full=lambda claim: claim.phone, width=16,
        ),
        Column(key="path", label="认领方式", value="get_path_display"),
        Column(key="state", label="状态", kind="state", value="get_state_display"),
        Column(key="created_at", label="受理时间", kind="datetime", order_by=("created_at",), width=17),
        Column(key="created_by", label="受理人", value="created_by.name", width=10),
        Column(key="handed_over_at", label="发还时间", kind="datetime", order_by=("handed_over_at",), width=17),
        Column(key="handed_over_by", label="发还经办", value="handed_over_by.name", shown=False, width=10),
        Column(key="document_kind", label="证件类型", value="get_document_kind_display", shown=False),
        Column(
            key="document", label="证件号码", kind="phone", value="document_masked",
            full=lambda claim: claim.document_number, shown=False, width=22,
        ),
        Column(key="report", label="失物登记", value="report.number", shown=False, width=20),
        Column(key="reject_reason", label="未通过原因", shown=False, width=30),
    ),
    filterset=ClaimFilter, title=title, words=words,
    related=("item", "item__category", "report", "service_point", "created_by", "handed_over_by"),
    views=(
        SavedView(label="全部", query="all=1"),
        SavedView(label="办理中", query="waiting=open"),
        SavedView(label="待裁定", query="state=escalated"),
        SavedView(label="已发还", query="state=handed_over"),
        SavedView(label="未通过", query="state=rejected"),
    ),
    papers=("refusal",),
    empty_text="认领从拾物的页面开始:打开那一件,按“办理认领”。",
    final=Q(state__in=[ClaimState.HANDED_OVER, ClaimState.REJECTED]), parts=("statements", "corrections"),
))
