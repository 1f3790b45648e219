"""Numbers of the running log and its chain of notice."""

from servicedesk.services.preferences import Preference, declare

declare([
    Preference(key="dutylog.edit_minutes", label="本人可修改自己记录的时间", group="值班", kind="integer", default=30,
               unit="分钟", minimum=0, maximum=1440, help="过后只能补记,原文不动"),
    Preference(key="dutylog.late_entry_minutes", label="晚于此时间记录算补录", group="值班", kind="integer",
               default=120, unit="分钟", minimum=10, maximum=1440),
    Preference(key="dutylog.notice_answer_minutes", label="通报后多久没有应答须报上一级", group="值班",
               kind="integer", default=15, unit="分钟", minimum=1, maximum=240),
    Preference(key="dutylog.notice_first_minutes", label="突发、投诉后多久须通报督导", group="值班",
               kind="integer", default=5, unit="分钟", minimum=1, maximum=240),
])
