"""Addresses of the ground floor below the root: people, places, settings, drafts, evidence, paper."""

from django.urls import path

from servicedesk.views import drafts, photos, session

urlpatterns = [
    path("signin/", session.signin, name="signin"),
    path("signout/", session.signout, name="signout"),
    path("drafts/<path:key>/", drafts.draft, name="draft"),
    path("photos/<int:pk>/<str:size>/", photos.photo, name="photo"),
]
