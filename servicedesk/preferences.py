"""The ground floor's own numbers."""

from servicedesk.services.preferences import Preference, declare

declare([
    Preference(key="servicedesk.company", label="单位全称", group="本单位", kind="text",
               default="示例风景区旅游有限公司", help="印在每张表的表头"),
    Preference(key="servicedesk.department", label="部门名称", group="本单位", kind="text", default="游客服务中心"),
    Preference(key="servicedesk.idle_minutes", label="无人操作锁屏", group="登录", kind="integer", default=10,
               unit="分钟", minimum=1, maximum=240),
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
    Preference(key="servicedesk.document_numbers_on_paper", label="认领联证件号码", group="打印", kind="choice",
               default="full", choices=(("full", "全部打印"), ("masked", "只印后四位"), ("blank", "留空手填"))),
    Preference(key="servicedesk.draft_days", label="没有保存的草稿,最后一次填写后保留", group="个人信息",
               kind="integer", default=30, unit="天", minimum=1, maximum=366),
])
