"""The ground floor's own numbers."""

import re

from servicedesk.services.preferences import Preference, declare

NO_ADDRESS = "—"


def is_web_address(text: str) -> bool:
    """`https://desk.example.cn`, without a path; `—` for none."""
    return text == NO_ADDRESS or re.fullmatch(r"https?://[A-Za-z0-9.\-\[\]:]{1,200}", text) is not None


declare([
    Preference(key="servicedesk.company", label="单位全称", group="本单位", kind="text",
               default="示例风景区旅游有限公司", help="印在每张表的表头"),
    Preference(key="servicedesk.department", label="部门名称", group="本单位", kind="text", default="游客服务中心"),
    Preference(key="servicedesk.idle_minutes", label="无人操作锁屏", group="登录", kind="integer", default=10,
               unit="分钟", minimum=1, maximum=240),
    Preference(key="servicedesk.board_seconds", label="今日页自动刷新", group="登录", kind="integer", default=60,
               unit="秒", minimum=15, maximum=3600, help="每隔多少秒重新数一遍;锁屏或切到别的页签时不刷新"),
    Preference(key="servicedesk.signin_attempts", label="密码可试次数", group="登录", kind="integer", default=5,
               unit="次", minimum=3, maximum=20),
    Preference(key="servicedesk.signin_window_minutes", label="试错后锁定", group="登录", kind="integer", default=15,
               unit="分钟", minimum=1, maximum=1440),
    Preference(key="servicedesk.photo_megabytes", label="单张照片上限", group="照片", kind="integer", default=15,
               unit="MB", minimum=1, maximum=50),
    Preference(key="servicedesk.photo_edge", label="照片长边缩到", group="照片", kind="integer", default=1600,
               unit="像素", minimum=640, maximum=4000),
    Preference(key="servicedesk.page_rows", label="列表每页行数", group="列表", kind="integer", default=25,
               unit="行", minimum=10, maximum=100),
    Preference(key="servicedesk.export_rows", label="一次导出最多", group="列表", kind="integer", default=20000,
               unit="行", minimum=100, maximum=1000000),
    Preference(key="servicedesk.export_now_rows", label="超过多少行的导出转到后台生成", group="列表", kind="integer",
               default=3000, unit="行", minimum=100, maximum=100000, help="不用等在页面上,做好后有通知"),
    Preference(key="servicedesk.document_numbers_on_paper", label="认领联证件号码", group="打印", kind="choice",
               default="full", choices=(("full", "全部打印"), ("masked", "只印后四位"), ("blank", "留空手填"))),
    Preference(key="servicedesk.draft_days", label="没有保存的草稿,最后一次填写后保留", group="个人信息",
               kind="integer", default=30, unit="天", minimum=1, maximum=366),
    Preference(key="servicedesk.inbox_days", label="已读通知保留", group="通知", kind="integer", default=90, unit="天",
               minimum=7, maximum=1000, help="没读的一直保留"),
    Preference(key="servicedesk.posts_a_minute", label="每个渠道每分钟最多发", group="通知", kind="integer", default=20,
               unit="条", minimum=1, maximum=60, help="企业微信、钉钉机器人每分钟只收 20 条,超出的合并成一条"),
    Preference(key="servicedesk.post_tries", label="对外通知最多试", group="通知", kind="integer", default=12,
               unit="次", minimum=1, maximum=50, help="每次间隔加倍,最长两小时;用完后列为已放弃,可以重发"),
    Preference(key="servicedesk.jobs_silent_minutes", label="后台任务多久没有心跳算停了", group="后台任务",
               kind="integer", default=5, unit="分钟", minimum=1, maximum=1440),
    Preference(key="servicedesk.visitor_address", label="游客访问网址", group="游客扫码", kind="text", default="—",
               check=is_web_address, rule="应以 https:// 或 http:// 开头,如 https://desk.example.cn",
               help="印在二维码里:游客的手机要能打开它。没有填写时不能印海报"),
    Preference(key="servicedesk.visitor_device_posts", label="同一手机每个时段最多提交", group="游客扫码",
               kind="integer", default=5, unit="次", minimum=1, maximum=1000),
    Preference(key="servicedesk.visitor_code_posts", label="同一二维码每个时段最多提交", group="游客扫码",
               kind="integer", default=120, unit="次", minimum=1, maximum=10000,
               help="防止有人用程序灌水;超出的请游客稍后再试"),
    Preference(key="servicedesk.visitor_window_minutes", label="提交次数的时段", group="游客扫码", kind="integer",
               default=10, unit="分钟", minimum=1, maximum=1440),
    Preference(key="servicedesk.kiosk_seconds", label="自助机无人操作多久回到首页", group="游客扫码", kind="integer",
               default=90, unit="秒", minimum=20, maximum=900),
    Preference(key="servicedesk.result_days", label="长任务的结果文件保留", group="后台任务", kind="integer", default=7,
               unit="天", minimum=1, maximum=90),
    Preference(key="servicedesk.pin_length", label="签字 PIN 最少位数", group="登录", kind="integer", default=6,
               unit="位", minimum=4, maximum=12),
])
