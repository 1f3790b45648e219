"""Serial numbers, tables that only grow, the search index."""

import datetime as dt

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.db import DatabaseError, connection, transaction

from servicedesk.models import PurgePermit, Signature
from servicedesk.pinyin import same_sound
from servicedesk.sealing import masked, masked_name
from servicedesk.services.search import Words, question, tokens
from servicedesk.services.serials import take_serial


def test_serials_run_on_without_gap_per_prefix_day_and_point(point, other_point):
    day = dt.date(2026, 11, 22)
    with transaction.atomic():
        assert [take_serial("SW", point, day) for _ in range(3)] == [
            "SW-20261122-001", "SW-20261122-002", "SW-20261122-003",
        ]
        assert take_serial("YG", point, day) == "YG-20261122-001"
        assert take_serial("SW", other_point, day) == "SWB-20261122-001"
        assert take_serial("SW", point, dt.date(2026, 11, 23)) == "SW-20261123-001"


def test_a_serial_of_a_rolled_back_record_is_given_again(point):
    day = dt.date(2026, 11, 22)
    with transaction.atomic():
        take_serial("SW", point, day)
        transaction.set_rollback(True)
    with transaction.atomic():
        assert take_serial("SW", point, day) == "SW-20261122-001"


@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_database_itself_refuses_to_change_a_signature(clerk, point, change):
    signature = Signature.objects.create(
        record=point, role="接收", signer_name="王芳", means="screen", text="收到", at=clerk.joined_at, by=clerk
    )
    rows = Signature.objects.filter(pk=signature.pk)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        rows.update(text="没收到") if change == "update" else rows.delete()
    assert rows.get().text == "收到"


def guarded_tables() -> set[str]:
    """Tables with the triggers that refuse UPDATE and DELETE."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%_no_UPDATE'")
            updates = {row[0] for row in cursor.fetchall()}
            cursor.execute("SELECT tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%_no_DELETE'")
            return updates & {row[0] for row in cursor.fetchall()}
        cursor.execute(
            "SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
            "WHERE t.tgname = c.relname || '_append_only'"
        )
        return {row[0] for row in cursor.fetchall()}


def test_every_history_table_is_still_append_only_after_all_migrations(db):
    """SQLite makes a table anew for some changes, and its triggers are gone then."""
    histories = {m._meta.db_table for m in apps.get_models() if m.__name__.startswith("Historical")}
    assert histories - guarded_tables() == set()


def test_history_is_closed_to_all_but_a_purge_with_a_permit(point, clerk):
    rows = point.history.all()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        rows.update(name="别名")
    with transaction.atomic():
        permit = PurgePermit.objects.create(by=clerk, reason="测试")
        rows.update(name="别名")
        permit.delete()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        rows.delete()


def test_every_role_exists_after_migration(db):
    assert Group.objects.filter(name="客服员", permissions__codename="add_founditem").count() == 1


def test_search_tokens_hold_bigrams_all_readings_and_hashed_numbers():
    line = tokens(Words(texts=["黑色手机"], names=["单田芳"], numbers=["13812345678"])).split()
    assert {"u9ed18272", "idtf", "istf", "pshantianfang", "t5678"} <= set(line)
    assert "13812345678" not in " ".join(line)


def test_a_rare_character_beyond_the_basic_plane_is_one_token():
    assert question("𬭎") == [["u2cb4e*"]]


def test_same_sound_other_character_is_recognised():
    assert same_sound("杨明静", "杨民敬") is True
    assert same_sound("杨明静", "杨明") is False
    assert same_sound("王芳", "李娜") is False
    assert same_sound("张伟", "章玮") is True


def test_masks_never_show_more_than_the_desk_may_see():
    assert masked("13812345678") == "138****5678"
    assert masked("1234") == "****"
    assert masked_name("欧阳·买买提") == "欧***"
