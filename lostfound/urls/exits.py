"""Addresses of notices and batches."""

from django.urls import path

from lostfound.choices import BatchKind
from lostfound.registers.exits import BATCHES, NOTICES
from lostfound.views import batches, handing, notices
from servicedesk.views.registers import register_urls

urlpatterns = [
    *register_urls(NOTICES, detail=notices.NoticeDetailView, folder="notices"),
    path("notices/new/", notices.NoticeCreateView.as_view(), name="notice_create"),
    path("notices/<int:pk>/edit/", notices.NoticeEditView.as_view(), name="notice_edit"),
    path("notices/<int:pk>/publish/", notices.notice_publish, name="notice_publish"),
    path("notices/<int:pk>/withdraw/", notices.NoticeWithdrawView.as_view(), name="notice_withdraw"),
    *register_urls(BATCHES, detail=batches.BatchDetailView, folder="batches"),
    path("batches/new/", batches.BatchCreateView.as_view(), name="batch_create"),
    path(
        "batches/new/police/", batches.BatchCreateView.as_view(kind=BatchKind.POLICE), name="batch_create_police"
    ),
    path(
        "batches/new/disposal/", batches.BatchCreateView.as_view(kind=BatchKind.DISPOSAL),
        name="batch_create_disposal",
    ),
    path("batches/<int:pk>/review/", batches.batch_review, name="batch_review"),
    path("batches/<int:pk>/approve/", batches.batch_approve, name="batch_approve"),
    path("batches/<int:pk>/cancel/", batches.BatchCancelView.as_view(), name="batch_cancel"),
    path("batches/<int:pk>/execute/", handing.BatchExecuteView.as_view(), name="batch_execute"),
    path("batches/<int:pk>/close/", handing.BatchCloseView.as_view(), name="batch_close"),
    path("batches/<int:pk>/lines/<int:line>/drop/", batches.LineDropView.as_view(), name="batchline_drop"),
    path(
        "batches/<int:pk>/lines/<int:line>/reverse/", handing.LineReverseView.as_view(), name="batchline_reverse"
    ),
]
