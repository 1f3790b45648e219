"""Addresses of assets."""

from django.urls import path

from checklists.registers.assets import ASSETS
from checklists.views import assets
from servicedesk.views.registers import register_urls

urlpatterns = [
    *register_urls(ASSETS, detail=assets.AssetDetailView, folder="assets"),
    path("assets/new/", assets.AssetCreateView.as_view(), name="asset_create"),
    path("assets/<int:pk>/edit/", assets.AssetEditView.as_view(), name="asset_edit"),
    path("assets/<int:pk>/away/", assets.AssetAwayView.as_view(), name="asset_away"),
    path("assets/<int:pk>/away/<int:away_pk>/back/", assets.asset_back, name="asset_back"),
    path("assets/<int:pk>/retire/", assets.AssetRetireView.as_view(), name="asset_retire"),
    path("assets/<int:pk>/restore/", assets.asset_restore, name="asset_restore"),
]
