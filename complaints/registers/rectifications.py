"""What keeps coming: a screen of the rail that is no register."""

from servicedesk.register import RailPage, add_rail_page

RECTIFICATIONS = add_rail_page(RailPage(
    label="重复问题", icon="arrow-repeat", page="complaints:rectification_list", right="complaints.decide_complaint",
))
