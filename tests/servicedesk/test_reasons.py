"""A reason that comes with a single button."""

import pytest
from django.test import RequestFactory
from django.urls import reverse

from servicedesk.models import ExportLog
from servicedesk.views.reasons import reason_of


@pytest.mark.parametrize(("typed", "kept"), [
    ("月底对账", "月底对账"), (" a\x00b ", "ab"), ("\ud800x\udfff", "x"), ("\x00", ""), ("", ""),
])
def test_what_no_database_stores_is_left_out(typed, kept):
    request = RequestFactory().post("/")
    request.POST = {"reason": typed}
    assert reason_of(request) == kept


def test_a_full_workbook_is_noted_with_a_reason_that_held_a_nul(as_user, manager, point):
    answer = as_user(manager).post(reverse("lostfound:founditem_export"), {"reason": "对\x00账"})
    assert answer.status_code == 200
    assert ExportLog.objects.get().reason == "对账"
