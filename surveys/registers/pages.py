"""Screens of the rail that are no register: the results, and what is asked."""

from servicedesk.register import RailPage, add_rail_page

RESULTS = add_rail_page(RailPage(
    label="满意度统计", icon="bar-chart", page="surveys:results", right="surveys.see_results",
))
VERSIONS = add_rail_page(RailPage(
    label="问卷版本", icon="card-checklist", page="surveys:surveyversion_list", right="surveys.view_surveyversion",
))
