"""Addresses of the lines and their chain of notice."""

from django.urls import path

from dutylog.registers.entries import LOG_ENTRIES
from dutylog.views import chain, entries
from servicedesk.views.registers import register_urls

urlpatterns = [
    *register_urls(LOG_ENTRIES, detail=entries.LogEntryDetailView, folder="log"),
    path("log/new/", entries.EntryCreateView.as_view(), name="logentry_create"),
    path("log/<int:pk>/edit/", entries.EntryEditView.as_view(), name="logentry_edit"),
    path("log/<int:pk>/strike/", entries.EntryStrikeView.as_view(), name="logentry_strike"),
    path("log/<int:pk>/addendum/", entries.EntryAddendumView.as_view(), name="logentry_addendum"),
    path("log/<int:pk>/open-item/", entries.EntryOpenItemView.as_view(), name="logentry_open_item"),
    path("log/<int:pk>/notice/", chain.EntryNoticeView.as_view(), name="logentry_notice"),
    path("notices/<int:pk>/answered/", chain.noticestep_answered, name="noticestep_answered"),
    path("notices/<int:pk>/arrived/", chain.noticestep_arrived, name="noticestep_arrived"),
]
