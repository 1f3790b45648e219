"""A lost report that has ended is put on the list of callbacks, where the setting says so."""

import pytest

from complaints.models import CallbackPlan
from lostfound.services.reports import close_as_found, close_lost_report, reopen_lost_report
from servicedesk.services.preferences import choose

pytestmark = pytest.mark.one_database


def ended(make_report, clerk) -> tuple:
    found, dropped = make_report(), make_report()
    close_as_found(found, by=clerk, fetched_by="王芳", reason="失主自己找到")
    close_lost_report(dropped, by=clerk, reason="不找了")
    return found, dropped


@pytest.mark.parametrize(("wanted", "called"), [("none", []), ("found", [0]), ("ended", [0, 1])])
def test_whose_report_is_called_back_is_the_managers_choice(make_report, clerk, manager, wanted, called):
    choose("lostfound.callback_reports", wanted, manager)
    reports = ended(make_report, clerk)
    plans = CallbackPlan.objects.order_by("pk")
    assert [plan.source for plan in plans] == [reports[place] for place in called]
    assert all(plan.source_kind == "lost_report" and not plan.asks_solved for plan in plans)


def test_a_report_that_ends_twice_is_called_back_once(make_report, clerk, manager):
    choose("lostfound.callback_reports", "ended", manager)
    found, _ = ended(make_report, clerk)
    reopen_lost_report(found, by=clerk, reason="还有一件")
    close_as_found(found, by=clerk, fetched_by="王芳", reason="找到了")
    assert CallbackPlan.objects.filter(source_id=found.pk).count() == 1
