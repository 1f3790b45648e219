"""Report times of headcounts, their recipients, and what a figure can be."""

from typing import Any

from dutylog.hours import is_time_list, is_time_list_or_empty
from servicedesk.models import ServicePoint
from servicedesk.services.preferences import Preference, declare


def are_desks(lines: Any) -> bool:
    """Whether every line names a desk that is open, each once; none names all."""
    named = [line.strip() for line in lines]
    there = ServicePoint.objects.filter(name__in=named, is_active=True).count()
    return there == len(named)


RULE = "每行一个时点,写成“10:00”或“闭园”,不能重复"

declare([
    Preference(key="dutylog.headcount_times", label="报送人数的时点", group="报送人数", kind="lines",
               default=["10:00", "12:00", "14:00", "16:00", "闭园"], check=is_time_list, rule=RULE,
               help="每行一个;“闭园”按值班日的闭园时间"),
    Preference(key="dutylog.headcount_times_holiday", label="节假日的时点", group="报送人数", kind="lines", default=[],
               check=is_time_list_or_empty, rule=RULE, help="留空就与平日相同"),
    Preference(key="dutylog.headcount_points", label="由哪些服务点报送人数", group="报送人数", kind="lines", default=[],
               check=are_desks, rule="每行写一个在用服务点的名称,不能重复",
               help="每行一个;留空就是每个服务点都报送。全园只报一次的,只写主服务中心"),
    Preference(key="dutylog.headcount_grace_minutes", label="过了时点多久算逾期", group="报送人数", kind="integer",
               default=15, unit="分钟", minimum=0, maximum=240),
    Preference(key="dutylog.headcount_recipients", label="通常报送给", group="报送人数", kind="text",
               default="值班领导、值班经理、园区工作群"),
    Preference(key="dutylog.headcount_most", label="入园人数上限(防止多打一位)", group="报送人数", kind="integer",
               default=100000, unit="人", minimum=100, maximum=10000000),
])
