"""Addresses that stand open to visitors; short, for they stand in a QR code."""

from django.urls import path

from surveys.views import answering

urlpatterns = [
    path("q/<slug:code>/", answering.SurveyAnswerView.as_view(), name="survey_answer"),
    path("q/<slug:code>/start/", answering.SurveyStartView.as_view(), name="survey_start"),
    path("q/<slug:code>/thanks/<uuid:key>/", answering.SurveyThanksView.as_view(), name="survey_thanks"),
]
