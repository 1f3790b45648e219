"""Screens of the rail that are no register: what is lent and given, and how ledgers are made."""

from django.db.models import QuerySet

from ledgers.models import StockThing
from servicedesk.register import RailPage, add_rail_page


def badge(user) -> QuerySet[StockThing]:
    """What runs low, for those who buy it."""
    rows = StockThing.objects.visible_to(user).low()
    return rows if user.has_perm("ledgers.change_stockthing") else rows.none()


THINGS = add_rail_page(RailPage(
    label="用品赠品", icon="boxes", page="ledgers:stockthing_list", right="ledgers.view_stockthing", badge=badge,
))
KINDS = add_rail_page(RailPage(
    label="台账设置", icon="journal-plus", page="ledgers:kind_list", right="ledgers.define_ledgers",
))
