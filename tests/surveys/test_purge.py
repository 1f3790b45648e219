"""What of a visitor is forgotten, when, and what of the answer stays."""

import datetime as dt

from django.utils import timezone

from dutylog import intakes
from servicedesk.services.purging import purge
from surveys import personal
from surveys.models import SurveyAnswer, SurveySheet
from tests.surveys.conftest import PHONE, angry


def test_name_and_phone_go_and_the_scores_stay(enter, scan, manager, time_machine):
    sheet = enter(angry(origin=f"上海 {PHONE}"))
    anonymous = scan()
    time_machine.move_to(timezone.now() + dt.timedelta(days=400))
    purge(by=manager, reason="到期")
    sheet.refresh_from_db()
    assert (sheet.phone, sheet.phone_tail, sheet.visitor_name) == ("", "", "(已清除)")
    assert PHONE not in sheet.origin
    assert SurveyAnswer.objects.filter(sheet=sheet).count() == 16
    assert SurveySheet.objects.get(pk=anonymous.pk).anonymised_at is None


def test_what_still_waits_is_kept(enter, time_machine, monkeypatch):
    monkeypatch.setattr(intakes, "_intakes", {})
    sheet = enter(angry())
    time_machine.move_to(timezone.now() + dt.timedelta(days=400))
    assert sheet not in personal.SHEETS.due(timezone.now())
    assert sheet in personal.SHEETS.kept_back(timezone.now())


def test_a_new_column_of_words_is_either_purged_or_named_here_as_harmless():
    own = personal.SHEETS.tables[0]
    words = {
        field.name for field in own.model._meta.concrete_fields
        if field.get_internal_type() in ("CharField", "TextField") and field.editable
    }
    assert words - {*own.marked, *own.emptied, *own.scrubbed} == {
        "state", "channel", "language", "party", "sex", "age_band", "visits", "transport", "care", "passed_number",
    }
