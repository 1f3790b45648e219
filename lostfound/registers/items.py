"""The book of found items: 游客拾物, 员工拾物, 现场拾物."""

from django.db.models import Q

from lostfound.choices import IntakeKind, ItemState
from lostfound.filters.items import FoundItemFilter
from lostfound.models import FoundItem
from lostfound.registers.announcing import ANNOUNCE
from lostfound.services.viewing import is_closed_for_view
from servicedesk.oldbooks import old_number_in
from servicedesk.register import BulkAction, Column, Register, SavedView, add_register
from servicedesk.services.search import Words


def title(item: FoundItem) -> str:
    """`黑色 雨伞 1把 · 观景台`: the line in search results."""
    return f"{item.described} · {item.zone.name}"


def words(item: FoundItem) -> Words:
    """What an item is found by. Features and secret marks are not among it: a search must not leak them."""
    slip = getattr(item, "slip", None)
    finder = item.finder.name if item.finder else item.finder_name
    return Words(
        texts=[
            item.category.name, item.brand, item.colour, item.zone.name, item.seal_number, slip.number if slip else "",
            old_number_in(item.end_note),
        ],
        names=[item.thing, finder, item.name_on_item],
        numbers=[item.finder_phone, item.number_on_item],
    )


def finder_in_full(item: FoundItem) -> str:
    return item.finder_name if item.intake_kind == IntakeKind.VISITOR else item.finder_shown


def thing_and_count(item: FoundItem) -> str:
    return item.described


FOUND_ITEMS = add_register(Register(
    key="founditem", app="lostfound", model=FoundItem, label="拾物", icon="box-seam",
    prefixes=("SW", "YG", "XC"),
    columns=(
        Column(key="number", label="编号", kind="serial", order_by=("number",), width=20),
        Column(key="intake_kind", label="来源", value="get_intake_kind_display", shown=False),
        Column(key="thing", label="物品", kind="link", value=thing_and_count, width=24),
        Column(key="category", label="类别", value="category.name", shown=False),
        Column(key="place", label="拾获地点", value="place", width=20),
        Column(key="found_at", label="拾获时间", kind="datetime", order_by=("found_at",), width=17),
        Column(key="state", label="状态", kind="state", value="get_state_display"),
        Column(key="holder", label="保管人", value="holder.name", width=10),
        Column(key="storage", label="存放处", value="storage"),
        Column(key="is_valuable", label="贵重", kind="yesno", width=6),
        Column(key="finder", label="拾物人", kind="name", value="finder_shown", full=finder_in_full, width=12),
        Column(
            key="finder_phone", label="拾物人电话", kind="phone", value="finder_phone_masked",
            full=lambda item: item.finder_phone, width=16, shown=False,
        ),
        Column(key="desk_due_on", label="保管到期", kind="date", width=12),
        Column(key="is_on_hold", label="冻结", kind="yesno", width=6, shown=False),
        Column(key="seal_number", label="封袋号", shown=False),
        Column(key="estimated_value", label="估价(元)", kind="money", shown=False),
        Column(
            key="handed_in_at", label="上交时间", kind="datetime", shown=False, width=17,
        ),
        Column(
            key="announced_at", label="公告时间", kind="datetime", shown=False, width=17,
        ),
        Column(key="legal_due_on", label="法定期满", kind="date", shown=False),
        Column(key="ended_at", label="办结时间", kind="datetime", shown=False, width=17),
        Column(key="created_by", label="登记人", value="created_by.name", shown=False, width=10),
    ),
    filterset=FoundItemFilter, title=title, words=words,
    related=("category", "zone", "holder", "storage", "finder", "service_point", "created_by"),
    views=(
        SavedView(label="全部", query="all=1"),
        SavedView(label="保管中", query="state=in_custody"),
        SavedView(label="贵重", query="state=in_custody&is_valuable=1"),
        SavedView(label="现场未备案", query="waiting=unfiled"),
        SavedView(label="未公告", query="waiting=unannounced"),
        SavedView(label="期满", query="waiting=due"),
    ),
    papers=("3.3", "3.4", "3.5", "3.9", "3.9-visitor", "3.10", "3.10-sheet", "transfer-police-item"),
    bulk_actions=(
        BulkAction(
            key="store", label="移位", icon="box-arrow-right", permission="lostfound.move_founditem",
            page="lostfound:founditem_store_many",
        ),
        ANNOUNCE,
    ),
    create_name="lostfound:founditem_create", start_key="Alt+1",
    empty_text="游客和员工拾到的东西登记在这里。", happened_at="created_at",
    shows_photos=lambda item, user: not is_closed_for_view(item),  # noqa: ARG005
    final=Q(state__in=[ItemState.RETURNED, ItemState.POLICE, ItemState.DISPOSED, ItemState.VOID]),
    parts=("contents", "cash_lines", "moves"),
))
