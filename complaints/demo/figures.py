"""The manager approves past weeks and the last month; one week is corrected for a complaint that came to light later."""

import datetime as dt

from complaints.choices import Channel
from complaints.services.approvals import approve_period, correct_period
from complaints.services.complaint_facts import ComplaintFacts
from complaints.services.complaints import register_complaint
from servicedesk.choices import Role
from servicedesk.demo.words import name
from servicedesk.periods import Period, month_of, week_of
from servicedesk.services.demo import Demo, at

APPROVED_AFTER, CORRECTED_AFTER = dt.timedelta(hours=33), dt.timedelta(days=2)


def approve_figures(demo: Demo) -> None:
    """All weeks but the last, which still waits; of a short time the only one that is over."""
    today, manager = demo.dates()[-1], demo.people[Role.MANAGER][0]
    weeks = [week_of(today).before]
    while weeks[-1].before.after > demo.dates()[0]:
        weeks.append(weeks[-1].before)
    chosen = [*reversed(weeks[1:] or weeks), month_of(today).before]
    for period in chosen:
        moment = min(period.ends + APPROVED_AFTER, demo.until)
        with at(moment):
            approve_period(period, by=manager, note="数据已核对")
    _correct(demo, chosen[-2])


def _correct(demo: Demo, period: Period) -> None:
    """A visitor's letter that lay in another office."""
    supervisor, manager = demo.people[Role.SUPERVISOR][0], demo.people[Role.MANAGER][0]
    heard = period.ends - dt.timedelta(hours=60)
    with at(min(period.ends + CORRECTED_AFTER, demo.until)):
        register_complaint(ComplaintFacts(
            occurred_at=heard - dt.timedelta(minutes=40), received_at=heard, zone=demo.zones[0], category="票务",
            subcategory="退改签", words="上周寄来的信,要求退还重复扣的票款。", is_reachable=True, channel=Channel.LETTER,
            visitor_name=name(demo.rng), demands=("退款",),
        ), by=supervisor, point=demo.points[0])
        correct_period(period, "补录一件转到别的部门的来信投诉", by=manager)
