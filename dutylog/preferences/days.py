"""Numbers of the day, its shifts and its roster."""

from dutylog.shiftpatterns import is_pattern_list, is_pattern_list_or_empty
from servicedesk.services.preferences import Preference, declare

RULE = "每行一个班次,写成“早班 08:00-13:00”,班次名只能是早班、中班、晚班、全天班,每个最多一行"

declare([
    Preference(key="dutylog.shifts", label="每天的班次", group="值班", kind="lines",
               default=["早班 08:00-13:00", "晚班 13:00-18:00"], check=is_pattern_list, rule=RULE,
               help="每行一个班次,如“早班 08:00-13:00”;跨零点写“晚班 22:00-06:00”。改动从下一个新开的值班日起生效"),
    Preference(key="dutylog.shifts_holiday", label="节假日的班次", group="值班", kind="lines", default=[],
               check=is_pattern_list_or_empty, rule=RULE, help="留空就与平日相同"),
    Preference(key="dutylog.opens_at", label="开园时间", group="值班", kind="time", default="08:00"),
    Preference(key="dutylog.closes_at", label="闭园时间", group="值班", kind="time", default="17:30"),
    Preference(key="dutylog.sign_in_before_minutes", label="上班前多久应到岗签到", group="值班", kind="integer",
               default=30, unit="分钟", minimum=0, maximum=240),
])
