"""回访: a lost report that has ended is put on the list of those to be called, where the setting says so."""

from typing import Any

from dutylog.intakes import IntakeFacts, take_in
from lostfound.choices import ReportState
from lostfound.models import LostReport
from servicedesk.services import preferences

NONE, FOUND, ENDED = "none", "found", "ended"


def ask_for_call(report: LostReport, *, by: Any) -> Any:
    """In the transaction in which it ends; what was planned, None where nothing is."""
    wanted = preferences.value("lostfound.callback_reports")
    is_wanted = wanted == ENDED or (wanted == FOUND and report.state == ReportState.FOUND)
    if not is_wanted or not report.phone:
        return None
    return take_in("callback", IntakeFacts(
        words=f"{report.get_state_display()}:{report.described}", received_at=report.created_at, source=report,
        source_text=report.number, visitor_name=report.owner_name, phone=report.phone,
    ), by=by, point=report.service_point)
