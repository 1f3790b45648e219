"""Departments, service points, zones, storage places: edited by the manager, never deleted."""

import datetime as dt

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from servicedesk.errors import AlreadyThere, LastServicePoint, SerialMarkInUse
from servicedesk.models import Department, ServicePoint, StoragePlace, Zone
from servicedesk.services.places import add_place, change_place
from servicedesk.services.serials import take_serial


def test_a_zone_is_found_by_every_reading_of_its_name(manager):
    zone = add_place(Zone, by=manager, number="05", name="单曾楼")
    assert {"shanzenglou", "dancenglou"} <= set(zone.pinyin.split())
    assert {"szl", "dcl"} <= set(zone.initials.split())
    change_place(zone, by=manager, name="观景台", number="05")
    zone.refresh_from_db()
    assert "guanjingtai" in zone.pinyin.split()
    assert "gjt" in zone.initials.split()


def test_pinyin_of_a_name_with_many_readings_ends_at_a_whole_word(manager):
    zone = add_place(Zone, by=manager, number="06", name="重重长长行行")
    assert len(zone.pinyin) <= 200
    assert len(zone.initials) <= 60
    assert {len(word) for word in zone.initials.split()} == {6}


def test_a_zone_typed_on_screen_gets_neighbours_both_ways(as_user, manager, zone, far_zone):
    client = as_user(manager)
    page = client.post(reverse("zone_create"), {"number": "07", "name": "望江亭", "neighbours": [zone.pk, far_zone.pk]})
    made = Zone.objects.get(number="07")
    assert page.url == reverse("zone_detail", args=[made.pk])
    assert made in zone.neighbours.all()
    address = reverse("zone_edit", args=[made.pk])
    typed = {"number": "07", "name": "望江亭", "neighbours": [zone.pk], "is_active": "on", "reason": "改道"}
    client.post(address, typed)
    assert made not in far_zone.neighbours.all()
    assert "相邻地点:西门停车场、观景台 → 观景台;改道" in client.get(page.url).content.decode()


def test_a_serial_mark_stays_once_a_number_was_given(as_user, manager, other_point):
    change_place(other_point, by=manager, serial_mark="E")
    with transaction.atomic():
        take_serial("SW", ServicePoint.objects.get(pk=other_point.pk))
    with pytest.raises(SerialMarkInUse, match="东门服务点已经用编号标记“E”编过号"):
        change_place(other_point, by=manager, serial_mark="F")
    as_user(manager).post(reverse("servicepoint_edit", args=[other_point.pk]), {
        "name": "东门", "serial_mark": "F", "is_active": "on",
    })
    other_point.refresh_from_db()
    assert (other_point.name, other_point.serial_mark) == ("东门", "E")


@pytest.mark.parametrize(("mark", "status", "kept"), [("c", 302, "C"), ("C1", 422, None), ("东", 422, None)])
def test_a_serial_mark_is_made_of_letters(as_user, manager, mark, status, kept):
    page = as_user(manager).post(reverse("servicepoint_create"), {"name": "西门", "serial_mark": mark})
    assert page.status_code == status
    assert ServicePoint.objects.filter(name="西门").values_list("serial_mark", flat=True).first() == kept


def test_a_new_service_point_opens_today_unless_another_day_is_typed(as_user, manager):
    client, address = as_user(manager), reverse("servicepoint_create")
    assert client.get(address).context["form"]["opened_on"].value() == timezone.localdate()
    client.post(address, {"name": "西门", "serial_mark": "W", "opened_on": "2026-11-20"})
    assert ServicePoint.objects.get(name="西门").opened_on == dt.date(2026, 11, 20)


def test_two_service_points_never_share_a_mark(manager, point, other_point):
    with pytest.raises(AlreadyThere) as refusal:
        add_place(ServicePoint, by=manager, name="南门", serial_mark="B")
    assert refusal.value.facts["field"] == "serial_mark"


def test_the_last_open_service_point_cannot_be_closed(manager, point, other_point):
    change_place(other_point, by=manager, is_active=False)
    with pytest.raises(LastServicePoint):
        change_place(point, by=manager, is_active=False)
    point.refresh_from_db()
    assert point.is_active is True


def test_the_same_shelf_code_may_stand_at_two_desks_but_not_twice_at_one(as_user, manager, counter, other_point):
    client = as_user(manager)
    typed = {"code": "A-01", "kind": "counter"}
    assert client.post(reverse("storageplace_create"), {**typed, "service_point": other_point.pk}).status_code == 302
    page = client.post(reverse("storageplace_create"), {**typed, "service_point": counter.service_point_id})
    assert page.status_code == 422
    assert "已经有了,请换一个。" in page.content.decode()


def test_a_shelf_does_not_move_to_another_desk(as_user, manager, counter, other_point):
    as_user(manager).post(reverse("storageplace_edit", args=[counter.pk]), {
        "code": "A-02", "kind": "safe", "service_point": other_point.pk, "is_active": "on",
    })
    counter.refresh_from_db()
    assert (counter.code, counter.kind, counter.service_point.name) == ("A-02", "safe", "主服务中心")


def test_a_department_is_renamed_with_history_and_closed_without_being_lost(as_user, manager, department):
    client, address = as_user(manager), reverse("department_edit", args=[department.pk])
    client.post(address, {"name": "游客服务部", "phone": "0571-88880009", "reason": "改名"})
    department.refresh_from_db()
    assert (department.name, department.is_active) == ("游客服务部", False)
    page = client.get(reverse("department_detail", args=[department.pk])).content.decode()
    assert "<del>客服部</del> → <ins>游客服务部</ins>" in page
    assert "原因:改名" in page


def test_the_second_of_two_editors_of_a_place_is_told(as_user, manager, department):
    client, address = as_user(manager), reverse("department_edit", args=[department.pk])
    seen = client.get(address).context["form"]["version"].value()
    change_place(department, by=manager, name="服务部")
    page = client.post(address, {"name": "客服一部", "is_active": "on", "version": seen})
    assert page.status_code == 422
    assert Department.objects.get().name == "服务部"


def test_saving_without_a_change_writes_no_history(as_user, manager, counter):
    lines = counter.history.count()
    as_user(manager).post(reverse("storageplace_edit", args=[counter.pk]), {
        "code": "A-01", "kind": "counter", "is_active": "on", "reason": "看看",
    })
    assert counter.history.count() == lines
    assert StoragePlace.objects.get() == counter
