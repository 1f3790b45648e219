"""Kinds of accidents, and how long those who were hurt are kept."""

from servicedesk.services.preferences import Preference, declare

LONGEST_KIND = 20


def is_kind_list(lines: list) -> bool:
    return bool(lines) and len(set(lines)) == len(lines) and all(len(line) <= LONGEST_KIND for line in lines)


declare([
    Preference(key="dutylog.accident_kinds", label="意外伤害及突发事件的类别", group="意外突发", kind="lines",
               default=[
                   "摔伤跌倒", "碰撞夹伤", "突发疾病", "走失", "溺水", "动物咬伤", "食物不适", "设备故障", "恶劣天气",
                   "火情", "治安纠纷", "其他",
               ],
               check=is_kind_list, rule=f"每行一个,不能重复,每个最多 {LONGEST_KIND} 个字"),
    Preference(key="dutylog.purge_accident_months", label="伤者的个人信息,结案后保留", group="个人信息",
               kind="integer", default=36, unit="个月", minimum=1, maximum=240),
])
