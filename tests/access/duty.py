"""Rows of the duty day: the sheet, its roster, its lines."""

import datetime as dt

from django.utils import timezone

from dutylog.choices import EntryCategory, NoticeChannel, NoticeRole
from dutylog.models import CalendarDay, OldLogLine
from dutylog.services.chain import StepFacts, tell_step
from dutylog.services.days import duty_day
from dutylog.services.entries import EntryFacts, write_entry
from dutylog.services.roster import set_roster
from servicedesk.choices import Role
from tests.access.row import Row, only
from tests.access.world import thing

DESK = (Role.CLERK, Role.CUSTODIAN, Role.SUPERVISOR, Role.MANAGER)
SEES = (*DESK, Role.DUTY_MANAGER)
LEADS = (Role.SUPERVISOR, Role.MANAGER)


@thing
def duty_sheet(world):
    return duty_day(timezone.localdate(), world.point, by=world.person(Role.CLERK))


@thing
def other_sheet(world):
    """The other desk has opened too: each is led to its own."""
    return duty_day(timezone.localdate(), world.other_point, by=world.person(Role.CLERK, "elsewhere"))


@thing
def log_line(world):
    facts = EntryFacts(happened_at=timezone.now(), category=EntryCategory.ENQUIRY, text="游客询问末班车时间")
    return write_entry(facts, by=world.person(Role.CLERK), point=world.duty_sheet.service_point)


@thing
def early_post(world):
    """The clerk on the first shift of the sheet."""
    shift = world.duty_sheet.shifts.first()
    return set_roster(shift, [world.person(Role.CLERK)], by=world.person(Role.SUPERVISOR))[0]


@thing
def notice_step(world):
    facts = StepFacts(
        role=NoticeRole.SUPERVISOR, channel=NoticeChannel.PHONE, told_at=timezone.now(),
        person=world.person(Role.SUPERVISOR),
    )
    return tell_step(world.log_line, facts, by=world.person(Role.CLERK))


@thing
def old_log_line(world):
    """Of a day before the desk kept its days here."""
    day = dt.date(2020, 3, 5)
    return OldLogLine.objects.create(
        number="RZ-20200305-001", service_point=world.point, on=day, clock=dt.time(10, 20), category="complaint",
        created_at=timezone.make_aware(dt.datetime.combine(day, dt.time(10, 20))), created_by=world.clerk, shift="早班",
        place="检票口", text="游客排队过久,留电话13812345678", handling="致歉并引导", result="已答复", recorder="老王",
        old_number="2020-35",
    )


@thing
def calendar_day(world):  # noqa: ARG001
    return CalendarDay.objects.create(date=dt.date(2031, 5, 1), mark="rest", name="劳动节")


LINE = {"happened_at": "-1", "category": "enquiry", "text": "游客询问班车"}
REASON = {"reason": "上报"}
EXPORTED = {"get_writes": ("servicedesk_exportlog",)}  # an export is itself an act that must be on record

ROWS = [
    Row("dutylog:day_today", get=only(302, *SEES)),
    Row("dutylog:dutyday_open", post=only(302, *DESK)),
    Row("dutylog:dutyday_list", get=only(200, *SEES)),
    Row("dutylog:dutyday_export", get=only(200, *DESK), post=only(200, Role.MANAGER), data=REASON, **EXPORTED),
    Row("dutylog:dutyday_bulk", post=only(404, *SEES)),
    Row("dutylog:dutyday_detail", ("@duty_sheet",), of_desk=True, get=only(200, *SEES)),
    Row("dutylog:dutyday_edit", ("@duty_sheet",), of_desk=True, get=only(200, *DESK), post=only(422, *DESK)),
    Row("dutylog:dutyday_operations", ("@duty_sheet",), of_desk=True, get=only(200, *DESK),
        data={"show": "10:30-11:10 大剧院"}, post=only(302, *DESK)),
    Row("dutylog:dutyday_roster", ("@duty_sheet",), of_desk=True, get=only(200, *LEADS), post=only(302, *LEADS)),
    Row("dutylog:dutyday_quick", ("@duty_sheet",), of_desk=True, data={"line": "zx 询问班车"}, post=only(302, *DESK)),
    Row("dutylog:dutyday_reading", ("@duty_sheet",), of_desk=True, data={"line": "zx"}, post=only(200, *DESK)),
    Row("dutylog:dutyday_addendum", ("@duty_sheet",), of_desk=True, get=only(200, *DESK), data={"text": "补记"},
        post=only(302, *DESK)),
    # It is the clerk's own post; who may not change the roster signs nobody else in.
    Row("dutylog:shiftpost_sign_in", ("@early_post",), of_desk=True, post=only(302, Role.CLERK, *LEADS)),
    Row("dutylog:shiftpost_absent", ("@early_post",), of_desk=True, get=only(200, *LEADS), data={"reason": "病假"},
        post=only(302, *LEADS)),
    Row("dutylog:logentry_list", get=only(200, *SEES)),
    Row("dutylog:logentry_export", get=only(200, *DESK), post=only(200, Role.MANAGER), data=REASON, **EXPORTED),
    Row("dutylog:logentry_bulk", post=only(404, *SEES)),
    Row("dutylog:logentry_detail", ("@log_line",), of_desk=True, get=only(200, *SEES)),
    Row("dutylog:logentry_create", get=only(200, *DESK), data=LINE, post=only(302, *DESK)),
    Row("dutylog:logentry_edit", ("@log_line",), of_desk=True, get=only(200, *DESK), data={"text": ""},
        post=only(422, *DESK)),
    Row("dutylog:logentry_strike", ("@log_line",), of_desk=True, get=only(200, *DESK), data={"reason": ""},
        post=only(422, *DESK)),
    Row("dutylog:logentry_addendum", ("@log_line",), of_desk=True, get=only(200, *DESK), data={"text": "补记"},
        post=only(302, *DESK)),
    Row("dutylog:logentry_open_item", ("@log_line",), of_desk=True, get=only(200, *DESK), data={"text": ""},
        post=only(422, *DESK)),
    Row("dutylog:logentry_notice", ("@log_line",), of_desk=True, get=only(200, *DESK), data={"role": ""},
        post=only(422, *DESK)),
    Row("dutylog:noticestep_answered", ("@notice_step",), of_desk=True, post=only(302, *SEES)),
    Row("dutylog:noticestep_arrived", ("@notice_step",), of_desk=True, post=only(302, *SEES)),
    Row("dutylog:oldlogline_list", get=only(200, *SEES)),
    Row("dutylog:oldlogline_export", get=only(200, *DESK), post=only(200, Role.MANAGER), data=REASON, **EXPORTED),
    Row("dutylog:oldlogline_bulk", post=only(404, *SEES)),
    Row("dutylog:oldlogline_detail", ("@old_log_line",), of_desk=True, get=only(200, *SEES)),
    Row("dutylog:calendar", get=only(200, Role.MANAGER)),
    Row("dutylog:calendarday_create", get=only(200, Role.MANAGER), post=only(422, Role.MANAGER)),
    Row("dutylog:calendarday_edit", ("@calendar_day",), get=only(200, Role.MANAGER), post=only(422, Role.MANAGER)),
    Row("dutylog:calendarday_remove", ("@calendar_day",), post=only(302, Role.MANAGER)),
]
