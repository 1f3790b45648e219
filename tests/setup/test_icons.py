"""Every icon that is named somewhere is among those kept in the sheet."""

import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.one_database

ROOT = Path(__file__).resolve().parents[2]
SHEET = ROOT / "static" / "vendor" / "bootstrap-icons" / "bootstrap-icons.min.css"
IN_TEMPLATE = re.compile(r"\bbi-([a-z0-9-]+)(?![a-z0-9-{])")
IN_CODE = re.compile(r'icon="([a-z0-9-]+)"|"icon": "([a-z0-9-]+)"|Tone\.[A-Z]+, "([a-z0-9-]+)"')
OWN_CLASSES = {"big"}


def kept() -> set[str]:
    return set(re.findall(r"\.bi-([a-z0-9-]+)::before", SHEET.read_text(encoding="utf-8")))


def named() -> set[str]:
    templates = [p.read_text(encoding="utf-8") for p in (ROOT / "templates").rglob("*.html")]
    houses = {"servicedesk", "dutylog", "lostfound", "complaints", "checklists"}
    apps = [p for p in ROOT.glob("*/*") if p.parent.name in houses]
    sources = [p for app in apps for p in ([app] if app.suffix == ".py" else app.rglob("*.py"))]
    code = [match for p in sources for match in IN_CODE.findall(p.read_text(encoding="utf-8"))]
    found = {name for text in templates for name in IN_TEMPLATE.findall(text) if not name.endswith("-")}
    return (found | {name for groups in code for name in groups if name}) - OWN_CLASSES


@pytest.mark.parametrize("name", sorted(named()))
def test_a_named_icon_is_kept_in_the_sheet(name):
    assert name in kept()
