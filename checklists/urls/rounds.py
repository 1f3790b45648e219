"""Addresses of rounds."""

from django.urls import path

from checklists.registers.rounds import ROUNDS
from checklists.views import rounds, walks
from servicedesk.views.registers import register_urls

urlpatterns = [
    *register_urls(ROUNDS, detail=rounds.RoundDetailView, folder="rounds"),
    path("day/", rounds.round_day, name="round_day"),
    path("rounds/start/<int:template_pk>/", rounds.round_start, name="round_start"),
    path("rounds/missed/<int:template_pk>/<str:on>/", rounds.RoundExcuseView.as_view(), name="round_excuse"),
    path("rounds/<int:pk>/walk/", walks.RoundWalkView.as_view(), name="round_walk"),
    path("rounds/<int:pk>/walk/<int:line_pk>/", walks.round_line, name="round_line"),
    path("rounds/<int:pk>/person/", walks.RoundJoinView.as_view(), name="round_join"),
    path("rounds/<int:pk>/review/", rounds.round_review, name="round_review"),
]
