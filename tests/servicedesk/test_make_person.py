"""The first people of a new desk, made on the command line."""

import re

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from servicedesk.models import ServicePoint, User
from servicedesk.services.demo import DEMO_PASSWORD
from tests.conftest import PASSWORD


def test_the_first_manager_signs_in_with_the_printed_password_and_must_change_it(client, capsys, db):
    where = ["--point", "游客服务中心", "--department", "客服部"]
    call_command("make_person", "1401", "吴刚", "--role", "部门经理", *where)
    said = capsys.readouterr().out
    password = re.search(r"一次性密码:(\S+)", said)[1]
    assert said.startswith("吴刚(1401 客服部)")
    person = User.objects.get(staff_no="1401")
    assert (person.role_names, person.is_superuser) == (["部门经理"], False)
    assert [p.serial_mark for p in person.service_points.all()] == [""]
    client.post(reverse("signin"), {"staff_no": "1401", "password": password})
    assert client.get(reverse("person_create")).url.startswith(reverse("password_change"))


def test_a_second_unknown_service_point_is_refused_for_want_of_a_mark(point):
    with pytest.raises(CommandError, match="没有服务点“东门”"):
        call_command("make_person", "1401", "吴刚", "--point", "东门")
    assert ServicePoint.objects.get() == point
    assert User.objects.exists() is False


def test_a_staff_number_that_exists_is_refused(clerk):
    with pytest.raises(CommandError, match="工号“1001”已经有了"):
        call_command("make_person", "1001", "别人")
    assert User.objects.get().name == "王芳"


def test_a_system_administrator_gets_no_second_role(db):
    with pytest.raises(CommandError, match="不能兼任其他岗位"):
        call_command("make_person", "9001", "管理员", "--role", "系统管理员", "--role", "客服员")


def test_nobody_may_choose_the_demo_password(as_user, clerk):
    typed = {"old": PASSWORD, "new": DEMO_PASSWORD, "again": DEMO_PASSWORD}
    page = as_user(clerk).post(reverse("password_change"), typed)
    assert page.status_code == 422
    assert "这是演示用的密码" in page.content.decode()
