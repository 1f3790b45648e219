"""Somebody of another service point who changes a number in an address meets nothing of this one."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from servicedesk.choices import Role
from servicedesk.models import Photo
from servicedesk.paper import papers
from servicedesk.register import registers
from servicedesk.services.photos import photo_path
from servicedesk.services.search import index_record
from tests.access.walk import undone
from tests.safety.reading import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
THERE = (Role.CLERK, Role.CUSTODIAN, Role.FOREMAN, Role.SUPERVISOR)


@pytest.fixture(scope="module")
def strangers(world) -> dict[str, Client]:
    """The same roles at the other desk."""
    found = {}
    for role in THERE:
        found[role] = Client(raise_request_exception=False)
        found[role].force_login(world.person(role, "elsewhere"))
    return found


def records(world) -> list:
    return [
        record for register in registers() for record in register.model._default_manager.all()[:3]
        if getattr(record, "service_point_id", None) == world.point.pk
    ]


def theirs(rows, world) -> list:
    """Rows that are not the other desk's own."""
    return [row for row in rows[:9] if getattr(row, "service_point_id", None) != world.other_point.pk]


def test_there_is_something_to_look_for(world):
    assert len({type(record) for record in records(world)}) >= 6


@pytest.mark.parametrize("role", THERE)
def test_no_paper_of_another_desk_is_seen_or_printed(role, world, strangers):
    client, opened = strangers[role], []
    for paper in papers():
        for record in [] if paper.is_ledger else theirs(paper.rows(), world)[:2]:
            query = {"id": record.pk}
            answers = [
                client.get(reverse("paper", args=[paper.key]), query),
                client.get(reverse("paper_pdf", args=[paper.key]), query),
                undone(lambda p=paper, q=query: client.post(reverse("paper_print", args=[p.key]), q), client),
            ]
            opened += [(paper.key, str(record), a.status_code) for a in answers if a.status_code not in {403, 404}]
    assert opened == []


@pytest.mark.parametrize("key", ["3.7", "3.8"])
def test_a_ledger_holds_the_rows_of_ones_own_desk_alone(key, world, strangers):
    answer = strangers[Role.SUPERVISOR].get(reverse("paper_pdf", args=[key]), {"id": 1, "month": "2026-11"})
    assert answer.status_code == 200
    assert not {str(record) for record in records(world)} & set(text_of(answer).split())


@pytest.mark.parametrize("role", THERE)
def test_chosen_rows_of_another_desk_are_left_alone(role, world, strangers):
    client, done = strangers[role], []
    for register in registers():
        rows = list(register.model._default_manager.all()[:3])
        for action in register.bulk_actions:
            before = [(r.pk, getattr(r, "version", None)) for r in rows]
            data = {"action": action.key, "pick": [r.pk for r in rows], "reason": "试"}
            answer = client.post(reverse(register.url_name("bulk")), data)
            assert answer.status_code in {302, 403, 404}
            assert "pick=" not in answer.headers.get("Location", "")
            after = [(r.pk, getattr(r, "version", None)) for r in register.model._default_manager.all()[:3]]
            done += [register.key] if before != after else []
    assert done == []


def test_a_move_of_many_does_not_take_another_desks_thing(world, strangers):
    item = world.found_item
    url = f"{reverse('lostfound:founditem_store_many')}?pick={item.pk}"
    page = strangers[Role.CLERK].get(url)
    assert item.number not in page.content.decode()
    strangers[Role.CLERK].post(url, {"place": world.storage.pk})
    assert item.moves.filter(by=world.person(Role.CLERK, "elsewhere")).count() == 0


@pytest.mark.parametrize("size", ["full", "thumb"])
def test_a_photo_of_another_desk_is_not_there(size, world, strangers, clients):
    for name in ("a.jpg", "b.jpg"):
        photo_path(name).write_bytes(b"a photo")
    photo = Photo.objects.create(
        record=world.found_item, file="a.jpg", thumb="b.jpg", width=1, height=1, sha256="0", by=world.clerk
    )
    url = reverse("photo", args=[photo.pk, size])
    own = clients[Role.CLERK].get(url)
    assert (own.status_code, text_of(own)) == (200, "a photo")
    assert {role: client.get(url).status_code for role, client in strangers.items()} == dict.fromkeys(THERE, 404)
    assert Client().get(url).status_code == 302


@pytest.mark.parametrize("role", THERE)
def test_search_and_hints_know_nothing_of_another_desk(role, world, strangers):
    item, report = world.found_item, world.lost_report
    for record in (item, report):
        index_record(record)
    client = strangers[role]
    for asked in (item.number, report.number, "雨伞", "5678", "13812345678", "yusan"):
        page = client.get("/search/", {"q": asked}, follow=True).content.decode()
        for record in (item, report):
            assert f"/{record.pk}/" not in page
            assert asked == record.number or record.number not in page
    typed = {"thing": "雨伞", "finder_phone": "13812345678", "phone": "13800001234", "zone": world.zone.pk}
    for name in ("founditem_hints", "lostreport_hints"):
        answer = client.post(reverse(f"lostfound:{name}"), typed)
        assert answer.status_code in {200, 403}
        assert "13812345678" not in answer.content.decode()


def test_a_lost_report_is_not_tied_to_another_desks_thing_by_its_number(world, strangers):
    report = world.lost_report
    own = type(report).objects.create(**{
        **{f.attname: getattr(report, f.attname) for f in report._meta.fields if f.name not in {"id", "number"}},
        "number": "SSB-20261122-001", "service_point_id": world.other_point.pk, "created_at": timezone.now(),
    })
    url = reverse("lostfound:lostreport_match", args=[own.pk])
    answer = strangers[Role.CLERK].post(url, {"item_number": world.found_item.number})
    assert answer.status_code in {302, 422}
    assert world.found_item.secret_marks == "" or world.found_item.secret_marks not in answer.content.decode()
