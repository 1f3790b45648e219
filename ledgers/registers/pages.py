"""Screens of the rail that are no register: what is lent and given, and how ledgers are made."""

from ledgers.models import StockThing
from servicedesk.register import RailPage, add_rail_page

THINGS = add_rail_page(RailPage(
    label="用品赠品", icon="boxes", page="ledgers:stockthing_list", right="ledgers.view_stockthing",
    badge=lambda user: StockThing.objects.visible_to(user).low() if user.has_perm("ledgers.change_stockthing") else 0,
))
KINDS = add_rail_page(RailPage(
    label="台账设置", icon="journal-plus", page="ledgers:kind_list", right="ledgers.define_ledgers",
))
