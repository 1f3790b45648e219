"""Addresses of entries: over all ledgers, one's own, and below the code of each ledger."""

from django.urls import path

from ledgers.registers.books import ALL
from ledgers.views import books, entries, steps
from servicedesk.views.registers import register_urls

STEPS = {
    "edit": entries.EntryEditView.as_view(), "finish": steps.FinishView.as_view(), "read": steps.ReadView.as_view(),
    "end": steps.EndView.as_view(), "return": steps.ReturnView.as_view(), "close": steps.CloseView.as_view(),
    "give": steps.GiveView.as_view(), "handover": steps.HandOverBagView.as_view(), "void": steps.VoidView.as_view(),
    "tell": steps.entry_tell, "begin": steps.entry_begin, "leave": steps.entry_leave,
}

urlpatterns = [
    *register_urls(ALL, detail=entries.EntryDetailView, folder="all"),
    path("my/<int:pk>/", entries.OwnEntryView.as_view(), name="entry_own"),
    path("my/<int:pk>/number/", entries.entry_own_reveal, name="entry_own_reveal"),
    path("my/<int:pk>/know/", entries.entry_know, name="entry_know"),
    path("<slug:code>/", books.EntryListView.as_view(), name="entry_list"),
    path("<slug:code>/export/", books.EntryExportView.as_view(), name="entry_export"),
    path("<slug:code>/bulk/", books.EntryBulkView.as_view(), name="entry_bulk"),
    path("<slug:code>/new/", entries.EntryCreateView.as_view(), name="entry_create"),
    path("<slug:code>/slip/", steps.SlipView.as_view(), name="entry_slip"),
    path("<slug:code>/<int:pk>/", entries.OneEntryDetailView.as_view(), name="entry_detail"),
    path("<slug:code>/<int:pk>/reveal/<slug:key>/", steps.EntryRevealView.as_view(), name="entry_reveal"),
    *[path(f"<slug:code>/<int:pk>/{name}/", view, name=f"entry_{name}") for name, view in STEPS.items()],
]
