"""People and roles: who may give what to whom, and that somebody can always still do it."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from servicedesk.choices import Role
from servicedesk.errors import AccountClosed, LastOfTheirRole, NotOneself, NotThisPerson, NotThisRole, ReasonNeeded
from servicedesk.models import Department, ServicePoint, StoragePlace, User, Zone
from servicedesk.services import people
from servicedesk.services.attempts import locked_out, take_attempt
from servicedesk.services.passwords import known_by_password, reset_password
from servicedesk.services.people import PersonFacts
from tests.conftest import PASSWORD


def facts(person: User, **other) -> PersonFacts:
    return PersonFacts(**{
        "staff_no": person.staff_no, "name": person.name, "department": person.department,
        "position": person.position, "phone": person.phone, "service_points": list(person.service_points.all()),
        "roles": person.role_names, **other,
    })


def typed(**other) -> dict:
    return {"staff_no": "3001", "name": "欧阳·买买提", "phone": "13812345678", "position": "夜班", **other}


@pytest.fixture
def second_manager(make_person) -> User:
    return make_person("1402", "冯洁", Role.MANAGER)


# ---- add and edit ------------------------------------------------------------------------


def test_a_manager_adds_a_person_with_roles_and_service_points(as_user, manager, department, point, other_point):
    page = as_user(manager).post(reverse("person_create"), typed(
        department=department.pk, roles=["客服员", "失物招领负责人"], service_points=[point.pk, other_point.pk],
    ))
    person = User.objects.get(staff_no="3001")
    assert page.url == reverse("person_detail", args=[person.pk])
    assert (person.name, person.department, person.position) == ("欧阳·买买提", department, "夜班")
    assert sorted(person.role_names) == ["失物招领负责人", "客服员"]
    assert set(person.service_points.all()) == {point, other_point}
    assert person.can_sign_in is False
    assert person.history.get().history_user == manager


def test_a_form_that_sends_more_columns_changes_none_of_them(as_user, manager, clerk):
    before = User.objects.filter(pk=clerk.pk).values().get()
    page = as_user(manager).post(reverse("person_edit", args=[clerk.pk]), typed(
        staff_no="1001", name="王芳", phone="", position="客服员", department=clerk.department_id,
        roles=["客服员"], service_points=[p.pk for p in clerk.service_points.all()], reason="核对",
        is_superuser="1", is_active="", must_change_password="1", password="x", last_login="2020-01-01",
    ))
    assert page.status_code == 302
    assert User.objects.filter(pk=clerk.pk).values().get() == before


def test_a_staff_number_is_given_once_and_the_form_keeps_what_was_typed(as_user, manager, clerk):
    page = as_user(manager).post(reverse("person_create"), typed(staff_no="1001"))
    assert page.status_code == 422
    assert "工号“1001”已经有了,请换一个。" in page.content.decode()
    assert 'value="欧阳·买买提"' in page.content.decode()
    assert User.objects.filter(name="欧阳·买买提").exists() is False


def test_a_change_is_told_with_old_new_who_and_why(as_user, manager, clerk, point, other_point):
    client = as_user(manager)
    form = client.get(reverse("person_edit", args=[clerk.pk])).context["form"]
    client.post(reverse("person_edit", args=[clerk.pk]), typed(
        staff_no="1001", name="王芳", version=form["version"].value(), position="组长", reason="升任",
        roles=["客服员", "领班"], service_points=[point.pk, other_point.pk],
    ))
    page = client.get(reverse("person_detail", args=[clerk.pk])).content.decode()
    assert "<del>客服员</del> → </ins>" in page or "<del>客服员</del> → <ins>组长</ins>" in page
    assert "岗位:客服员 → 客服员、领班;服务点:主服务中心 → 东门服务点、主服务中心;升任" in page
    assert "吴刚" in page


def test_the_second_of_two_editors_is_told_and_loses_nothing(as_user, manager, clerk):
    client, address = as_user(manager), reverse("person_edit", args=[clerk.pk])
    seen = client.get(address).context["form"]["version"].value()
    people.change_person(clerk, facts(clerk, position="组长"), by=manager)
    page = client.post(address, typed(staff_no="1001", name="王芳芳", version=seen, roles=["客服员"]))
    assert page.status_code == 422
    assert "吴刚在您填写时修改了 王芳。" in page.content.decode()
    assert 'value="王芳芳"' in page.content.decode()
    clerk.refresh_from_db()
    assert (clerk.name, clerk.position) == ("王芳", "组长")


# ---- who may give what -------------------------------------------------------------------


def test_a_manager_gives_every_role_but_the_system_administrators(manager, clerk):
    others = [str(role) for role in Role if role != Role.ADMIN]
    people.change_person(clerk, facts(clerk, roles=others), by=manager)
    assert sorted(clerk.role_names) == sorted(others)
    with pytest.raises(NotThisRole, match="系统管理员"):
        people.change_person(clerk, facts(clerk, roles=[Role.ADMIN]), by=manager)
    assert Role.ADMIN not in clerk.role_names


def test_the_form_does_not_offer_or_accept_a_role_that_may_not_be_given(as_user, manager, clerk):
    client, address = as_user(manager), reverse("person_edit", args=[clerk.pk])
    assert 'value="系统管理员"' not in client.get(address).content.decode()
    assert client.post(address, typed(staff_no="1001", roles=["系统管理员"])).status_code == 422
    assert clerk.role_names == ["客服员"]


def test_nobody_changes_their_own_roles_or_service_points(manager, second_manager, other_point):
    with pytest.raises(NotOneself):
        people.change_person(manager, facts(manager, roles=[Role.MANAGER, Role.FINANCE]), by=manager)
    with pytest.raises(NotOneself):
        people.change_person(manager, facts(manager, service_points=[other_point]), by=manager)
    people.change_person(manager, facts(manager, phone="13900000000"), by=manager)
    manager.refresh_from_db()
    assert manager.phone == "13900000000"


def test_ones_own_roles_stay_when_they_are_posted_all_the_same(as_user, manager, other_point):
    page = as_user(manager).post(reverse("person_edit", args=[manager.pk]), typed(
        staff_no="1401", name="吴刚", roles=["财务"], service_points=[other_point.pk],
    ))
    assert page.status_code == 302
    assert manager.role_names == ["部门经理"]
    assert other_point not in manager.service_points.all()


def test_a_manager_cannot_touch_a_system_administrator(as_user, manager, admin):
    client = as_user(manager)
    assert client.get(reverse("person_edit", args=[admin.pk])).status_code == 403
    assert client.post(reverse("person_close", args=[admin.pk]), {"reason": "x"}).status_code == 403
    with pytest.raises(NotThisPerson):
        reset_password(admin, by=manager)
    for verb in ("password", "unlock", "open"):
        assert client.post(reverse(f"person_{verb}", args=[admin.pk])).status_code == 403
    admin.refresh_from_db()
    assert admin.check_password(PASSWORD)
    assert b"person_edit" not in client.get(reverse("person_detail", args=[admin.pk])).content


def test_a_superuser_of_the_command_line_is_touched_by_none_but_their_like(admin, make_person):
    root = User.objects.create_superuser("0000", "安装员", PASSWORD)
    with pytest.raises(NotThisPerson):
        reset_password(root, by=admin)
    assert people.may_change(root, admin) is True


def test_a_system_administrator_holds_no_role_that_sees_visitors_data(admin, clerk):
    refused = "系统管理员不看游客资料,不能兼任其他岗位。请另建一个工号。"
    with pytest.raises(people.AdministratorStandsAlone, match=refused):
        people.change_person(clerk, facts(clerk, roles=[Role.CLERK, Role.ADMIN]), by=admin)
    people.change_person(clerk, facts(clerk, roles=[Role.ADMIN]), by=admin)
    assert clerk.role_names == ["系统管理员"]


@pytest.mark.parametrize("role", [Role.CLERK, Role.SUPERVISOR, Role.FINANCE])
def test_others_manage_nobody(make_person, clerk, role):
    other = make_person("1700", "褚卫", role)
    assert people.grantable_roles(other) == []
    assert people.may_change(other, clerk) is False


# ---- the last one ------------------------------------------------------------------------


def test_the_last_manager_keeps_the_role_and_the_account(manager, admin):
    with pytest.raises(LastOfTheirRole, match="吴刚 是最后一位部门经理"):
        people.change_person(manager, facts(manager, roles=[Role.CLERK]), by=admin)
    with pytest.raises(LastOfTheirRole):
        people.close_account(manager, by=admin, reason="离职")
    assert manager.role_names == ["部门经理"]


def test_a_closed_manager_does_not_count_as_another_one(manager, second_manager, admin):
    people.close_account(second_manager, by=admin, reason="离职")
    with pytest.raises(LastOfTheirRole):
        people.close_account(manager, by=admin, reason="离职")


def test_the_last_system_administrator_stays(admin, make_person):
    second = make_person("9002", "副管理员", Role.ADMIN)
    people.close_account(admin, by=second, reason="调出")
    people.open_account(admin, by=second)
    people.change_person(admin, facts(admin, roles=[]), by=second)
    third = User.objects.create_superuser("0000", "安装员", PASSWORD)
    with pytest.raises(LastOfTheirRole):
        people.close_account(second, by=third, reason="调出")


# ---- accounts ----------------------------------------------------------------------------


def test_a_closed_account_is_out_at_the_next_request_and_keeps_its_name(as_user, manager, clerk):
    at_the_desk = Client()
    at_the_desk.force_login(clerk)
    client = as_user(manager)
    assert f"停用 {clerk.described} 的账号" in client.get(reverse("person_close", args=[clerk.pk])).content.decode()
    assert client.post(reverse("person_close", args=[clerk.pk]), {"reason": "离职"}).status_code == 302
    assert at_the_desk.get("/").url.startswith(reverse("signin"))
    assert client.post(reverse("signin"), {"staff_no": "1001", "password": PASSWORD}).status_code == 422
    page = client.get(reverse("person_detail", args=[clerk.pk])).content.decode()
    assert "停用" in page
    assert "原因:离职" in page


def test_closing_needs_a_reason_and_never_hits_oneself(manager, second_manager, clerk):
    with pytest.raises(ReasonNeeded):
        people.close_account(clerk, by=manager, reason="  ")
    with pytest.raises(NotOneself):
        people.close_account(manager, by=manager, reason="离职")


def test_a_one_time_password_is_shown_once_and_opens_only_the_change_of_password(as_user, manager, clerk):
    client = as_user(manager)
    page = client.post(reverse("person_password", args=[clerk.pk]))
    assert "no-store" in page["Cache-Control"]
    given = re.search(r'one-time">([a-z0-9-]{14})<', page.content.decode())[1]
    assert given not in client.get(reverse("person_detail", args=[clerk.pk])).content.decode()
    desk = Client()
    assert desk.post(reverse("signin"), {"staff_no": "1001", "password": given}).status_code == 302
    assert desk.get("/search/").url.startswith(reverse("password_change"))
    assert clerk.history.first().history_change_reason == "重置密码"


def test_two_one_time_passwords_differ_and_a_closed_account_gets_none(manager, clerk):
    assert reset_password(clerk, by=manager) != reset_password(clerk, by=manager)
    people.close_account(clerk, by=manager, reason="离职")
    clerk.refresh_from_db()
    with pytest.raises(AccountClosed):
        reset_password(clerk, by=manager)


def test_ones_own_password_is_not_reset_but_changed(manager):
    with pytest.raises(NotOneself):
        reset_password(manager, by=manager)


def test_a_manager_ends_a_lock_out(as_user, manager, clerk):
    for _ in range(5):
        take_attempt("1001", "10.0.0.8")
    client = as_user(manager)
    assert "解除登录锁定" in client.get(reverse("person_detail", args=[clerk.pk])).content.decode()
    client.post(reverse("person_unlock", args=[clerk.pk]))
    assert locked_out(["1001"]) == set()
    assert known_by_password("1001", PASSWORD, "10.0.0.8") == clerk
    assert clerk.history.first().history_change_reason == "解除登录锁定"


# ---- list --------------------------------------------------------------------------------


def names(client, query: str) -> list[str]:
    rows = client.get(f"{reverse('person_list')}?{query}").context["table"].page.object_list
    return [row.record.name for row in rows]


@pytest.mark.parametrize(("query", "found"), [
    ("q=1002", ["李娜"]), ("q=李", ["李娜"]), ("q=lina", ["李娜"]), ("q=ln", ["李娜"]), ("q=13900", ["李娜"]),
    ("role=部门经理", ["吴刚"]), ("is_active=0", ["赵强"]), ("q=%00", []), ("q=没有", []),
])
def test_people_are_found_by_number_name_pinyin_phone_role_and_state(
    as_user, manager, clerk, second_clerk, outsider, query, found
):
    User.objects.filter(pk=second_clerk.pk).update(phone="13900001111")
    User.objects.filter(pk=outsider.pk).update(is_active=False)
    client = as_user(manager)
    if "%00" in query:
        assert client.get(f"{reverse('person_list')}?{query}").status_code == 400
    else:
        assert names(client, query) == found


@pytest.mark.parametrize("key", ["person", "zone", "department", "servicepoint", "storageplace"])
def test_a_list_asks_the_database_no_more_often_for_more_rows(
    as_user, manager, key, make_person, point, zone, counter, django_assert_num_queries
):
    client, address = as_user(manager), reverse(f"{key}_list")
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    few = len(asked)
    for number in range(5):
        make_person(f"40{number}", f"员工{number}", Role.CLERK)
        Zone.objects.create(number=f"4{number}", name=f"地点{number}").neighbours.add(zone)
        Department.objects.create(name=f"部门{number}")
        ServicePoint.objects.create(name=f"服务点{number}", serial_mark=f"Z{number}")
        StoragePlace.objects.create(service_point=point, code=f"B-{number}")
    client.get(address)  # reads the small tables anew, for they changed
    with django_assert_num_queries(few):
        client.get(address)
    assert few <= 10
