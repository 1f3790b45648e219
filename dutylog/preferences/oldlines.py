"""How long the texts of the old diary are kept."""

from servicedesk.services.preferences import Preference, declare

declare([
    Preference(key="dutylog.purge_old_log_months", label="旧日志的内容,自当日起保留", group="个人信息", kind="integer",
               default=60, unit="个月", minimum=1, maximum=240,
               help="旧日志里常写有游客姓名、电话;到期清除后只留日期、班次、类别、地点和记录人"),
])
