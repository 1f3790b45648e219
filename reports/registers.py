"""The screens of the top floor in the rail; it declares no register."""

from servicedesk.register import RailPage, add_rail_page

STATISTICS = add_rail_page(RailPage(
    label="统计分析", icon="bar-chart-line", page="reports:statistics", right="reports.view_statistics",
))
ARCHIVES = add_rail_page(RailPage(
    label="月度归档", icon="archive", page="reports:archive_list", right="reports.view_montharchive",
))
OLD_BOOKS = add_rail_page(RailPage(
    label="旧账导入", icon="box-arrow-in-down", page="reports:oldbook_list", right="reports.view_oldbookimport",
))
