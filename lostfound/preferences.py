"""Numbers of lost and found that a manager may change."""

from lostfound.choices import NEVER_ALLOWED_DOCUMENTS, DocumentKind
from servicedesk.services.preferences import Preference, declare

DOCUMENTS = tuple((kind.value, kind.label) for kind in DocumentKind if kind not in NEVER_ALLOWED_DOCUMENTS)

declare([
    Preference(key="lostfound.valuable_value", label="估价达到即为贵重", group="拾物", kind="money", default="500",
               unit="元"),
    Preference(key="lostfound.late_entry_minutes", label="晚于此时间登记算补录", group="拾物", kind="integer",
               default=120, unit="分钟", minimum=10, maximum=1440),
    Preference(key="lostfound.shift_ends", label="下班时间(贵重交接、现场备案的当日界限)", group="拾物", kind="time",
               default="18:00"),
    Preference(key="lostfound.notice_days", label="入库几天未公告即提醒", group="公告与期限", kind="integer", default=2,
               unit="天", minimum=0, maximum=60),
    Preference(key="lostfound.legal_months", label="公告后法定期限", group="公告与期限", kind="integer", default=12,
               unit="个月", minimum=1, maximum=60, help="民法典第三百一十八条:自公告之日起一年"),
    Preference(key="lostfound.report_months", label="失物登记保留", group="失物登记", kind="integer", default=12,
               unit="个月", minimum=1, maximum=60),
    Preference(key="lostfound.callback_reports", label="失物登记结束后回访", group="失物登记", kind="choice",
               default="none",
               choices=(("none", "不回访"), ("found", "只回访找回的"), ("ended", "找回和撤销的都回访"))),
    Preference(key="lostfound.match_score", label="匹配提示最低分", group="失物登记", kind="integer", default=45,
               unit="分", minimum=1, maximum=100),
    Preference(key="lostfound.match_days", label="匹配查看前后", group="失物登记", kind="integer", default=30,
               unit="天", minimum=1, maximum=366),
    Preference(key="lostfound.statements", label="盲核验至少陈述", group="认领", kind="integer", default=2, unit="项",
               minimum=1, maximum=10),
    Preference(key="lostfound.documents", label="认领可用证件", group="认领", kind="choices", choices=DOCUMENTS,
               default=[value for value, _ in DOCUMENTS]),
    Preference(key="lostfound.claim_statement", label="认领声明", group="认领", kind="text",
               default="以上物品属本人所有(或受托代领),已当面清点无误,如有不实愿承担法律责任。"),
    Preference(key="lostfound.booklet_sheets", label="空白本每本张数", group="拾物", kind="integer", default=25,
               unit="张", minimum=5, maximum=100),
    Preference(key="lostfound.label_size", label="信息卡尺寸", group="打印", kind="choice", default="80x50",
               choices=(("80x50", "80×50 毫米"), ("100x70", "100×70 毫米"))),
    Preference(key="lostfound.purge_report_months", label="未找回的失物登记,个人信息保留", group="个人信息",
               kind="integer", default=12, unit="个月", minimum=1, maximum=120),
    Preference(key="lostfound.purge_finder_months", label="拾物人和物品上的个人信息,办结后保留", group="个人信息",
               kind="integer", default=36, unit="个月", minimum=1, maximum=240),
    Preference(key="lostfound.purge_claim_months", label="认领的个人信息保留", group="个人信息", kind="integer",
               default=36, unit="个月", minimum=1, maximum=240),
])
