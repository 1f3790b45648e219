"""Numbers and lists of complaints that a manager may change."""

from complaints.categories import is_category_list
from servicedesk.services.preferences import Preference, declare

CATEGORIES = [
    "服务态度:态度冷淡、推诿、言语不当、无人接待", "票务:票价、退改签、优惠核验、排队",
    "设施设备:故障停用、损坏、标识不清",
    "安全/伤害:滑倒摔伤、碰撞、食品安全", "交通停车:停车收费、观光车、接驳", "餐饮:价格、卫生、等候",
    "商品购物:质量、价格、强制消费", "剧院/演出:取消改期、座位、音响视线", "环境卫生:卫生间、垃圾、异味",
    "秩序:拥挤、插队、噪声", "商户:经营、纠纷", "其他",
]
GROUP, TERMS, CHAIN = "投诉", "投诉时限", "投诉升级"
MONEY = "先行赔偿"

declare([
    Preference(key="complaints.categories", label="投诉、抱怨的类别", group=GROUP, kind="lines", default=CATEGORIES,
               check=is_category_list, rule="每行一类,写成“类别:细类、细类”,类别不能重复,名称最多 12 个字",
               help="每行一类;细类可以没有"),
    Preference(key="complaints.repeat_days", label="同一电话几天内再次投诉算重复", group=GROUP, kind="integer",
               default=30, unit="天", minimum=1, maximum=366),
    Preference(key="complaints.joint_visitors", label="几位游客为同一事由投诉算共同投诉", group=GROUP,
               kind="integer", default=4, unit="位", minimum=2, maximum=100),
    Preference(key="complaints.alike_hours", label="同类别同地点,相隔几小时内提示归为一起", group=GROUP,
               kind="integer", default=24, unit="小时", minimum=1, maximum=336),
    Preference(key="complaints.backdate_hours", label="补录超过几小时须督导办理", group=GROUP, kind="integer",
               default=24, unit="小时", minimum=1, maximum=720),
    Preference(key="complaints.reply_hours", label="首次答复时限", group=TERMS, kind="integer", default=24, unit="小时",
               minimum=1, maximum=720, help="自然时,从游客反映起算"),
    Preference(key="complaints.solution_hours", label="解决时限", group=TERMS, kind="integer", default=72, unit="小时",
               minimum=1, maximum=2160, help="自然时,从游客反映起算"),
    Preference(key="complaints.pause_hours", label="暂停计时累计上限(净时限)", group=TERMS, kind="integer", default=48,
               unit="小时", minimum=1, maximum=720, help="毛时限不扣暂停"),
    Preference(key="complaints.days_12345", label="12345 转办期限", group=TERMS, kind="integer", default=5,
               unit="个工作日", minimum=1, maximum=60, help="来函写明期限的,以来函为准"),
    Preference(key="complaints.days_12301", label="12301 转办期限", group=TERMS, kind="integer", default=5,
               unit="个工作日", minimum=1, maximum=60),
    Preference(key="complaints.days_12315", label="12315 转办期限", group=TERMS, kind="integer", default=5,
               unit="个工作日", minimum=1, maximum=60),
    Preference(key="complaints.days_bureau", label="文旅局转办期限", group=TERMS, kind="integer", default=2,
               unit="个工作日", minimum=1, maximum=60),
    Preference(key="complaints.half_percent", label="时限用去多少没有答复,通报部室负责人", group=CHAIN, kind="integer",
               default=50, unit="%", minimum=1, maximum=99),
    Preference(key="complaints.later_percent", label="时限用去多少没有答复或解决,通报部门经理", group=CHAIN,
               kind="integer", default=75, unit="%", minimum=1, maximum=99,
               help="用完(100%)通报当日值班经理"),
    Preference(key="complaints.purge_grievance_months", label="抱怨的个人信息,登记后保留", group="个人信息",
               kind="integer", default=12, unit="个月", minimum=1, maximum=240),
    Preference(key="complaints.purge_months", label="投诉的个人信息,归档或终止后保留", group="个人信息", kind="integer",
               default=36, unit="个月", minimum=1, maximum=240),
    Preference(key="complaints.rectify_cases", label="几件同类别同地点的投诉抱怨建议立整改", group=GROUP,
               kind="integer", default=3, unit="件", minimum=2, maximum=50),
    Preference(key="complaints.rectify_days", label="在几天内算重复问题", group=GROUP, kind="integer", default=14,
               unit="天", minimum=1, maximum=90, help="销号后再现的天数在“跟进”里设"),
    Preference(key="complaints.supervisor_money", label="督导可批的上限(按本案累计)", group=MONEY, kind="money",
               default="200", unit="元", help="超过的还要部门经理审批"),
    Preference(key="complaints.manager_money", label="部门经理可批的上限(按本案累计)", group=MONEY, kind="money",
               default="2000", unit="元", help="超过的还要值班领导审批"),
    Preference(key="complaints.most_money", label="一份申请最多多少", group=MONEY, kind="money", default="100000",
               unit="元", help="再多的先不能在服务台支付"),
])
