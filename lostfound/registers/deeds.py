"""The book of good deeds (3.8)."""

from django.db import transaction
from django.db.models import Q

from lostfound.choices import GoodDeedState
from lostfound.filters.deeds import GoodDeedFilter
from lostfound.models import GoodDeed
from lostfound.services.deeds import pay_reward, verify_good_deed
from servicedesk.register import BulkAction, Column, Register, SavedView, add_register
from servicedesk.services.search import Words


def title(deed: GoodDeed) -> str:
    return f"{deed.person.name} · {deed.summary}"


def words(deed: GoodDeed) -> Words:
    return Words(
        texts=[deed.summary, deed.person_post, deed.get_kind_display(), deed.person.staff_no],
        names=[deed.person.name],
    )


@transaction.atomic
def _verify(user, records, reason: str) -> str:  # noqa: ARG001
    for deed in records:
        verify_good_deed(deed, by=user)
    return f"已核实 {len(records)} 条好人好事。"


@transaction.atomic
def _pay(user, records, reason: str) -> str:  # noqa: ARG001
    for deed in records:
        pay_reward(deed, by=user)
    return f"已记 {len(records)} 条奖励兑现。"


GOOD_DEEDS = add_register(Register(
    key="gooddeed", app="lostfound", model=GoodDeed, label="好人好事", icon="award", prefixes=("HR",),
    columns=(
        Column(key="number", label="编号", kind="serial", order_by=("number",), width=20),
        Column(key="on", label="日期", kind="date", order_by=("on",), width=12),
        Column(key="person", label="员工", value="person.name", width=10),
        Column(key="staff_no", label="工号", value="person.staff_no", width=10, shown=False),
        Column(key="person_post", label="部门/岗位", width=20),
        Column(key="kind", label="类别", value="get_kind_display"),
        Column(key="summary", label="事迹摘要", kind="link", width=40),
        Column(key="quantity", label="件数", kind="number", value="item.quantity", width=6, shown=False),
        Column(key="estimated_value", label="估价(元)", kind="money", value="item.estimated_value", shown=False),
        Column(key="item", label="登记编号", value="item.number", width=20),
        Column(key="slip", label="回执编号", value="item.slip.number", width=20, shown=False),
        Column(key="returned", label="归还情况", value="returned", width=14),
        Column(key="feedback", label="游客反馈", width=16, shown=False),
        Column(key="reward", label="奖励建议", width=14, shown=False),
        Column(key="reward_paid_on", label="兑现日期", kind="date", width=12, shown=False),
        Column(key="state", label="状态", kind="state", value="get_state_display"),
    ),
    filterset=GoodDeedFilter, title=title, words=words,
    related=("person", "item__slip", "service_point", "created_by", "verified_by"),
    views=(
        SavedView(label="全部", query="all=1"),
        SavedView(label="待核实", query="state=draft"),
        SavedView(label="已核实", query="state=verified"),
        SavedView(label="奖励未兑现", query="state=verified&reward=0"),
    ),
    ledgers=("3.8",),
    bulk_actions=(
        BulkAction(key="verify", label="核实", icon="patch-check", permission="lostfound.verify_gooddeed", act=_verify),
        BulkAction(key="pay", label="奖励已兑现", icon="gift", permission="lostfound.verify_gooddeed", act=_pay,
                   confirm="记为今天兑现?"),
    ),
    create_name="lostfound:gooddeed_create",
    empty_text="员工的好人好事在这里:拾金不昧由拾物登记自动生成,其他由客服填写。",
    month_by="on", final=Q(state__in=[GoodDeedState.VERIFIED, GoodDeedState.WITHDRAWN]),
    ledger_columns=(
        "on", "person", "staff_no", "person_post", "kind", "summary", "quantity", "estimated_value", "item", "slip",
        "returned", "feedback", "reward",
    ),
))
