"""Hours of the desk, terms of answers, topics of the counters."""

from dutylog.hours import is_interval_list, is_interval_list_or_empty
from servicedesk.services.preferences import Preference, declare

RULE = "每行一段,写成“08:00-12:00”,各段不能重叠"
LONGEST_TOPIC = 12


def is_topic_list(lines: list) -> bool:
    """One to nine different names, each short enough for its key."""
    return 1 <= len(lines) <= 9 and len(set(lines)) == len(lines) and all(len(line) <= LONGEST_TOPIC for line in lines)


declare([
    Preference(key="dutylog.service_hours", label="服务台开放时间(服务时)", group="来电咨询", kind="lines",
               default=["08:00-18:00"], check=is_interval_list, rule=RULE,
               help="每行一段,如 08:00-12:00;5 分钟、8 小时的答复期限只在这些时间里计时"),
    Preference(key="dutylog.service_hours_holiday", label="节假日服务台开放时间", group="来电咨询", kind="lines",
               default=[], check=is_interval_list_or_empty, rule=RULE, help="留空就与平日相同"),
    Preference(key="dutylog.missed_call_minutes", label="未接来电几分钟内回电", group="来电咨询", kind="integer",
               default=5, unit="分钟", minimum=1, maximum=600, help="按服务时计算"),
    Preference(key="dutylog.price_answer_hours", label="询价几小时内答复", group="来电咨询", kind="integer", default=8,
               unit="小时", minimum=1, maximum=200, help="按服务时计算"),
    Preference(key="dutylog.answer_hours", label="其他没有当场答复的几小时内答复", group="来电咨询", kind="integer",
               default=8, unit="小时", minimum=1, maximum=200, help="按服务时计算"),
    Preference(key="dutylog.backdate_hours", label="来电咨询补登记多久以前的须由督导登记", group="来电咨询",
               kind="integer", default=24, unit="小时", minimum=1, maximum=720),
    Preference(key="dutylog.enquiry_topics", label="咨询计数的主题", group="来电咨询", kind="lines",
               default=["问路", "票价优惠", "开放时间", "演出时间", "交通停车", "餐饮购物", "天气", "卫生间", "其他"],
               check=is_topic_list, rule=f"应有 1 到 9 个,不能重复,每个最多 {LONGEST_TOPIC} 个字",
               help="每行一个,按顺序对应数字键 1–9"),
    Preference(key="dutylog.purge_enquiry_months", label="来电咨询的个人信息,登记后保留", group="个人信息",
               kind="integer", default=12, unit="个月", minimum=1, maximum=120),
])
