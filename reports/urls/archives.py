"""Addresses of the month archive."""

from django.urls import path

from reports.views import archives

urlpatterns = [
    path("archives/", archives.ArchiveListView.as_view(), name="archive_list"),
    path("archives/of/<str:month>/", archives.ArchiveCreateView.as_view(), name="archive_create"),
    path("archives/<int:pk>/", archives.ArchiveDetailView.as_view(), name="archive_detail"),
    path("archives/<int:pk>/<str:kind>/", archives.archive_file, name="archive_file"),
]
