"""Addresses of the versions."""

from django.urls import path

from surveys.views import versions

urlpatterns = [
    path("versions/", versions.SurveyVersionListView.as_view(), name="surveyversion_list"),
    path("versions/new/", versions.SurveyVersionCreateView.as_view(), name="surveyversion_create"),
]
