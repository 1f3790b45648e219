"""A closed day that was changed behind the program's back is found, whatever table it was."""

import datetime as dt
import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from dutylog.models import (
    Addendum,
    ClosingExplanation,
    DaySeal,
    DutyDay,
    HandOver,
    HandOverLine,
    LogEntry,
    NoticeStep,
    OpenItem,
    OpenItemUpdate,
    Operation,
    Shift,
    ShiftPost,
)
from dutylog.services.addenda import add_addendum
from dutylog.services.closing import close_day, review_day
from dutylog.services.openitems import close_open_item
from dutylog.services.seals import digest_of, heads_path, remember_head
from dutylog.services.verifying import verify_all
from servicedesk.models import Signature
from tests.dutylog.conftest import local


def behind(sql: str, *values) -> None:
    """Change the database as somebody with its password would: without the program, and without its triggers."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
            cursor.execute(sql, values)
            cursor.execute("SET session_replication_role = DEFAULT")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f'DROP TRIGGER "{name}"')
        cursor.execute("PRAGMA defer_foreign_keys = ON")
        cursor.execute(sql, values)
        for _, statement in triggers:
            cursor.execute(statement)


def table(model) -> str:
    return f'"{model._meta.db_table}"'


def history(model) -> str:
    return f'"{model.history.model._meta.db_table}"'


def said() -> str:
    return "\n".join(str(finding) for finding in verify_all())


def test_an_untouched_chain_is_in_order(reviewed_day):
    assert verify_all() == []


def test_what_goes_on_lawfully_is_in_order(
    reviewed_day, clock, supervisor, manager, write, django_capture_on_commit_callbacks
):
    clock.move_to(local("09:00", dt.date(2026, 11, 25)))
    with django_capture_on_commit_callbacks(execute=True):
        close_open_item(OpenItem.objects.get(text="饮水机不出热水"), "已修好", by=supervisor)
        add_addendum(reviewed_day, "再补一句", by=manager, reason="核对")
        write("次日第一笔", "08:30", on=dt.date(2026, 11, 25))
    assert verify_all() == []


def test_a_day_closed_again_after_reopening_is_in_order(
    reopened_day, clock, write, second_clerk, manager, explained, django_capture_on_commit_callbacks
):
    assert verify_all() == []
    with django_capture_on_commit_callbacks(execute=True):
        write("漏记:借出轮椅", "16:00")
        clock.move_to(local("20:30"))
        again = close_day(reopened_day, by=second_clerk, texts=explained(reopened_day))
        review_day(again, by=manager)
    assert again.seals.filter(kind="closing").count() == 2
    assert again.seals.latest("place").round == 2
    assert verify_all() == []


CHANGES = [
    ("值班日的天气", f"UPDATE {table(DutyDay)} SET weather = '晴转雨'"),
    ("值班领导", f"UPDATE {table(DutyDay)} SET duty_leader = '张三'"),
    ("闭园时间", f"UPDATE {table(DutyDay)} SET closes_at = '18:30:00'"),
    ("闭班时间", f"UPDATE {table(DutyDay)} SET closed_at = opened_at"),
    ("闭班人", f"UPDATE {table(DutyDay)} SET closed_by_id = created_by_id"),
    ("审阅人", f"UPDATE {table(DutyDay)} SET reviewed_by_id = created_by_id"),
    ("审阅时间", f"UPDATE {table(DutyDay)} SET reviewed_at = closed_at"),
    ("状态", f"UPDATE {table(DutyDay)} SET state = 'closed'"),
    ("解锁", f"UPDATE {table(DutyDay)} SET state = 'on_duty'"),
    ("日期", f"UPDATE {table(DutyDay)} SET \"on\" = '2026-11-20'"),
    ("值班日历史", f"UPDATE {history(DutyDay)} SET weather = '雪'"),
    ("班次", f"UPDATE {table(Shift)} SET kind = 'middle' WHERE kind = 'early'"),
    ("交班时刻", f"UPDATE {table(Shift)} SET frozen_at = ends_at WHERE kind = 'late'"),
    ("到岗", f"UPDATE {table(ShiftPost)} SET presence = 'present'"),
    ("排班的人", f"UPDATE {table(ShiftPost)} SET is_lead = NOT is_lead"),
    ("删去排班", f"DELETE FROM {table(ShiftPost)}"),
    ("运营信息", f"UPDATE {table(Operation)} SET text = '大剧场'"),
    ("删去运营信息", f"DELETE FROM {table(Operation)}"),
    ("记录内容一个字", f"UPDATE {table(LogEntry)} SET text = '游客询问班车。' WHERE category = 'enquiry'"),
    ("记录时间", f"UPDATE {table(LogEntry)} SET happened_at = entered_at WHERE category = 'complaint'"),
    ("记录类别", f"UPDATE {table(LogEntry)} SET category = 'grievance' WHERE category = 'complaint'"),
    ("处理", f"UPDATE {table(LogEntry)} SET handling = '' WHERE category = 'complaint'"),
    ("记录人", f"UPDATE {table(LogEntry)} SET created_by_id = created_by_id + 1"),
    ("划去", f"UPDATE {table(LogEntry)} SET struck_at = entered_at, struck_reason = '误记'"),
    ("补录标记", f"UPDATE {table(LogEntry)} SET is_late_entry = NOT is_late_entry"),
    ("删去记录", f"DELETE FROM {table(LogEntry)} WHERE category = 'enquiry'"),
    ("记录历史", f"UPDATE {history(LogEntry)} SET text = '原来的话' WHERE category = 'enquiry'"),
    ("删去历史", f"DELETE FROM {history(LogEntry)} WHERE category = 'enquiry'"),
    ("通报时间", f"UPDATE {table(NoticeStep)} SET answered_at = told_at"),
    ("通报对象", f"UPDATE {table(NoticeStep)} SET person_name = '李某'"),
    ("删去通报", f"DELETE FROM {table(NoticeStep)}"),
    ("闭班前补记", f'UPDATE {table(Addendum)} SET text = \'没有目击者\' WHERE "order" = 1'),
    ("闭班后补记", f'UPDATE {table(Addendum)} SET text = \'没有回电\' WHERE "order" = 2'),
    ("补记原因", f'UPDATE {table(Addendum)} SET reason = \'\' WHERE "order" = 2'),
    ("删去闭班前补记", f'DELETE FROM {table(Addendum)} WHERE "order" = 1'),
    ("删去闭班后补记", f'DELETE FROM {table(Addendum)} WHERE "order" = 2'),
    ("接班人", f"UPDATE {table(HandOver)} SET incoming_id = outgoing_id"),
    ("交接备注", f"UPDATE {table(HandOver)} SET note = '无'"),
    ("清点数", f"UPDATE {table(HandOverLine)} SET counted = 499 WHERE label = '备用金'"),
    ("应有数", f"UPDATE {table(HandOverLine)} SET expected = 499 WHERE label = '备用金'"),
    ("清点说明", f"UPDATE {table(HandOverLine)} SET remark = '短少' WHERE label = '钥匙'"),
    ("删去清点", f"DELETE FROM {table(HandOverLine)} WHERE label = '钥匙'"),
    ("未办说明", f"UPDATE {table(ClosingExplanation)} SET text = '忘了'"),
    ("删去说明", f"DELETE FROM {table(ClosingExplanation)}"),
    ("未结事项", f"UPDATE {table(OpenItem)} SET text = '饮水机好了'"),
    ("未结事项期限", f"UPDATE {table(OpenItem)} SET due_at = NULL"),
    ("未结事项状态", f"UPDATE {table(OpenItem)} SET state = 'closed'"),
    ("未结事项历史", f"UPDATE {history(OpenItem)} SET text = '饮水机好了'"),
    ("删去未结事项", f"DELETE FROM {table(OpenItem)} WHERE text = '等配件'"),
    ("事项进展", f"UPDATE {table(OpenItemUpdate)} SET text = '已修好'"),
    ("删去进展", f"DELETE FROM {table(OpenItemUpdate)}"),
    ("交班签字", f"UPDATE {table(Signature)} SET signer_name = '别人' WHERE role = '交班人'"),
    ("签字文字", f"UPDATE {table(Signature)} SET text = text || '。' WHERE role = '接班人'"),
    ("审阅签字", f"UPDATE {table(Signature)} SET text = '未审阅' WHERE role = '负责人审阅'"),
    ("删去审阅签字", f"DELETE FROM {table(Signature)} WHERE role = '负责人审阅'"),
    ("锁定内容", f"UPDATE {table(DaySeal)} SET content = content || ' ' WHERE kind = 'closing'"),
    ("锁定时间", f"UPDATE {table(DaySeal)} SET at = '2026-11-24 09:00:00+00:00' WHERE kind = 'closing'"),
    ("锁定经办", f"UPDATE {table(DaySeal)} SET by_id = (SELECT MIN(id) FROM servicedesk_user) WHERE kind = 'review'"),
    ("锁定校验码", f"UPDATE {table(DaySeal)} SET digest = 'x' || substr(digest, 2) WHERE kind = 'closing'"),
    ("链接", f"UPDATE {table(DaySeal)} SET previous = '' WHERE kind = 'review'"),
    ("删去闭班锁定", f"DELETE FROM {table(DaySeal)} WHERE kind = 'closing'"),
    ("删去补记锁定", f"DELETE FROM {table(DaySeal)} WHERE kind = 'addendum'"),
    ("截去最后一条", f"DELETE FROM {table(DaySeal)} WHERE kind = 'review'"),
    ("全部锁定记录", f"DELETE FROM {table(DaySeal)}"),
]


@pytest.mark.parametrize(("what", "sql"), CHANGES, ids=[what for what, _ in CHANGES])
def test_each_change_behind_the_programs_back_is_found(reviewed_day, what, sql):
    assert verify_all() == []
    behind(sql)
    found = said()
    assert "ZB-20261124" in found or "YL-20261124" in found, found


def test_the_finding_names_the_day_and_both_values(closed_day):
    behind(f"UPDATE {table(LogEntry)} SET text = '游客询问班车。' WHERE category = 'enquiry'")
    assert said() == "ZB-20261124 值班记录(游客询问班车)的“内容”被改:原为「游客询问班车」,现为「游客询问班车。」"


def test_a_line_put_into_a_closed_day_is_found(closed_day, second_clerk):
    entry = LogEntry.objects.filter(day=closed_day).first()
    entry.pk, entry.text = None, "后来塞进去的一行"
    entry.save()
    assert "锁定以后多出值班记录(后来塞进去的一行)" in said()


def test_an_addendum_put_into_a_closed_day_past_the_program_is_found(closed_day, manager):
    Addendum.objects.create(day=closed_day, order=9, text="塞进去的补记", at=closed_day.closed_at, by=manager)
    assert "补9不是由程序写入的" in said()


def test_a_day_closed_without_the_program_is_found(full_day):
    behind(f"UPDATE {table(DutyDay)} SET state = 'closed'")
    assert said() == "ZB-20261124 已闭班,却没有锁定记录"


def test_a_sealed_line_changed_while_the_day_is_open_again_is_found(reopened_day):
    assert verify_all() == []
    behind(f"UPDATE {table(LogEntry)} SET text = '改写' WHERE category = 'enquiry'")
    assert "“内容”被改" in said()


def test_a_chain_made_again_with_another_key_is_found(reviewed_day, other_key):
    """Whoever has the database but not the key can make links that fit each other, not that fit the desk's key."""
    content = DaySeal.objects.get(kind="closing").content.replace("游客询问班车", "游客未询问")
    behind(f"UPDATE {table(LogEntry)} SET text = '游客未询问' WHERE category = 'enquiry'")
    previous = ""
    for link in DaySeal.objects.order_by("place"):
        link.content = content if link.kind == "closing" else link.content
        link.previous = previous
        previous = digest_of(link)
        behind(
            f"UPDATE {table(DaySeal)} SET content = %s, previous = %s, digest = %s WHERE id = %s",
            link.content, link.previous, previous, link.pk,
        )
    assert "锁定记录与数据库外的记录不符,被整体重算过" in said()


def test_the_desks_own_key_unmasks_a_chain_of_another_key(reviewed_day, settings):
    own = settings.DESK_SEAL_KEY
    settings.DESK_SEAL_KEY = own[::-1]
    assert DaySeal.objects.count() == 3
    assert said().count("被改过,校验码不符") == 3
    settings.DESK_SEAL_KEY = own
    assert verify_all() == []


def test_a_tail_that_was_cut_off_is_found_by_the_file_outside(reviewed_day):
    behind(f"DELETE FROM {table(DaySeal)} WHERE kind = 'review'")
    behind(f"UPDATE {table(DutyDay)} SET state = 'closed', reviewed_at = NULL, reviewed_by_id = NULL")
    assert "锁定记录被截去:文件记到第 3 条,库里只到第 2 条(ZB-20261124)" in said()


def test_a_whole_chain_that_was_removed_is_found(reviewed_day):
    behind(f"DELETE FROM {table(DaySeal)}")
    behind(f"UPDATE {table(DutyDay)} SET state = 'on_duty', reviewed_at = NULL, reviewed_by_id = NULL")
    assert "锁定记录被截去:文件记到第 3 条,库里一条也没有" in said()


def test_a_missing_file_is_said(reviewed_day):
    heads_path().unlink()
    assert "seals/heads.json" in said()


def test_a_file_that_lags_behind_is_brought_up_to_date(reviewed_day, point):
    first = DaySeal.objects.get(place=1)
    heads_path().unlink()
    remember_head(point.pk, 1, first.digest)
    assert verify_all() == []
    assert json.loads(heads_path().read_text())[str(point.pk)]["place"] == 3


def test_an_older_place_never_replaces_a_newer_one(reviewed_day, point):
    remember_head(point.pk, 1, "0" * 64)
    assert verify_all() == []


def test_the_command_is_silent_with_a_good_chain_and_ends_with_one_otherwise(reviewed_day):
    out = io.StringIO()
    call_command("verify", stdout=out)
    assert out.getvalue() == "全部相符:3 条锁定记录。\n"
    behind(f"UPDATE {table(Operation)} SET text = '大剧场'")
    out = io.StringIO()
    with pytest.raises(CommandError) as ended:
        call_command("verify", stdout=out)
    assert ended.value.returncode == 1
    assert out.getvalue() == "ZB-20261124 运营信息(大剧院)的“内容”被改:原为「大剧院」,现为「大剧场」\n"
