"""A day with something of every table in it, closed and sealed."""

import datetime as dt
from decimal import Decimal

import pytest
from django.conf import settings as django_settings
from django.utils import timezone

from dutylog.choices import EnquiryDirection, EnquiryKind, NoticeChannel, NoticeRole
from dutylog.models import DutyDay, HandOver
from dutylog.services.accidents import AccidentFacts, InjuredFacts, add_accident_update, register_accident
from dutylog.services.addenda import add_addendum
from dutylog.services.chain import StepFacts, tell_step
from dutylog.services.closing import close_day, gates_of, reopen_day, review_day
from dutylog.services.enquiries import EnquiryFacts, register_enquiry
from dutylog.services.handovers import Count, record_counts, sign_hand_over, start_hand_over, take_hand_over
from dutylog.services.headcounts import HeadcountFacts, file_headcount, note_sent
from dutylog.services.openitems import OpenItemFacts, open_item, update_open_item
from dutylog.services.operations import set_operations
from dutylog.services.tallies import count_question
from tests.dutylog.conftest import local


def explain_all(day: DutyDay, text="设备停电,明早补做") -> dict[tuple[str, str], str]:
    """A text for everything that stands open."""
    return {miss.key: text for gate in gates_of(day) for miss in gate.misses}


@pytest.fixture
def counted(db):
    """Count every line of a hand-over as it is expected."""

    def count(hand_over: HandOver, by, **other: str) -> HandOver:
        lines = hand_over.lines.all()
        counts = {
            line.pk: Count(counted=Decimal(other.get(line.label, line.expected or 0)), remark="点数少了,已查找")
            for line in lines
        }
        return record_counts(hand_over, counts, by=by)

    return count


@pytest.fixture
def handed_over(counted, supervisor):
    """Hand a shift over to the supervisor: `handed_over(early, clerk)`."""

    def do(shift, by, to=None) -> HandOver:
        hand_over = counted(start_hand_over(shift, by=by), by)
        sign_hand_over(hand_over, by=by)
        return take_hand_over(hand_over, to or supervisor, by=by)

    return do


@pytest.fixture
def explained():
    return explain_all


@pytest.fixture
def full_day(clock, day, early, late, post, write, clerk, second_clerk, supervisor, handed_over) -> DutyDay:
    """Operations, roster, lines, chain, addenda, open items, both hand-overs: everything but closed."""
    set_operations(day, {"show": ["10:30-11:10 大剧院"]}, by=clerk)
    line = write("游客投诉检票口", "10:20", category="complaint", handling="致歉")
    write("游客询问班车", "10:25")
    tell_step(line, StepFacts(
        role=NoticeRole.SUPERVISOR, channel=NoticeChannel.PHONE, told_at=timezone.now(), person=supervisor,
    ), by=clerk)
    add_addendum(day, "当时还有一位目击者", by=clerk, entry=line)
    item = open_item(OpenItemFacts(
        text="饮水机不出热水", next_step="等工程部", owner=supervisor, due_at=local("17:00") + dt.timedelta(days=1),
    ), by=clerk, point=day.service_point, entry=line)
    update_open_item(item, "工程部明日上门", by=clerk)
    open_item(OpenItemFacts(text="等配件"), by=clerk, point=day.service_point)
    clock.move_to(local("13:00"))
    handed_over(early, clerk, second_clerk)
    clock.move_to(local("17:50"))
    handed_over(late, second_clerk)
    return DutyDay.objects.get(pk=day.pk)


@pytest.fixture
def busy_day(full_day, clock, zone, clerk, second_clerk, point) -> DutyDay:
    """With headcounts, counted questions, a call and an accident besides."""
    report = file_headcount(full_day, HeadcountFacts(slot="10:00", entered=1280, inside=1100), by=clerk)
    note_sent(report, "值班经理", means="phone", by=clerk)
    count_question("问路", "phone", by=clerk, point=point)
    register_enquiry(EnquiryFacts(
        direction=EnquiryDirection.INCOMING, received_at=local("17:40"), kind=EnquiryKind.PRICE, summary="团队票价格",
        phone="13800000001", caller_name="张先生",
    ), by=clerk, point=point)
    accident = register_accident(AccidentFacts(
        kind="摔伤跌倒", happened_at=local("17:30"), told_at=local("17:31"), zone=zone, what="一名游客滑倒",
    ), by=clerk, point=point, injured=[InjuredFacts(injury="右踝扭伤", name="李女士")])
    add_accident_update(accident, "已联系家人", by=clerk)
    return full_day


@pytest.fixture
def busy_closed_day(busy_day, clock, second_clerk, django_capture_on_commit_callbacks) -> DutyDay:
    clock.move_to(local("18:00"))
    with django_capture_on_commit_callbacks(execute=True):
        return close_day(busy_day, by=second_clerk, texts=explain_all(busy_day))


@pytest.fixture
def closed_day(full_day, clock, second_clerk, django_capture_on_commit_callbacks) -> DutyDay:
    clock.move_to(local("18:00"))
    with django_capture_on_commit_callbacks(execute=True):
        return close_day(full_day, by=second_clerk, texts=explain_all(full_day))


@pytest.fixture
def reviewed_day(closed_day, clock, manager, django_capture_on_commit_callbacks) -> DutyDay:
    clock.move_to(local("19:00"))
    with django_capture_on_commit_callbacks(execute=True):
        add_addendum(closed_day, "补充:游客已回电", by=manager, reason="迟到的消息")
        return review_day(closed_day, by=manager, note="已阅")


@pytest.fixture
def reopened_day(reviewed_day, clock, manager, django_capture_on_commit_callbacks) -> DutyDay:
    clock.move_to(local("20:00"))
    with django_capture_on_commit_callbacks(execute=True):
        return reopen_day(reviewed_day, "漏记一笔", by=manager)


@pytest.fixture
def other_key(settings):
    """The key of somebody who does not have the desk's."""
    settings.DESK_SEAL_KEY = django_settings.DESK_SEAL_KEY[::-1]
