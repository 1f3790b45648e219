"""Numbers of the surveys that a manager may change."""

from servicedesk.services.preferences import Preference, declare

declare([
    Preference(key="surveys.low_score", label="不高于此分算低分", group="满意度调研", kind="integer", default=2,
               unit="分", minimum=1, maximum=3, help="有低分又愿意接受回访的,自动生成抱怨草稿"),
    Preference(key="surveys.purge_months", label="问卷上的姓名、电话,填表后保留", group="个人信息", kind="integer",
               default=12, unit="个月", minimum=1, maximum=120),
])
