"""3.15 on paper: one sheet, filled or blank, with who signed and when; longer when there is more."""

import datetime as dt
import io
import re
import subprocess

import pikepdf
import pytest
from django.urls import reverse

from dutylog.models import Briefing
from dutylog.services.briefings import publish_briefing
from servicedesk.choices import Role
from tests.dutylog.briefings.conftest import TODAY, local

pytestmark = pytest.mark.one_database


def words(as_user, person, query: str) -> tuple[str, int]:
    """The printed text without spaces, and the number of pages."""
    pdf = as_user(person).get(f"{reverse('paper_pdf', args=['3.15'])}{query}").content
    text = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True).stdout
    return re.sub(r"\s+", "", text.decode()), len(pikepdf.open(io.BytesIO(pdf)).pages)


def test_the_page_prints_on_one_sheet_with_who_signed_and_when(as_user, published, team, clock, signs):
    clock.move_to(local("07:52"))
    signs(published, team[0])
    clock.move_to(local("07:20", TODAY + dt.timedelta(days=1)))
    signs(published, team[5])
    text, pages = words(as_user, team[0], f"?id={published.pk}")
    assert pages == 1
    for part in (
        "KF-JJ", "JJ-20261124", "2026年11月24日", "星期二", "07:40–07:50", "6/5", "李六(轮休)", "《大客流预案》",
        "☑着装工卡", "□仪容", "(密码确认)11-2407:52", "补阅2026-11-2507:20",
    ):
        assert part in text, part


def test_a_large_audience_goes_on_over_further_sheets(as_user, draft, team, make_person):
    for place in range(70):
        make_person(f"4{place:03d}", f"周甲{place:02d}", Role.CLERK)
    publish_briefing(draft, by=team[0])
    text, pages = words(as_user, team[0], f"?id={draft.pk}")
    assert pages >= 2
    assert text.count("周甲") == 70


def test_the_blank_page_has_room_to_write(as_user, team):
    text, pages = words(as_user, team[0], "")
    assert pages == 1
    assert text.count("姓名/签字/时间") == 12
    assert "早会时间" in text


def test_long_texts_are_carried_to_a_further_sheet_whole(as_user, draft, team):
    long = "昨日客流平稳。" * 300
    Briefing.objects.filter(pk=draft.pk).update(yesterday=long)
    publish_briefing(Briefing.objects.get(pk=draft.pk), by=team[0])
    text, pages = words(as_user, team[0], f"?id={draft.pk}")
    assert pages >= 2
    assert text.count("昨日客流平稳。") >= 300
