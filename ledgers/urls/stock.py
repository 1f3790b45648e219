"""Addresses of what is lent and given away."""

from django.urls import path

from ledgers.views import stock

STEPS = {
    "edit": stock.ThingEditView, "in": stock.BringInView, "out": stock.TakeOutView, "count": stock.CountView,
}

urlpatterns = [
    path("item/", stock.StockListView.as_view(), name="stockthing_list"),
    path("item/new/<slug:code>/", stock.ThingCreateView.as_view(), name="stockthing_create"),
    path("item/<int:pk>/", stock.StockDetailView.as_view(), name="stockthing_detail"),
    *[path(f"item/<int:pk>/{name}/", view.as_view(), name=f"stockthing_{name}") for name, view in STEPS.items()],
]
