"""Every form posted with every other column of the house: only its own fields change anything."""

import datetime as dt
from decimal import Decimal

import pytest
from django.apps import apps
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from tests.access.walk import address, read_all, undone
from tests.access_matrix import ROWS
from tests.safety.planting import APPS
from tests.safety.typing import filled, form_for

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
NOW = "2026-11-21 10:00:00+08:00"  # no number of the world is of this day
WRITING = [r for r in ROWS if r.post.roles]
# Not of a record: keys of forms already sent, sessions, and what differs from one hashing to the next.
UNCOUNTED = {"TableMark", "Submission", "Draft", "SignInAttempt", "ListView"}
# Fields that stand on another page than the one that the address shows.
OWN = {"paper_print": {"copies", "sheets", "numbered", "month"}, "reports:oldbook_undo": {"reason"}}
# Drawn anew for each row, so that nobody can guess it.
DRAWN = {("VisitorCode", "code"), ("HistoricalVisitorCode", "code")}
UNCOMPARED = {"id", "history_id", "password", "object_id", "file", "thumb", "last_login"}


def models_of_house() -> list[type[models.Model]]:
    return [m for app in sorted(APPS) for m in apps.get_app_config(app).get_models(include_auto_created=True)]


@pytest.fixture(scope="module")
def foreign(world) -> dict[str, str]:  # noqa: ARG001
    """A value for each column of the house, under both of its names."""
    found = {"pk": "1", "id": "1", "is_superuser": "on", "is_staff": "on", "groups": "1", "user_permissions": "1"}
    for model in models_of_house():
        for field in model._meta.fields:
            for name in {field.name, field.attname}:
                found.setdefault(name, _value(field))
    return found


def _value(field: models.Field) -> str:
    if field.choices:
        return str(field.flatchoices[-1][0])
    if isinstance(field, models.ForeignKey):
        target = field.related_model._base_manager.order_by("-pk").first()
        return str(target.pk) if target else "1"
    if isinstance(field, models.BooleanField):
        return "on"
    if isinstance(field, models.DateField):
        return "2020-02-02 02:02" if isinstance(field, models.DateTimeField) else "2020-02-02"
    if isinstance(field, models.IntegerField | models.DecimalField):
        return "777"
    return "外来"


def picture_of(models_: list[type[models.Model]]) -> dict[str, list[tuple]]:
    """Every row of these tables, without the keys that a database hands out anew."""
    return {
        model.__name__: sorted(
            (tuple(_told(getattr(row, f.attname)) for f in _columns(model)) for row in model._base_manager.all()),
            key=str
        )
        for model in models_ if model.__name__ not in UNCOUNTED
    }


def written(queries: CaptureQueriesContext) -> list[type[models.Model]]:
    """The tables that statements other than questions speak of."""
    acts = [q["sql"] for q in queries if q["sql"] and not q["sql"].startswith("SELECT")]
    return [model for model in models_of_house() if any(model._meta.db_table in act for act in acts)]


@pytest.fixture(scope="module")
def untouched(world, entered) -> dict[str, list[tuple]]:
    """Everything as it is before a form is sent."""
    return picture_of(models_of_house())


def _columns(model: type[models.Model]) -> list[models.Field]:
    new_rows = APPS - {"servicedesk"}
    return [
        f for f in model._meta.fields
        if f.name not in UNCOMPARED and (model.__name__, f.name) not in DRAWN
        and not (f.is_relation and f.related_model and f.related_model._meta.app_label in new_rows)
    ]


def _told(value):
    return str(value) if isinstance(value, dt.datetime | dt.date | Decimal | list | dict) else value


@pytest.mark.parametrize("row", WRITING, ids=lambda row: row.name)
def test_no_form_changes_a_column_that_is_not_its_own(row, world, entered, untouched, foreign, time_machine):
    time_machine.move_to(NOW, tick=False)
    client, url = entered(row, "POST"), address(row, world)
    form = undone(lambda: form_for(row, world, client), client)
    own = (filled(form, {}) if form else {}) | read_all(world, row.data)
    names = {*own, *(form.names() if form else []), *OWN.get(row.name, ())}
    query = read_all(world, row.query)

    def post(data: dict) -> tuple[int, dict]:
        with CaptureQueriesContext(connection) as queries:
            answer = client.post(url, data, query_params=query)
        return answer.status_code, untouched | picture_of(written(queries))

    plain = undone(lambda: post(own), client)
    mixed = undone(lambda: post(own | {name: value for name, value in foreign.items() if name not in names}), client)
    assert plain[0] < 500
    if mixed[0] == 422:  # a field that the form has and this page does not show: refused, so nothing may change
        plain = (422, untouched)
    assert mixed[0] == plain[0]
    changed = {name: set(rows) ^ set(mixed[1][name]) for name, rows in plain[1].items() if rows != mixed[1][name]}
    assert changed == {}
