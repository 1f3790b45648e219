"""What a shift counts, and until when a day is reviewed."""

from dutylog.countedlist import is_counted_list
from servicedesk.services.preferences import Preference, declare

declare([
    Preference(key="dutylog.counted_things", label="交班时清点的物品", group="交接班", kind="lines",
               default=["对讲机 8 部", "钥匙 12 把", "备用金 500 元", "充电宝 12 个", "轮椅 5 辆"],
               check=is_counted_list,
               rule="每行一样,写成“对讲机 8 部”,同一样只写一行",
               help="每行一样,如“对讲机 8 部”;不写数目的按上次实点。封袋的贵重物品自动列出,不用写"),
    Preference(key="dutylog.review_hours", label="闭班后多久应审阅", group="交接班", kind="integer", default=24,
               unit="小时", minimum=1, maximum=168),
])
