"""Addresses of the morning briefing."""

from django.urls import path

from dutylog.registers.briefings import BRIEFINGS
from dutylog.views import briefing_reading as reading
from dutylog.views import briefings
from servicedesk.views.registers import register_urls

urlpatterns = [
    *register_urls(BRIEFINGS, detail=reading.BriefingDetailView, folder="briefings"),
    path("briefings/new/", briefings.BriefingCreateView.as_view(), name="briefing_create"),
    path("briefings/<int:pk>/edit/", briefings.BriefingEditView.as_view(), name="briefing_edit"),
    path("briefings/<int:pk>/publish/", briefings.briefing_publish, name="briefing_publish"),
    path("briefings/<int:pk>/opened/", reading.briefing_opened, name="briefing_opened"),
    path("briefings/<int:pk>/sign/", reading.BriefingSignView.as_view(), name="briefing_sign"),
    path("briefings/<int:pk>/close/", briefings.BriefingCloseView.as_view(), name="briefing_close"),
    path("briefings/<int:pk>/note/", briefings.BriefingNoteView.as_view(), name="briefing_note"),
    path("briefings/<int:pk>/compare/", reading.BriefingCompareView.as_view(), name="briefing_compare"),
    path("briefings/tasks/<int:pk>/done/", briefings.briefing_task_done, name="briefing_task_done"),
]
