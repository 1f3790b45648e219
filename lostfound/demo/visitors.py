"""What visitors told by scanning a code: one registered, one a joke, two of today still to be looked at."""

import datetime as dt
import uuid

from django.utils import timezone

from lostfound.choices import PartOfDay
from lostfound.models import VisitorReport
from lostfound.services.visitors import (
    VisitorReportFacts,
    drop_visitor_report,
    take_visitor_report,
    verify_visitor_report,
)
from servicedesk.choices import Role
from servicedesk.models import VisitorCode
from servicedesk.services.demo import Demo, at

# days back, thing, colour, features, name, language
TOLD = [
    (3, "儿童书包", "红色", "印有恐龙,里面有水彩笔", "许若曦", "zh"), (2, "金箍棒", "金色", "很重", "孙先生", "zh"),
    (0, "保温杯", "白色", "杯底贴有姓名贴", "陆雨桐", "zh"), (0, "camera bag", "black", "Canon, one lens", "Emma Thompson", "en"),
]


def tell_losses(demo: Demo) -> None:
    """Each by the code of another place."""
    codes = list(VisitorCode.objects.select_related("service_point", "zone").order_by("pk"))
    for n, (back, *words) in enumerate(TOLD):
        moment = demo.until - dt.timedelta(days=back, minutes=20 + 7 * n)
        with at(moment):
            told = _tell(demo, codes[n % len(codes)], n, words)
        if back == 3:
            with at(moment + dt.timedelta(minutes=15)):
                verify_visitor_report(told, by=demo.one_of(Role.CLERK, told.service_point))
        elif back == 2:
            with at(moment + dt.timedelta(minutes=30)):
                drop_visitor_report(told, by=demo.people[Role.SUPERVISOR][0], reason="电话不通,内容像玩笑")


def _tell(demo: Demo, code: VisitorCode, n: int, words: list[str]) -> VisitorReport:
    thing, colour, features, name, language = words
    facts = VisitorReportFacts(
        owner_name=name, phone=f"1370000{2000 + n}", thing=thing, colour=colour, features=features, language=language,
        zone=code.zone or demo.zones[0], part_of_day=PartOfDay.ALL_DAY, lost_on=timezone.localdate(),
    )
    return take_visitor_report(facts, code=code, key=uuid.UUID(int=n + 1))
