"""The pre-numbered booklets' place in the rail; they are kept sheet by sheet and have no register."""

from servicedesk.register import RailPage, add_rail_page

BOOKLETS = add_rail_page(RailPage(
    label="空白本", icon="journals", page="lostfound:booklet_list", right="lostfound.view_booklet",
))
