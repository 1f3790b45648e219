"""Addresses of the import of old ledgers."""

from django.urls import path

from reports.views import oldbooks

urlpatterns = [
    path("old/", oldbooks.OldBookListView.as_view(), name="oldbook_list"),
    path("old/of/<slug:book>/", oldbooks.OldBookCreateView.as_view(), name="oldbook_create"),
    path("old/of/<slug:book>/template/", oldbooks.oldbook_template, name="oldbook_template"),
    path("old/<int:pk>/", oldbooks.OldBookDetailView.as_view(), name="oldbook_detail"),
    path("old/<int:pk>/errors/", oldbooks.oldbook_errors, name="oldbook_errors"),
    path("old/<int:pk>/confirm/", oldbooks.oldbook_confirm, name="oldbook_confirm"),
    path("old/<int:pk>/drop/", oldbooks.oldbook_drop, name="oldbook_drop"),
    path("old/<int:pk>/undo/", oldbooks.oldbook_undo, name="oldbook_undo"),
]
