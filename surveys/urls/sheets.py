"""Addresses of sheets and batches."""

from django.urls import path

from servicedesk.views.registers import register_urls
from surveys.registers.batches import BATCHES
from surveys.registers.sheets import SHEETS
from surveys.views import batches, sheets

urlpatterns = [
    *register_urls(SHEETS, detail=sheets.SurveySheetDetailView, folder="sheets"),
    path("sheets/new/", sheets.SheetCreateView.as_view(), name="surveysheet_create"),
    path("sheets/<int:pk>/pass-on/", sheets.surveysheet_pass_on, name="surveysheet_pass_on"),
    path("sheets/<int:pk>/drop/", sheets.SheetDropView.as_view(), name="surveysheet_drop"),
    path("sheets/<int:pk>/void/", sheets.SheetVoidView.as_view(), name="surveysheet_void"),
    path("sheets/<int:pk>/reveal/", sheets.SheetRevealView.as_view(), name="surveysheet_reveal"),
    *register_urls(BATCHES, detail=batches.SurveyBatchDetailView, folder="batches"),
    path("batches/new/", batches.BatchCreateView.as_view(), name="surveybatch_create"),
]
