"""The audience: frozen, given, opened and signed apart, asked again after a change, late ones with the true date."""

import datetime as dt

import pytest
from django.db import DatabaseError, transaction

from dutylog.choices import BriefingState, ReceiptKind
from dutylog.errors.briefings import AlreadySigned, BriefingNotPublished, ChangedWhileReading, NotAsked
from dutylog.jobs import remind_readers
from dutylog.models import Briefing, BriefingReceipt, ShiftPost
from dutylog.services.briefing_readers import board, note_opened, sign_briefing
from dutylog.services.briefings import amend_briefing, close_briefing, publish_briefing
from servicedesk.choices import Role
from servicedesk.models import Message, Signature
from servicedesk.services.inbox import tell
from tests.dutylog.briefings.conftest import TODAY, local


def names(people) -> list[str]:
    return [person.name for person in people]


def told_since(count: int) -> list[str]:
    return [m.person.name for m in Message.objects.order_by("pk")[count:]]


def test_the_roster_comes_first_then_those_who_are_off(published, team):
    readers = published.readers.select_related("person")
    assert [(r.person.name, r.duty) for r in readers] == [
        ("李一", "早班"), ("李二", "早班"), ("李三", "早班"), ("李四", "休息"), ("李五", "休息"), ("李六", "休息"),
    ]


def test_who_joins_later_is_not_asked_and_who_is_taken_off_the_roster_still_is(published, make_person):
    late = make_person("3009", "王新", Role.CLERK)
    ShiftPost.objects.all().delete()
    assert published.readers.count() == 6
    assert list(Briefing.objects.unsigned_by(late)) == []


def test_people_of_other_roles_and_desks_are_not_asked(draft, team, make_person, other_point, manager):
    make_person("3010", "钱别", Role.CLERK, at=other_point)
    publish_briefing(draft, by=team[0])
    assert names(r.person for r in draft.readers.select_related("person")) == names(team)


def test_publishing_gives_it_to_each_and_tells_each_once(published, team):
    assert told_since(0) == names(team)
    assert {(line.delivered_at, line.opened_at, line.signed_at) for line in board(published)} == {
        (local("07:30"), None, None)
    }


def test_delivered_opened_and_signed_are_three_facts(published, team, clock, signs):
    clock.move_to(local("07:45"))
    note_opened(published, team[0])
    clock.move_to(local("07:52"))
    note_opened(published, team[0])
    signs(published, team[0])
    first, second, *_ = board(published)
    assert (first.delivered_at, first.opened_at, first.signed_at) == (local("07:30"), local("07:45"), local("07:52"))
    assert (second.opened_at, second.signed_at) == (None, None)


def test_who_is_not_asked_leaves_no_trace_and_cannot_sign(published, manager):
    assert not note_opened(published, manager)
    with pytest.raises(NotAsked):
        sign_briefing(published, by=manager, edition=1)
    assert not BriefingReceipt.objects.exclude(kind=ReceiptKind.DELIVERED).exists()


def test_a_draft_is_signed_by_nobody(draft, team):
    with pytest.raises(BriefingNotPublished):
        sign_briefing(draft, by=team[0], edition=0)


def test_a_signature_keeps_the_words_that_were_signed_and_counts_once(published, team, signs):
    signs(published, team[0])
    signature = Signature.objects.of(published).get()
    code = published.versions.get().short_code
    assert (signature.signer, signature.text) == (team[0], f"已审阅 JJ-20261124 第 1 版(校验 {code})")
    with pytest.raises(AlreadySigned):
        sign_briefing(published, by=team[0], edition=1)
    assert Signature.objects.of(published).count() == 1


def test_after_three_of_six_signed_a_change_asks_those_three_again(published, changed, team, signs):
    signs(published, *team[:3])
    assert names(b.reader.person for b in board(published) if b.signed_at is None) == ["李四", "李五", "李六"]
    before = Message.objects.count()
    amend_briefing(published, changed, by=team[0], reason="栈道检修")
    published.refresh_from_db()
    assert told_since(before) == ["李一", "李二", "李三"]
    assert "第 2 版(栈道检修),请重新审阅签字" in Message.objects.latest("pk").sentence
    lines = board(published)
    assert names(b.reader.person for b in lines if b.is_asked_again) == ["李一", "李二", "李三"]
    assert names(b.reader.person for b in lines if b.signed_at is None) == names(team)
    for person in team:
        assert list(Briefing.objects.unsigned_by(person)) == [published]
    signs(published, team[0], team[3])
    lines = board(published)
    assert names(b.reader.person for b in lines if b.signed_at) == ["李一", "李四"]
    assert [edition for edition, _ in lines[0].earlier] == [1]
    assert published.versions.count() == 2


def test_who_signed_only_the_first_of_three_versions_is_told_each_time(published, changed, team, signs):
    signs(published, team[0])
    amend_briefing(published, changed, by=team[1], reason="第一次")
    before = Message.objects.count()
    published.refresh_from_db()
    amend_briefing(
        published, type(changed)(**{**vars(changed), "yesterday": "投诉:一件"}), by=team[1], reason="第二次"
    )
    assert told_since(before) == ["李一"]


def test_a_version_that_is_no_more_is_not_signed(published, changed, team):
    amend_briefing(published, changed, by=team[0], reason="栈道检修")
    with pytest.raises(ChangedWhileReading, match="第 2 版"):
        sign_briefing(published, by=team[1], edition=1)
    assert not BriefingReceipt.objects.filter(kind=ReceiptKind.SIGNED).exists()


def test_a_late_reader_shows_as_late_with_the_true_date_also_after_the_check(published, team, clock, manager, signs):
    signs(published, team[0])
    close_briefing(published, by=manager)
    after = TODAY + dt.timedelta(days=2)
    clock.move_to(local("07:20", after))
    signs(published, team[5])
    lines = {line.reader.person.name: line for line in board(published)}
    assert (lines["李六"].is_late, lines["李六"].signed_at) == (True, local("07:20", after))
    assert not lines["李一"].is_late
    published.refresh_from_db()
    assert published.state == BriefingState.CLOSED


def test_a_minute_before_midnight_is_not_late_and_one_after_is(published, team, clock, signs):
    clock.move_to(local("23:59"))
    signs(published, team[0])
    clock.move_to(local("00:00", TODAY + dt.timedelta(days=1)))
    signs(published, team[1])
    assert [line.is_late for line in board(published)[:2]] == [False, True]


def test_the_pending_list_is_ones_own_and_empties_by_signing(published, team, signs, manager):
    assert list(Briefing.objects.unsigned_by(team[0])) == [published]
    assert list(Briefing.objects.unsigned_by(manager)) == []
    signs(published, team[0])
    assert list(Briefing.objects.unsigned_by(team[0])) == []
    assert list(Briefing.objects.not_signed_by_all()) == [published]
    signs(published, *team[1:])
    assert list(Briefing.objects.not_signed_by_all()) == []


def test_signing_settles_what_the_inbox_said_of_that_page_alone(published, team, signs):
    tell([team[0]], "别的事")
    signs(published, team[0])
    assert [m.sentence for m in Message.objects.visible_to(team[0]).unread()] == ["别的事"]
    assert Message.objects.visible_to(team[1]).unread().count() == 1


def test_a_draft_is_on_nobodys_list(draft, team):
    assert list(Briefing.objects.unsigned_by(team[0])) == []


def test_a_receipt_cannot_be_changed_in_the_database(published):
    for act in (lambda rows: rows.update(at=local("01:00")), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            act(BriefingReceipt.objects.all())


def test_who_has_not_signed_is_reminded_once_per_version(published, changed, team, clock, signs):
    signs(published, team[0])
    clock.move_to(local("11:29"))
    assert remind_readers() == ""
    clock.move_to(local("11:30"))
    before = Message.objects.count()
    assert remind_readers() == "提醒 5 人审阅早会记录"
    assert told_since(before) == names(team[1:])
    assert remind_readers() == ""
    published.refresh_from_db()
    amend_briefing(published, changed, by=team[0], reason="栈道检修")
    clock.move_to(local("15:30"))
    assert remind_readers() == "提醒 6 人审阅早会记录"


def test_readers_rostered_from_another_desk_see_the_page(draft, team, make_person, other_point):
    guest = make_person("3011", "孙借", Role.CLERK, at=other_point)
    shift = draft.day.shifts.first()
    ShiftPost.objects.create(shift=shift, person=guest, due_at=local("07:30"))
    assert list(Briefing.objects.visible_to(guest)) == []
    publish_briefing(draft, by=team[0])
    assert list(Briefing.objects.visible_to(guest)) == [draft]
