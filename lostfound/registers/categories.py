"""The table of categories, among the rules that a manager keeps."""

from lostfound.forms.categories import FLAGS
from lostfound.models import ItemCategory
from servicedesk.book_filters import NameFilter
from servicedesk.books import OPEN, Book, add_book
from servicedesk.register import Column


class CategoryFilter(NameFilter):
    """By name, pinyin or code; open or closed."""

    further = ("code",)


def special(category: ItemCategory) -> str:
    """`贵重、现金`: what is treated in its own way."""
    labels = [ItemCategory._meta.get_field(flag).verbose_name for flag in FLAGS if getattr(category, flag)]
    return "、".join(str(label) for label in labels)


CATEGORIES = add_book(Book(
    key="itemcategory", app="lostfound", model=ItemCategory, label="物品类别", icon="tags", is_rule=True,
    permission="servicedesk.manage_settings", filterset=CategoryFilter,
    columns=(
        Column(key="code", label="类别码", order_by=("code",)),
        Column(key="name", label="名称", kind="link", order_by=("name",)),
        Column(key="term", label="本处保管期", order_by=("term_kind", "term_number")),
        Column(key="term_end", label="期满去向", value="get_term_end_display", order_by=("term_end",)),
        Column(key="special", label="特别对待", value=special),
        Column(key="keywords", label="常见叫法"), OPEN,
    ),
    empty_text="还没有物品类别。登记拾物和失物时从这里选。",
    facts=lambda c: [
        ("类别码", c.code), ("名称", c.name), ("常见叫法", c.keywords), ("本处保管期", c.term),
        ("期满去向", c.get_term_end_display()), ("特别对待", special(c)), ("次序", c.order),
    ],
))
