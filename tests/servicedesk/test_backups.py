"""A backup holds everything, and comes back whole or not at all."""

import json
import sqlite3
import tarfile
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.conf import settings as project
from django.core.management import CommandError, call_command
from django.db import connection

from servicedesk.errors import (
    BackupDamaged,
    BackupExists,
    BackupFromNewerProgram,
    BackupKeysDiffer,
    BackupOfOtherDatabase,
    BackupUnreadable,
    PlaceNotEmpty,
)
from servicedesk.models import User
from servicedesk.services import database_copies
from servicedesk.services.backups import make_backup
from servicedesk.services.restores import restore_backup

PHOTO = Path("photos/2026/11/one.jpg")


@pytest.fixture
def photo() -> Path:
    """A photo in the data folder of this test."""
    path = project.DESK_DATA / PHOTO
    path.parent.mkdir(parents=True)
    path.write_bytes(b"a photo")
    return path


@pytest.fixture
def backup(tmp_path_factory, monkeypatch, photo, db) -> Path:
    """A finished backup of one photo; the database is stood for by a small file."""
    monkeypatch.setattr(database_copies, "write_copy", lambda target: target.write_bytes(b"a database"))
    target = tmp_path_factory.mktemp("stick") / "desk.tar"
    make_backup(target)
    return target


@pytest.fixture
def put_back(monkeypatch) -> list[bytes]:
    """What was put in the place of the database."""
    received: list[bytes] = []
    monkeypatch.setattr(database_copies, "read_copy", lambda source: received.append(source.read_bytes()))
    return received


def rewrite(backup: Path, change) -> None:
    """Make the backup anew with members that `change(name, content)` returns; None leaves one out."""
    with tarfile.open(backup) as archive:
        members = {entry.name: archive.extractfile(entry).read() for entry in archive}
    with tarfile.open(backup, "w") as archive:
        for name, content in members.items():
            changed = change(name, content)
            if changed is not None:
                entry = tarfile.TarInfo(name)
                entry.size = len(changed)
                archive.addfile(entry, BytesIO(changed))


def rewrite_manifest(backup: Path, **changes) -> None:
    rewrite(
        backup,
        lambda name, content: json.dumps(json.loads(content) | changes).encode()
        if name == "manifest.json" else content,
    )


def test_a_backup_names_each_file_with_its_checksum(backup, db):
    with tarfile.open(backup) as archive:
        names = archive.getnames()
        manifest = json.load(archive.extractfile("manifest.json"))
    assert sorted(names) == sorted([*manifest["files"], "manifest.json"])
    assert str(PHOTO) in manifest["files"]
    assert database_copies.copy_name() in manifest["files"]


def test_only_its_owner_can_read_a_backup(backup, db):
    assert backup.stat().st_mode & 0o777 == 0o600


def test_a_backup_does_not_hold_the_keys_of_the_environment(backup, db):
    assert project.SECRET_KEY.encode() not in backup.read_bytes()


def test_a_photo_that_is_still_being_written_is_left_out(tmp_path, photo, monkeypatch, db):
    monkeypatch.setattr(database_copies, "write_copy", lambda target: target.write_bytes(b"a database"))
    photo.with_suffix(".part").write_bytes(b"half")
    manifest = make_backup(tmp_path / "desk.tar")
    assert set(manifest["files"]) == {str(PHOTO), database_copies.copy_name()}


def test_a_backup_never_replaces_another(backup, db):
    before = backup.read_bytes()
    with pytest.raises(BackupExists):
        make_backup(backup)
    assert backup.read_bytes() == before
    assert list(backup.parent.iterdir()) == [backup]


def test_a_backup_that_fails_leaves_nothing_behind(tmp_path, monkeypatch, db):
    def fail(target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(database_copies, "write_copy", fail)
    stick = tmp_path / "stick"
    stick.mkdir()
    with pytest.raises(CommandError, match="No space left on device"):
        call_command("backup", str(stick / "desk.tar"))
    assert list(stick.iterdir()) == []


def test_restoring_brings_database_and_photos_back(backup, photo, put_back, db):
    photo.unlink()
    restore_backup(backup)
    assert put_back == [b"a database"]
    assert photo.read_bytes() == b"a photo"


def test_restoring_where_photos_are_is_refused(backup, put_back, db):
    with pytest.raises(PlaceNotEmpty, match="photos/"):
        restore_backup(backup)
    assert put_back == []


def test_restoring_where_people_are_is_refused(backup, photo, put_back, clerk):
    photo.unlink()
    with pytest.raises(PlaceNotEmpty, match="数据库"):
        restore_backup(backup)
    assert put_back == []


def test_with_force_what_was_there_stays_beside_it(backup, photo, put_back, clerk):
    photo.write_bytes(b"a later photo")
    restore_backup(backup, force=True)
    assert photo.read_bytes() == b"a photo"
    assert (project.DESK_DATA / "photos.replaced" / PHOTO.relative_to("photos")).read_bytes() == b"a later photo"


@pytest.mark.parametrize(
    "change",
    [
        lambda name, content: content + b"!" if name == str(PHOTO) else content,
        lambda name, content: None if name == str(PHOTO) else content,
        lambda name, content: b"another" if name.startswith("database.") else content,
    ],
    ids=["photo changed", "photo missing", "database changed"],
)
def test_a_damaged_backup_changes_nothing(backup, photo, put_back, change, db):
    photo.unlink()
    rewrite(backup, change)
    with pytest.raises(BackupDamaged):
        restore_backup(backup)
    assert put_back == []
    assert not photo.exists()


def test_a_file_that_the_manifest_does_not_name_is_refused(backup, put_back, db):
    with tarfile.open(backup, "a") as archive:
        entry = tarfile.TarInfo("keys/strange")
        archive.addfile(entry, BytesIO(b""))
    with pytest.raises(BackupDamaged, match="keys/strange"):
        restore_backup(backup, force=True)
    assert put_back == []


@pytest.mark.parametrize("name", ["../escaped", "photos/../../escaped", "/escaped", "escaped"])
def test_a_backup_cannot_write_outside_its_place(backup, put_back, name, db):
    with tarfile.open(backup, "a") as archive:
        entry = tarfile.TarInfo(name)
        entry.size = 1
        archive.addfile(entry, BytesIO(b"x"))
    with pytest.raises(BackupUnreadable):
        restore_backup(backup, force=True)
    assert put_back == []
    assert not (project.DESK_DATA / "escaped").exists()


def test_a_link_inside_a_backup_is_refused(backup, put_back, db):
    with tarfile.open(backup, "a") as archive:
        entry = tarfile.TarInfo("photos/link")
        entry.type, entry.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(entry)
    with pytest.raises(BackupUnreadable):
        restore_backup(backup, force=True)
    assert put_back == []


@pytest.mark.parametrize("content", [b"", b"no archive", b"\x00" * 10240], ids=["empty", "text", "zeros"])
def test_a_file_that_is_no_backup_is_refused(tmp_path, put_back, content, db):
    strange = tmp_path / "strange.tar"
    strange.write_bytes(content)
    with pytest.raises(BackupUnreadable):
        restore_backup(strange)
    assert put_back == []


def test_a_backup_of_another_kind_of_database_is_refused(backup, put_back, db):
    rewrite_manifest(backup, engine="oracle")
    with pytest.raises(BackupOfOtherDatabase, match="oracle"):
        restore_backup(backup, force=True)
    assert put_back == []


def test_a_backup_of_a_newer_program_is_refused(backup, put_back, db):
    rewrite_manifest(backup, migrations=["servicedesk.9999_from_the_future"])
    with pytest.raises(BackupFromNewerProgram, match="9999_from_the_future"):
        restore_backup(backup, force=True)
    assert put_back == []


def test_a_backup_made_with_other_keys_than_the_environment_holds_is_refused(
    backup, put_back, monkeypatch, settings, db
):
    monkeypatch.setenv("DESK_FIELD_KEY", "another")
    settings.DESK_FIELD_KEY = "another"
    with pytest.raises(BackupKeysDiffer, match="DESK_FIELD_KEY"):
        restore_backup(backup, force=True)
    assert put_back == []


def test_the_command_tells_a_refusal_in_one_sentence(backup, clerk):
    with pytest.raises(CommandError, match=r"^这里已有数据"):
        call_command("restore", str(backup))


def test_the_command_says_what_it_kept(tmp_path, db, monkeypatch, photo):
    monkeypatch.setattr(database_copies, "write_copy", lambda target: target.write_bytes(b"a database"))
    said = StringIO()
    call_command("backup", str(tmp_path / "desk.tar"), stdout=said)
    assert "已备份 2 个文件" in said.getvalue()


@pytest.mark.django_db(transaction=True)
def test_the_copy_of_the_database_holds_its_rows(tmp_path, clerk):
    copy = tmp_path / database_copies.copy_name()
    database_copies.write_copy(copy)
    if connection.vendor == "sqlite":
        names = [row[0] for row in sqlite3.connect(copy).execute("SELECT name FROM servicedesk_user")]
        assert names == list(User.objects.values_list("name", flat=True))
    else:
        assert copy.read_bytes().startswith(b"PGDMP")
