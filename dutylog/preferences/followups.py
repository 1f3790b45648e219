"""Terms of follow-ups."""

from servicedesk.services.preferences import Preference, declare

declare([
    Preference(key="dutylog.follow_up_days", label="跟进期限(未写明时)", group="跟进", kind="integer", default=7,
               unit="天", minimum=1, maximum=90),
    Preference(key="dutylog.hazard_days", label="安全隐患期限(未写明时)", group="跟进", kind="integer", default=3,
               unit="天", minimum=0, maximum=90),
    Preference(key="dutylog.recurrence_days", label="销号后几天内再现算复发", group="跟进", kind="integer", default=60,
               unit="天", minimum=1, maximum=366, help="同一地点同一问题,原单重新打开并记复发一次"),
    Preference(key="dutylog.old_item_days", label="未结事项超过几天转跟进", group="跟进", kind="integer", default=7,
               unit="天", minimum=1, maximum=90),
])
