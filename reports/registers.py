"""The screens of the top floor in the rail; it declares no register."""

from servicedesk.register import RailPage, add_rail_page

ARCHIVES = add_rail_page(RailPage(
    label="月度归档", icon="archive", page="reports:archive_list", right="reports.view_montharchive",
))
OLD_BOOKS = add_rail_page(RailPage(
    label="旧账导入", icon="box-arrow-in-down", page="reports:oldbook_list", right="reports.view_oldbookimport",
))
