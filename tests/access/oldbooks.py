"""Rows of the import of old ledgers."""

from django.utils import timezone

from reports.choices import OldBookState
from reports.models import OldBookImport
from servicedesk.choices import Role
from tests.access.row import Row, only
from tests.access.world import thing


def _batch(world, state: str, **more) -> OldBookImport:
    return OldBookImport.objects.create(**{
        "book": "founditem", "service_point": world.point, "file_name": "旧账.xlsx", "sha256": "0" * 64, "year": 2020,
        "state": state, "rows": 3, "at": timezone.now(), "by": world.person(Role.MANAGER), "stored": "gone", **more,
    })


@thing
def waiting_old_book(world) -> OldBookImport:
    """Its file is not there any more."""
    return _batch(world, OldBookState.WAITING)


@thing
def wrong_old_book(world) -> OldBookImport:
    return _batch(world, OldBookState.WAITING, bad=2)


@thing
def done_old_book(world) -> OldBookImport:
    return _batch(world, OldBookState.DONE, stored="", sha256="1" * 64)


ROWS = [
    Row("reports:oldbook_list", get=only(200, Role.MANAGER)),
    Row("reports:oldbook_create", ("founditem",), get=only(200, Role.MANAGER), post=only(422, Role.MANAGER)),
    Row("reports:oldbook_template", ("founditem",), get=only(200, Role.MANAGER)),
    Row("reports:oldbook_detail", ("@waiting_old_book",), get=only(200, Role.MANAGER), of_desk=True),
    Row("reports:oldbook_errors", ("@wrong_old_book",), get=only(410, Role.MANAGER), of_desk=True),
    Row("reports:oldbook_confirm", ("@waiting_old_book",), post=only(410, Role.MANAGER), of_desk=True),
    Row("reports:oldbook_drop", ("@waiting_old_book",), post=only(302, Role.MANAGER), of_desk=True),
    Row("reports:oldbook_undo", ("@done_old_book",), post=only(400, Role.MANAGER), of_desk=True),
]
