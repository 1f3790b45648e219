"""Addresses of the old diary."""

from dutylog.registers.oldlines import OLD_LOG_LINES
from dutylog.views.oldlines import OldLogLineDetailView
from servicedesk.views.registers import register_urls

# Below the days: there the rail marks where one is.
urlpatterns = register_urls(OLD_LOG_LINES, detail=OldLogLineDetailView, folder="days/old")
