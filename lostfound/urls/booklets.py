"""Addresses of the pre-numbered booklets."""

from django.urls import path

from lostfound.views import booklets

urlpatterns = [
    path("booklets/", booklets.BookletListView.as_view(), name="booklet_list"),
    path("booklets/issue/", booklets.BookletIssueView.as_view(), name="booklet_issue"),
    path("booklets/<int:pk>/", booklets.BookletDetailView.as_view(), name="booklet_detail"),
    path("booklets/<int:pk>/return/", booklets.booklet_return, name="booklet_return"),
    path("booklets/<int:pk>/void-blank/", booklets.BlankSheetsVoidView.as_view(), name="booklet_void_blank"),
    path("booklets/sheets/<int:pk>/void/", booklets.SheetVoidView.as_view(), name="sheet_void"),
    path("booklets/sheets/<int:pk>/missing/", booklets.SheetMissingView.as_view(), name="sheet_missing"),
]
