"""When the program archives a month by itself."""

from servicedesk.services.preferences import Preference, declare

declare([
    Preference(key="reports.archives_by_itself", label="自动归档上个月", group="月度归档", kind="boolean", default=True,
               help="到了下面的日子和时刻,上个月还没有归档就自动做第 1 版"),
    Preference(key="reports.archive_day", label="每月几日自动归档", group="月度归档", kind="integer", default=3,
               unit="日", minimum=1, maximum=28, help="留几天把缺漏补齐"),
    Preference(key="reports.archive_hour", label="自动归档的时刻", group="月度归档", kind="time",
               default="03:30", help="选没有人用的时候"),
])
