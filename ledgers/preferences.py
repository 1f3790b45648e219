"""Numbers of the small ledgers that a manager may change."""

from servicedesk.services.preferences import Preference, declare

GROUP = "台账"
declare([
    Preference(key="ledgers.loan_hours", label="便民用品借用几小时后归还", group=GROUP, kind="integer", default=4,
               unit="小时", minimum=1, maximum=240, help="登记时可以改;不晚于寄存截止时刻"),
    Preference(key="ledgers.deposit_until", label="寄存、借用的截止时刻", group=GROUP, kind="time",
               default="18:00", help="当天过了这个时刻还没取走、归还的,开始提醒"),
    Preference(key="ledgers.gift_limit", label="同一电话每天可领同一种赠品", group=GROUP, kind="integer", default=1,
               unit="件", minimum=0, maximum=1000, help="0 是不限;有限量时须登记电话"),
    Preference(key="ledgers.documents", label="可押的证件", group=GROUP, kind="lines",
               default=["身份证", "驾驶证", "学生证", "护照"], help="一行一种"),
])
