"""广播: each reading is a row; the day's log has its line without a name."""

import pytest
from django.db import transaction
from django.urls import reverse

from dutylog.models import LogEntry
from dutylog.services.figures import counts_of
from ledgers.choices import EntryState
from ledgers.errors.entries import EntryInFuture, NotAChoice, ReadTooEarly, ResultNeeded
from ledgers.models import Reading
from ledgers.services.broadcasts import end_broadcast, read_out
from ledgers.services.entries import void_entry
from servicedesk.errors import NotPossibleNow
from servicedesk.services.today import waiting
from tests.ledgers.conftest import local

pytestmark = pytest.mark.django_db


def test_each_reading_is_kept_with_its_time_and_reader(write, clerk, second_clerk, clock):
    call = write("gb")
    assert [line.tone for line in waiting(clerk) if "1 条广播还没播" in line.sentence] == ["cinnabar"]
    read_out(call, by=clerk)
    clock.move_to(local("10:40"))
    read_out(call, by=second_clerk, note="英文再播")
    assert [(one.at, one.by, one.note) for one in call.readings.all()] == [
        (local("10:30"), clerk, ""), (local("10:40"), second_clerk, "英文再播"),
    ]
    assert call.state == EntryState.READ
    assert not [line for line in waiting(clerk) if "广播" in line.sentence]


def test_a_reading_before_the_request_or_of_later_is_refused_and_none_is_changed(write, clerk):
    call = write("gb")
    with pytest.raises(ReadTooEarly):
        read_out(call, by=clerk, at=local("10:10"))
    with pytest.raises(EntryInFuture):
        read_out(call, by=clerk, at=local("11:00"))
    one = read_out(call, by=clerk)
    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        Reading.objects.filter(pk=one.pk).update(note="x")


def test_it_ends_with_a_result_and_is_not_read_afterwards(write, clerk, supervisor):
    call = write("gb")
    with pytest.raises(ResultNeeded):
        end_broadcast(call, "", by=clerk)
    read_out(call, by=clerk)
    with pytest.raises(NotPossibleNow):
        void_entry(call, "登错", by=supervisor)
    end_broadcast(call, "孩子已找到", by=clerk)
    with pytest.raises(NotPossibleNow):
        read_out(call, by=clerk)


def test_its_line_of_the_day_holds_no_visitor_and_is_struck_with_it(write, supervisor):
    call = write("gb")
    line = LogEntry.objects.get(record_number=call.number)
    assert (line.text, line.category) == ("广播登记:寻人", "broadcast")
    assert {count.label: count.number for count in counts_of(line.day)}["广播"] == 1
    void_entry(call, "登错", by=supervisor)
    assert LogEntry.objects.get(pk=line.pk).is_struck


def test_only_what_is_offered_can_be_chosen(write):
    with pytest.raises(NotAChoice, match="类别"):
        write("gb", category="唱歌")


def test_the_number_it_speaks_of_is_a_link_where_the_person_may_look(write, clerk, as_user):
    bag = write("jc")
    call = write("gb", about=bag.number)
    page = as_user(clerk).get(reverse("ledgers:entry_detail", args=["gb", call.pk])).content.decode()
    assert f'href="/ledgers/jc/{bag.pk}/"' in page
