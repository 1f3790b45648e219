"""Numbers of the rounds that a manager may change."""

from servicedesk.services.preferences import Preference, declare

declare([
    Preference(key="checklists.late_days", label="漏查几天内可以补查", group="检查", kind="integer", default=7,
               unit="天", minimum=0, maximum=31, help="再晚只能由督导写明原因批准漏查"),
    Preference(key="checklists.missed_days", label="漏查提醒往回看", group="检查", kind="integer", default=14,
               unit="天", minimum=1, maximum=62),
    Preference(key="checklists.tag_prefix", label="资产编号前缀", group="检查", kind="text", default="KF",
               help="KF-DT-0001 的第一段"),
    Preference(key="checklists.safety_phone", label="安全管理员电话", group="检查", kind="text", default="—",
               help="印在 3.14 表头"),
])
