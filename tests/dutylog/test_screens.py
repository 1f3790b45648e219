"""The day screen, the quick line, the forms and lists, as a clerk meets them."""

import datetime as dt
from urllib.parse import quote

import openpyxl
import pytest
from django.urls import reverse

from dutylog.choices import DayState, EntryCategory
from dutylog.models import Addendum, CalendarDay, DutyDay, LogEntry, NoticeStep, OpenItem
from dutylog.panels import Panel, add_panel
from dutylog.services.addenda import add_addendum
from dutylog.services.days import duty_day
from servicedesk.services import today
from tests.dutylog.conftest import TODAY

pytestmark = pytest.mark.one_database


def url(name: str, *args) -> str:
    return reverse(f"dutylog:{name}", args=args)


@pytest.fixture
def desk(as_user, clerk):
    return as_user(clerk)


def test_looking_opens_nothing_and_the_button_opens_the_day(clock, desk, point):
    page = desk.get(url("day_today")).content.decode()
    assert "还没有开" in page
    assert not DutyDay.objects.exists()
    response = desk.post(url("dutyday_open"))
    day = DutyDay.objects.get()
    assert (response.url, day.on) == (url("dutyday_detail", day.pk), TODAY)
    assert desk.get(url("day_today")).url == response.url


def test_the_day_shows_its_head_log_roster_items_and_figures(day, desk, post, write, clerk, point):
    line = write("栏杆松动", category=EntryCategory.COMPLAINT)
    add_addendum(day, "已围挡", by=clerk, entry=line)
    page = desk.get(url("dutyday_detail", day.pk)).content.decode()
    for part in ("11月24日 周二", "值班中", "08:00 / 17:30", "栏杆松动", "补1", "已围挡", "王芳", "未签到", "业务量",
                 "没有未结事项", 'id="quick"', "autofocus"):
        assert part in page, part


def test_the_day_costs_the_same_for_one_line_and_for_three(day, desk, write, django_assert_max_num_queries):
    def queries() -> int:
        with django_assert_max_num_queries(60) as caught:
            desk.get(url("dutyday_detail", day.pk))
        return len(caught)

    write()
    queries()
    one = queries()
    write()
    write()
    assert queries() == one


def test_the_quick_line_is_shown_before_it_is_saved(day, desk, zone):
    page = desk.post(url("dutyday_reading", day.pk), {"line": "1020 ts gjt 排队过久"}).content.decode()
    for part in ("今天 10:20", "投诉", "观景台", "排队过久", "Enter"):
        assert part in page, part
    assert not LogEntry.objects.exists()
    assert "还缺类别" in desk.post(url("dutyday_reading", day.pk), {"line": "1020 排队"}).content.decode()


def test_enter_saves_the_quick_line_once(day, desk, zone, clerk):
    sent = {"line": "1020 ts gjt 排队过久", "submission_key": "0d3c0f9e-7d7b-4e63-9d7f-f7a3f9c6c001"}
    for _ in range(2):
        assert desk.post(url("dutyday_quick", day.pk), sent).url == url("dutyday_detail", day.pk)
    line = LogEntry.objects.get()
    assert (line.category, line.zone, line.text, line.created_by) == (EntryCategory.COMPLAINT, zone, "排队过久", clerk)


def test_a_line_that_is_not_understood_comes_back_as_it_was_typed(day, desk):
    response = desk.post(url("dutyday_quick", day.pk), {"line": "1020 排队过久"})
    assert response.status_code == 422
    assert 'value="1020 排队过久"' in response.content.decode()
    assert "看不出类别" in response.content.decode()


def test_on_yesterdays_sheet_a_clock_is_yesterdays(desk, point, clerk, clock, moment):
    yesterday = duty_day(TODAY - dt.timedelta(days=1), point, by=clerk)
    desk.post(url("dutyday_quick", yesterday.pk), {"line": "1520 zx 补一笔"})
    line = LogEntry.objects.get()
    assert (line.day, line.happened_at, line.is_late_entry) == (yesterday, moment("15:20", yesterday.on), True)


def test_a_closed_day_has_no_quick_line_and_refuses_one(day, desk):
    DutyDay.objects.filter(pk=day.pk).update(state=DayState.CLOSED)
    assert 'id="quick"' not in desk.get(url("dutyday_detail", day.pk)).content.decode()
    response = desk.post(url("dutyday_quick", day.pk), {"line": "1020 zx 询问"})
    assert response.status_code == 422
    page = response.content.decode()
    assert "已闭班锁定" in page
    assert 'value="1020 zx 询问"' in page


def test_two_browsers_editing_one_line_the_second_is_told_and_keeps_its_text(entry, desk):
    form = {"happened_at": "1020", "category": "enquiry", "version": entry.version}
    assert desk.post(url("logentry_edit", entry.pk), {**form, "text": "第一个窗口"}).status_code == 302
    response = desk.post(url("logentry_edit", entry.pk), {**form, "text": "第二个窗口的话"})
    page = response.content.decode()
    assert response.status_code == 422
    assert "王芳在您填写时修改了" in page
    assert "第二个窗口的话" in page
    entry.refresh_from_db()
    assert entry.text == "第一个窗口"


def test_the_verbs_of_a_line_lead_back_to_it(entry, desk, supervisor):
    back = f"{url('dutyday_detail', entry.day_id)}#line-{entry.pk}"
    assert desk.post(url("logentry_addendum", entry.pk), {"text": "补一句"}).url == back
    sent = {"text": "等回复", "owner": supervisor.pk, "due_at": "2026-11-25 17:00"}
    assert desk.post(url("logentry_open_item", entry.pk), sent).url == back
    told = {"role": "supervisor", "person": supervisor.pk, "channel": "phone", "told_at": "1030"}
    assert desk.post(url("logentry_notice", entry.pk), told).url == url("logentry_detail", entry.pk)
    step = NoticeStep.objects.get()
    desk.post(url("noticestep_answered", step.pk))
    desk.post(url("noticestep_arrived", step.pk))
    step.refresh_from_db()
    assert None not in (step.answered_at, step.arrived_at)
    assert desk.post(url("logentry_strike", entry.pk), {"reason": "重复"}).url == back
    page = desk.get(url("logentry_detail", entry.pk)).content.decode()
    for part in ("补一句", OpenItem.objects.get().number, "周敏", "划去:重复"):
        assert part in page, part


def test_the_notice_form_proposes_who_is_due_with_the_phone(entry, desk, supervisor):
    supervisor.phone = "13800009999"
    supervisor.save()
    response = desk.get(url("logentry_notice", entry.pk))
    assert response.context["form"].initial["person"] == supervisor
    assert "13800009999" in response.content.decode()


def test_the_head_is_filled_on_the_screen_and_clocks_take_few_keys(day, desk, duty_manager):
    sent = {"weather": "晴", "opens_at": "0730", "closes_at": "18:00", "day_kind": "weekend", "version": day.version,
            "duty_manager": duty_manager.pk}
    assert desk.post(url("dutyday_edit", day.pk), sent).url == url("dutyday_detail", day.pk)
    day.refresh_from_db()
    assert (day.weather, f"{day.opens_at:%H:%M}", day.duty_manager) == ("晴", "07:30", duty_manager)
    again = desk.post(url("dutyday_edit", day.pk), {**sent, "weather": "雨"})
    assert "王芳在您填写时修改了" in again.content.decode()


def test_operations_keep_hours_and_what_did_not_change(day, desk):
    lines = {"show": "10:30-11:10 大剧院\n14:00 露天广场", "closed": "高空滑索 大风停运"}
    desk.post(url("dutyday_operations", day.pk), lines)
    kept = day.operations.get(text="大剧院")
    assert (f"{kept.starts_at:%H:%M}", f"{kept.ends_at:%H:%M}") == ("10:30", "11:10")
    desk.post(url("dutyday_operations", day.pk), {"show": "10:30-11:10 大剧院"})
    assert [row.pk for row in day.operations.all()] == [kept.pk]


def test_the_roster_is_set_and_signed_on_the_screen(day, early, as_user, supervisor, clerk, second_clerk):
    browser = as_user(supervisor)
    browser.post(url("dutyday_roster", day.pk), {f"shift_{early.pk}": [second_clerk.pk, clerk.pk]})
    assert [post.person.name for post in early.posts.all()] == ["李娜", "王芳"]
    form = browser.get(url("dutyday_roster", day.pk)).context["form"]
    options = form[f"shift_{early.pk}"].subwidgets
    assert [option.data["label"] for option in options if option.data["selected"]] == ["李娜", "王芳"]
    own = early.posts.get(person=clerk)
    as_user(clerk).post(url("shiftpost_sign_in", own.pk))
    own.refresh_from_db()
    assert own.presence == "late"
    as_user(supervisor).post(url("shiftpost_absent", early.posts.get(person=second_clerk).pk), {"reason": "病假"})
    assert early.posts.get(person=second_clerk).reason == "病假"


def test_the_list_of_a_month_says_which_days_are_missing(day, desk, point, clerk):
    duty_day(dt.date(2026, 11, 20), point, by=clerk)
    page = desk.get(url("dutyday_list"), {"month": "2026-11"}).content.decode()
    assert "缺 3 天:21日、22日、23日" in page
    for month in ("2026-10", "9999-12"):
        assert "缺" not in desk.get(url("dutyday_list"), {"month": month}).content.decode().split("<main")[1]


@pytest.mark.parametrize("query", [
    "category=complaint", "recent=today", "q=排队", "is_late_entry=false", "shift=early", "struck=false",
    "since=2026-11-24",
])
def test_each_filter_of_the_log_finds_its_line(day, desk, write, query):
    line = write("排队过久", category=EntryCategory.COMPLAINT)
    rows = desk.get(f"{url('logentry_list')}?{query}").context["table"].rows
    assert [row.record for row in rows] == [line]


@pytest.mark.parametrize("query", [
    "category=accident", "q=橘猫", "is_late_entry=true", "shift=late", "struck=true", "until=2026-11-23",
])
def test_what_does_not_fit_a_filter_is_not_found(day, desk, write, query):
    write("排队过久", category=EntryCategory.COMPLAINT)
    assert not desk.get(f"{url('logentry_list')}?{query}").context["table"].rows


def test_lists_cost_the_same_for_one_row_and_for_three(day, desk, write, django_assert_max_num_queries):
    def queries() -> int:
        with django_assert_max_num_queries(40) as caught:
            desk.get(url("logentry_list"), {"all": "1"})
        return len(caught)

    write()
    queries()
    one = queries()
    write()
    write()
    assert queries() == one


def test_the_log_goes_into_a_workbook_as_text(day, desk, write, tmp_path):
    write("=1+1", category=EntryCategory.OTHER)
    book, answer = tmp_path / "log.xlsx", desk.get(url("logentry_export"))
    assert quote("值班记录-20261124.xlsx") in answer.headers["Content-Disposition"]
    book.write_bytes(answer.content)
    cells = [cell for row in openpyxl.load_workbook(book).active.iter_rows() for cell in row]
    assert [cell.data_type for cell in cells if cell.value == "=1+1"] == ["s"]


def test_a_panel_of_another_noun_stands_on_the_day(day, desk, monkeypatch):
    monkeypatch.setattr("dutylog.panels._panels", {})
    for order, (title, facts) in enumerate([("试验栏", {}), ("不出现", None)]):
        add_panel(Panel(key=title, title=title, order=order, template="dutylog/_open_items.html",
                        context=lambda day, user, facts=facts: facts))
    page = desk.get(url("dutyday_detail", day.pk)).content.decode()
    assert "试验栏" in page
    assert "不出现" not in page


def test_the_top_bar_names_day_and_shift(day, desk):
    page = desk.get("/").content.decode()
    assert "11月24日 周二 · 早班" in page
    assert url("dutyday_detail", day.pk) in page


def test_the_start_page_says_what_the_day_waits_for(clock, clerk, supervisor, point, moment):
    assert [line.sentence for line in today.waiting(clerk) if "开班" in line.sentence] == ["主服务中心今天还没有开班"]
    duty_day(TODAY, point, by=clerk)
    assert not [line for line in today.waiting(clerk) if "开班" in line.sentence]


def test_who_has_not_signed_in_and_the_supervisor_are_told(post, clerk, second_clerk, supervisor):
    def told(user) -> list[str]:
        return [line.sentence for line in today.waiting(user) if "签到" in line.sentence]

    assert told(clerk) == ["您的早班应于 07:30 到岗,还没有签到"]
    assert told(supervisor) == ["王芳的早班应于 07:30 到岗,还没有签到"]
    assert told(second_clerk) == []


def test_a_line_late_in_the_chain_is_an_alarm(write, clock, moment, clerk):
    write("排队过久", category=EntryCategory.COMPLAINT)
    clock.move_to(moment("10:41"))
    found = [line for line in today.waiting(clerk) if "通报" in line.sentence]
    assert [(line.sentence, line.tone) for line in found] == [
        ("ZB-20261124 10:20 投诉应在 10:35 前通报督导,已超时", "cinnabar"),
    ]


def test_the_calendar_is_kept_by_the_manager(as_user, manager, clock):
    browser = as_user(manager)
    assert "暂定" in browser.get(url("calendar"), {"year": "2027"}).content.decode()
    browser.post(url("calendarday_create"), {"date": "2027-02-06", "mark": "rest", "name": "春节"})
    row = CalendarDay.objects.get(date="2027-02-06")
    again = browser.post(url("calendarday_create"), {"date": "2027-02-06", "mark": "work"})
    assert "已在日历里" in again.content.decode()
    browser.post(url("calendarday_edit", row.pk), {"date": "2027-02-06", "mark": "work", "name": ""})
    row.refresh_from_db()
    assert (row.mark, row.name) == ("work", "")
    browser.post(url("calendarday_remove", row.pk))
    assert not CalendarDay.objects.filter(date="2027-02-06").exists()
    assert row.history.filter(history_type="-").get().history_user == manager


def test_an_addendum_to_a_closed_day_asks_why(day, desk):
    DutyDay.objects.filter(pk=day.pk).update(state=DayState.CLOSED)
    response = desk.post(url("dutyday_addendum", day.pk), {"text": "闭班后来电"})
    assert "须写明原因" in response.content.decode()
    desk.post(url("dutyday_addendum", day.pk), {"text": "闭班后来电", "reason": "游客次日来电"})
    assert Addendum.objects.get().reason == "游客次日来电"
