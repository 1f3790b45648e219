"""Numbers of the morning briefing."""

from servicedesk.choices import Role
from servicedesk.services.preferences import Preference, declare

ROLES = tuple((role.value, role.label) for role in Role if role != Role.ADMIN)

declare([
    Preference(key="dutylog.briefing_starts", label="早会开始", group="早会", kind="time", default="07:40"),
    Preference(key="dutylog.briefing_ends", label="早会结束", group="早会", kind="time", default="07:50"),
    Preference(key="dutylog.briefing_roles", label="哪些岗位都要审阅签字", group="早会", kind="choices", choices=ROLES,
               default=[Role.CLERK.value, Role.CUSTODIAN.value, Role.SUPERVISOR.value],
               help="本服务点这些岗位的人,加上当天排班的人"),
    Preference(key="dutylog.briefing_remind_hours", label="发布后多久没签字提醒一次", group="早会", kind="integer",
               default=4, unit="小时", minimum=1, maximum=72),
])
