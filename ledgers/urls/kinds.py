"""Addresses of how ledgers are made."""

from django.urls import path

from ledgers.views import kinds

STEPS = {
    "edit": kinds.KindEditView.as_view(), "form": kinds.KindLinesView.as_view(),
    "publish": kinds.KindPublishView.as_view(), "drop": kinds.kind_drop, "switch": kinds.kind_switch,
}

urlpatterns = [
    path("kind/", kinds.KindListView.as_view(), name="kind_list"),
    path("kind/new/", kinds.KindCreateView.as_view(), name="kind_create"),
    path("kind/preset/<slug:code>/", kinds.kind_preset, name="kind_preset"),
    path("kind/<int:pk>/", kinds.KindDetailView.as_view(), name="kind_detail"),
    path("kind/<int:pk>/preview/<slug:which>/", kinds.KindPreviewView.as_view(), name="kind_preview"),
    *[path(f"kind/<int:pk>/{name}/", view, name=f"kind_{name}") for name, view in STEPS.items()],
]
