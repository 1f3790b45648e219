"""Screens of the rail that are no register: the summary."""

from servicedesk.register import RailPage, add_rail_page

FIGURES = add_rail_page(RailPage(
    label="投诉汇总", icon="bar-chart", page="complaints:figures", right="complaints.view_figures",
))
