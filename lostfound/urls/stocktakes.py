"""Addresses of the counts of valuables."""

from django.urls import path

from lostfound.registers.stocktakes import STOCK_TAKES
from lostfound.views import stocktakes
from servicedesk.views.registers import register_urls

urlpatterns = [
    *register_urls(STOCK_TAKES, detail=stocktakes.StockTakeDetailView, folder="stocktakes"),
    path("stocktakes/new/", stocktakes.StockTakeCreateView.as_view(), name="stocktake_create"),
    path("stocktakes/<int:pk>/count/", stocktakes.StockTakeCountView.as_view(), name="stocktake_count"),
    path("stocktakes/<int:pk>/sign/", stocktakes.StockTakeSignView.as_view(), name="stocktake_sign"),
]
