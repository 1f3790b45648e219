"""The templates' place in the rail; they are kept by version and have no number."""

from servicedesk.register import RailPage, add_rail_page

TEMPLATES = add_rail_page(RailPage(
    label="检查表", icon="card-checklist", page="checklists:roundtemplate_list", right="checklists.view_roundtemplate",
))
