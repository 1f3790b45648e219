"""The files of others are those that were checked in, and load nothing from elsewhere."""

import hashlib
import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.one_database

ROOT = Path(__file__).resolve().parents[2]
LIST = ROOT / "static" / "vendor" / "VENDOR.md"
ROW = re.compile(r"\| `(?P<path>[^`]+)` \| `(?P<sha256>[0-9a-f]{64})` \|")


def listed_files():
    return {row["path"]: row["sha256"] for row in ROW.finditer(LIST.read_text(encoding="utf-8"))}


def kept_files():
    folders = [ROOT / "static" / "vendor", ROOT / "tests" / "vendor"]
    found = {path for folder in folders for path in folder.rglob("*") if path.is_file()}
    return {str(path.relative_to(ROOT)) for path in found - {LIST}}


def test_the_list_names_every_file_that_is_kept():
    assert set(listed_files()) == kept_files()


@pytest.mark.parametrize(("path", "sha256"), sorted(listed_files().items()))
def test_a_kept_file_has_the_listed_checksum(path, sha256):
    assert hashlib.sha256((ROOT / path).read_bytes()).hexdigest() == sha256


@pytest.mark.parametrize("path", sorted(path for path in listed_files() if path.endswith(".css")))
def test_a_kept_sheet_loads_nothing_from_another_host(path):
    addresses = re.findall(r"url\(\"?([^)\"]+)", (ROOT / path).read_text(encoding="utf-8"))
    outside = [address for address in addresses if "//" in address and not address.startswith("data:")]
    assert outside == []


@pytest.mark.parametrize("path", sorted(path for path in listed_files() if path.endswith((".css", ".js"))))
def test_a_kept_file_points_to_no_source_map(path):
    assert "sourceMappingURL=" not in (ROOT / path).read_text(encoding="utf-8")
