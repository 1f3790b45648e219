"""The screens of the top floor in the rail; it declares no register."""

from servicedesk.register import RailPage, add_rail_page

ARCHIVES = add_rail_page(RailPage(
    label="月度归档", icon="archive", page="reports:archive_list", right="reports.view_montharchive",
))
