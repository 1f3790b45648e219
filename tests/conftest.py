"""People and places that every test may ask for."""

import datetime as dt
import gc
import os
from urllib.parse import quote

import pytest
from _pytest import runner
from django.contrib.auth.hashers import Argon2PasswordHasher, make_password
from django.contrib.auth.models import Group
from django.db import connection
from django.db.backends.base.operations import BaseDatabaseOperations
from django.utils import timezone
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from servicedesk.choices import Role, StorageKind
from servicedesk.models import Department, ServicePoint, StoragePlace, User, Zone
from tests import database
from tests.room import roomy
from tests.scheduling import OneWorldOneWorker

# A busy machine draws slowly; that says nothing of the program.
hypothesis_settings.register_profile("desk", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("desk")
# The same hash in a thousandth of the time: how dear it is to guess is no question of these tests.
Argon2PasswordHasher.time_cost, Argon2PasswordHasher.memory_cost, Argon2PasswordHasher.parallelism = 1, 64, 1
PASSWORD = "desk-Pass-2026"


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log) -> OneWorldOneWorker:
    return OneWorldOneWorker(config, log)


def pytest_collection_finish() -> None:
    """The program and its thousands of tests stay: looking through them for garbage again and again costs a tenth."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item, nextitem) -> bool:
    return roomy(runner.pytest_runtest_protocol, item, nextitem)


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings) -> bool:
    """The database lies there, migrated, when Django comes to make it."""
    database.lay()
    return True


@pytest.fixture(scope="session", autouse=True)
def _emptied_is_as_migrated(django_db_setup, django_db_blocker):
    """Tests with real transactions leave the tables as the migrations did: roles, categories and templates stand."""
    with django_db_blocker.unblock():
        back = database.way_back(connection)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseOperations, "execute_sql_flush", lambda operations, statements: back())
        yield


@pytest.fixture(autouse=True)
def _data_folder(settings, tmp_path):
    settings.DESK_DATA = tmp_path
    for folder in ("photos", "papers"):
        (tmp_path / folder).mkdir()


@pytest.fixture
def point(db) -> ServicePoint:
    return ServicePoint.objects.create(name="主服务中心", serial_mark="", phone="0571-88880001")


@pytest.fixture
def other_point(db) -> ServicePoint:
    return ServicePoint.objects.create(name="东门服务点", serial_mark="B", phone="0571-88880002")


@pytest.fixture
def department(db) -> Department:
    return Department.objects.create(name="客服部")


@pytest.fixture
def zone(db) -> Zone:
    return Zone.objects.create(number="01", name="观景台", pinyin="guanjingtai", initials="gjt")


@pytest.fixture
def near_zone(db, zone) -> Zone:
    near = Zone.objects.create(number="02", name="缆车上站", pinyin="lancheshangzhan", initials="lcsz")
    near.neighbours.add(zone)
    return near


@pytest.fixture
def far_zone(db) -> Zone:
    return Zone.objects.create(number="20", name="西门停车场", pinyin="ximentingchechang", initials="xmtcc")


@pytest.fixture
def counter(db, point) -> StoragePlace:
    return StoragePlace.objects.create(service_point=point, code="A-01", kind=StorageKind.COUNTER)


@pytest.fixture
def safe(db, point) -> StoragePlace:
    return StoragePlace.objects.create(service_point=point, code="S-01", kind=StorageKind.SAFE)


@pytest.fixture(scope="session")
def hashed_password() -> str:
    """Made once: a slow hash for each person of each test is half the suite's time."""
    return make_password(PASSWORD)


@pytest.fixture
def make_person(db, point, department, hashed_password):
    """A person with roles: `make_person("1001", "王芳", Role.CLERK)`."""

    def make(staff_no: str, name: str, *roles: str, at=point) -> User:
        user = User.objects.create(
            staff_no=staff_no, name=name, password=hashed_password, department=department,
            position=roles[0] if roles else "员工",
        )
        user.groups.set([Group.objects.get_or_create(name=str(role))[0] for role in roles])
        user.service_points.set([at] if at else [])
        return user

    return make


@pytest.fixture
def clerk(make_person) -> User:
    return make_person("1001", "王芳", Role.CLERK)


@pytest.fixture
def second_clerk(make_person) -> User:
    return make_person("1002", "李娜", Role.CLERK)


@pytest.fixture
def outsider(make_person, other_point) -> User:
    """A clerk of another service point."""
    return make_person("1003", "赵强", Role.CLERK, at=other_point)


@pytest.fixture
def custodian(make_person) -> User:
    return make_person("1101", "陈静", Role.CUSTODIAN)


@pytest.fixture
def foreman(make_person) -> User:
    return make_person("1201", "刘洋", Role.FOREMAN)


@pytest.fixture
def supervisor(make_person) -> User:
    return make_person("1301", "周敏", Role.SUPERVISOR)


@pytest.fixture
def manager(make_person) -> User:
    return make_person("1401", "吴刚", Role.MANAGER)


@pytest.fixture
def duty_manager(make_person) -> User:
    return make_person("1501", "郑伟", Role.DUTY_MANAGER)


@pytest.fixture
def cashier(make_person) -> User:
    return make_person("1601", "孙丽", Role.FINANCE)


@pytest.fixture
def safety_officer(make_person) -> User:
    return make_person("1701", "冯涛", Role.SAFETY)


@pytest.fixture
def asset_manager(make_person) -> User:
    return make_person("1801", "曹霞", Role.ASSETS)


@pytest.fixture
def admin(make_person) -> User:
    return make_person("9001", "管理员", Role.ADMIN, at=None)


@pytest.fixture
def guard(make_person) -> User:
    """A member of staff who finds things and never signs in."""
    person = make_person("2001", "马超")
    person.set_unusable_password()
    person.save()
    return person


@pytest.fixture
def as_user(client):
    """Sign a test client in: `as_user(clerk).get(...)`."""

    def sign_in(user: User):
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def on_sqlite() -> bool:
    return connection.vendor == "sqlite"


@pytest.fixture
def now() -> dt.datetime:
    return timezone.now()


@pytest.fixture
def desk_environment(settings) -> dict[str, str]:
    """The environment in which a process works on this test's database."""
    parts = connection.settings_dict
    if connection.vendor == "sqlite":
        url = f"sqlite:///{parts['NAME']}"
    else:
        host = quote(parts["HOST"] or "", safe="")
        url = f"postgres://{parts['USER']}:{parts['PASSWORD']}@{host}:{parts['PORT']}/{parts['NAME']}"
    return {
        **os.environ, "DATABASE_URL": url, "DESK_DATA": str(settings.DESK_DATA), "DESK_PRODUCTION": "0",
        "DESK_DEBUG": "0", "PYTHONWARNINGS": "default", "DESK_SECRET_KEY": settings.SECRET_KEY,
        "DESK_FIELD_KEY": settings.DESK_FIELD_KEY, "DESK_DIGEST_KEY": settings.DESK_DIGEST_KEY,
    }
