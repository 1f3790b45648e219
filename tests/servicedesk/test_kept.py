"""Kept tables: asked once, asked again after any change by anybody, never while something is being changed."""

import multiprocessing

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.test import Client

from servicedesk.models import ServicePoint, Setting, Submission, TableMark, User, Zone
from servicedesk.services import kept, preferences
from servicedesk.tablemarks import kept_tables, set_marks, triggers


@pytest.fixture
def looking():
    """A request that looks at a page; calling it begins the next one."""

    def begin():
        kept.begin_request(only_looks=True)

    begin()
    yield begin
    kept.end_request()


def names() -> list[str]:
    return [zone.name for zone in kept.rows_of(Zone.objects.filter(is_active=True))]


def test_what_did_not_change_is_asked_once(looking, zone, django_assert_num_queries):
    assert names() == ["观景台"]
    looking()
    with django_assert_num_queries(1):  # the marks
        assert names() == ["观景台"]
        assert names() == ["观景台"]


@pytest.mark.parametrize("change", [
    lambda zone: Zone.objects.create(number="77", name="新地点"),
    lambda zone: Zone.objects.filter(pk=zone.pk).update(name="望海亭"),
    lambda zone: zone.delete(),
    lambda zone: connection.cursor().execute("UPDATE servicedesk_zone SET name = '望海亭'"),
    lambda zone: Zone.objects.bulk_create([Zone(number="77", name="新地点")], ignore_conflicts=True),
])
def test_every_way_of_changing_is_seen_by_the_next_request(looking, zone, change):
    before = names()
    change(zone)
    looking()
    assert names() != before
    assert names() == list(Zone.objects.filter(is_active=True).values_list("name", flat=True))


def test_a_change_that_was_rolled_back_leaves_nothing(looking, zone):
    for name in ("甲", "乙"):
        with transaction.atomic():
            Zone.objects.filter(pk=zone.pk).update(name=name)
            looking()
            assert names() == [name]
            transaction.set_rollback(True)
        looking()
        assert names() == ["观景台"]


def test_a_request_that_may_change_something_reads_the_tables(zone, django_assert_num_queries):
    kept.begin_request(only_looks=False)
    with django_assert_num_queries(2):
        names(), names()
    kept.end_request()


def test_a_queryset_over_other_tables_is_asked_each_time(looking, clerk, django_assert_num_queries):
    names()
    with django_assert_num_queries(2):
        kept.rows_of(Submission.objects.filter(user__in=User.objects.filter(pk=clerk.pk)))
        kept.rows_of(Submission.objects.filter(user__in=User.objects.filter(pk=clerk.pk)))


def test_a_change_of_a_table_behind_a_subquery_is_seen(looking, clerk, other_point):
    mine = ServicePoint.objects.filter(pk__in=clerk.service_points.values("pk"))
    assert len(kept.rows_of(mine)) == 1
    clerk.service_points.add(other_point)
    looking()
    assert len(kept.rows_of(mine.all())) == 2


def test_a_right_taken_away_is_gone_on_the_next_page(as_user, clerk):
    client = as_user(clerk)
    assert client.get("/lost-and-found/items/").status_code == 200
    clerk.groups.clear()
    assert client.get("/lost-and-found/items/").status_code == 403
    clerk.groups.add(Group.objects.get(name="客服员"))
    assert client.get("/lost-and-found/items/").status_code == 200


def test_rights_are_never_kept_for_what_may_change_something(as_user, clerk):
    client, page = as_user(clerk), "/lost-and-found/items/"
    client.get(page)
    marks = dict(TableMark.objects.values_list("table", "mark"))
    clerk.groups.clear()
    for table, mark in marks.items():  # as if nothing had changed
        TableMark.objects.filter(table=table).update(mark=mark)
    assert client.get(page).status_code == 200
    assert client.post(f"{page}bulk/", {"action": "none"}).status_code == 403


def desk(pipe, key: int) -> None:
    """A worker with a memory of its own: it answers each address that is asked until there is none."""
    client = Client()
    client.force_login(User.objects.get(pk=key))
    while page := pipe.recv():
        pipe.send(client.get(page).status_code)
    connection.close()


@pytest.mark.django_db(transaction=True)
def test_a_right_taken_away_is_gone_in_every_process(clerk):
    connection.close()  # the workers open their own
    fork = multiprocessing.get_context("fork")
    pipes = [fork.Pipe() for _ in range(2)]
    workers = [fork.Process(target=desk, args=(theirs, clerk.pk)) for _, theirs in pipes]
    for worker in workers:
        worker.start()

    def answers() -> list[int]:
        for ours, _ in pipes:
            ours.send("/lost-and-found/items/")
        return [ours.recv() if ours.poll(60) else 0 for ours, _ in pipes]

    try:
        assert answers() == answers() == [200, 200]
        clerk.groups.clear()
        assert answers() == [403, 403]
        clerk.groups.add(Group.objects.get(name="客服员"))
        assert answers() == [200, 200]
    finally:
        for (ours, _), worker in zip(pipes, workers, strict=True):
            ours.send("")
            worker.join(60)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("round_", [1, 2])  # between them the tables are emptied
def test_tables_that_were_emptied_are_marked_again(round_, looking):
    assert set(TableMark.objects.values_list("table", flat=True)) == set(kept_tables())
    Zone.objects.create(number="01", name=f"第 {round_} 处")
    looking()
    assert names() == [f"第 {round_} 处"]


def test_a_setting_changed_elsewhere_is_in_force_on_the_next_page(as_user, manager):
    client = as_user(manager)
    client.get("/")
    # as another process would: past this one's service and its memory
    Setting.objects.create(key="servicedesk.company", value="青山景区")
    assert "青山景区" in client.get("/settings/").content.decode()
    assert preferences.value("servicedesk.company") == "青山景区"


def test_every_kept_table_has_its_mark_and_its_triggers(db):
    known = triggers(connection)
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    assert set(kept_tables()) <= tables
    assert set(TableMark.objects.values_list("table", flat=True)) == set(kept_tables())
    endings = ("_mark_insert", "_mark_update", "_mark_delete") if connection.vendor == "sqlite" else ("_mark",)
    assert {f"{table}{ending}" for table in kept_tables() for ending in endings} <= known


def test_a_lost_trigger_is_set_again_after_migrations(db, looking, zone):
    name = "servicedesk_zone_mark_update" if connection.vendor == "sqlite" else "servicedesk_zone_mark"
    connection.cursor().execute(
        f"DROP TRIGGER {name}" + ("" if connection.vendor == "sqlite" else " ON servicedesk_zone")
    )
    before = names()
    set_marks()
    Zone.objects.filter(pk=zone.pk).update(name="望海亭")
    looking()
    assert names() != before


def numbered() -> dict[str, str]:
    return kept.answer(("numbered",), lambda: {zone.name: zone.number for zone in kept.rows_of(Zone.objects.all())})


def test_an_answer_is_made_once_and_again_after_a_change(looking, zone):
    first = numbered()
    looking()
    assert numbered() is first
    Zone.objects.filter(pk=zone.pk).update(number="88")
    looking()
    assert numbered() == {"观景台": "88"}


def test_an_answer_made_of_another_depends_on_its_tables_too(looking, zone):
    def outer() -> list[str]:
        return kept.answer(("outer",), lambda: [*numbered().values(), *preferences_by_key()])

    def preferences_by_key() -> list[str]:
        return [row.key for row in kept.rows_of(Setting.objects.all())]

    numbered()  # the inner one is known already when the outer one is made
    assert outer() == ["01"]
    Zone.objects.filter(pk=zone.pk).update(number="88")
    looking()
    assert outer() == ["88"]
    preferences.choose("lostfound.notice_days", 9, by=None)
    looking()
    assert outer() == ["88", "lostfound.notice_days"]


def test_an_answer_of_other_tables_is_refused_and_nothing_is_kept(looking, clerk):
    for _ in range(2):
        with pytest.raises(ValueError, match="servicedesk_submission"):
            kept.answer(("submissions",), lambda: kept.rows_of(Submission.objects.filter(user=clerk)))


def test_who_may_change_something_makes_the_answer_anew(zone):
    kept.begin_request(only_looks=False)
    first = numbered()
    assert numbered() == first
    assert numbered() is not first
    kept.end_request()


def test_the_page_of_a_refused_change_is_drawn_of_what_is_there_then(zone):
    kept.begin_request(only_looks=False)
    assert numbered() == {"观景台": "01"}
    Zone.objects.filter(pk=zone.pk).update(number="88")
    kept.begin_drawing()
    assert numbered() == {"观景台": "88"}
    assert numbered() is numbered()
    kept.end_request()


def test_an_answer_that_follows_from_all_is_made_anew_by_a_change_of_any_kept_table(looking, clerk, zone):
    made = []

    def told() -> int:
        return kept.answer(("told",), lambda: made.append(1) or len(made), of_all=True)

    assert (told(), told()) == (1, 1)
    clerk.groups.clear()
    looking()
    assert told() == 2
    Zone.objects.filter(pk=zone.pk).update(number="88")
    looking()
    assert told() == 3
