"""Addresses of the ground floor below the root: people, places, settings, drafts, evidence, paper."""

from django.urls import path

from servicedesk.views import drafts, papers, photos, session, wordings

urlpatterns = [
    path("signin/", session.SignInView.as_view(), name="signin"),
    path("signout/", session.signout, name="signout"),
    path("lock/", session.lock, name="lock"),
    path("unlock/", session.unlock, name="unlock"),
    path("switch/", session.SwitchPersonView.as_view(), name="switch_person"),
    path("my/password/", session.PasswordChangeView.as_view(), name="password_change"),
    path("my/look/", session.preferences, name="preferences"),
    path("my/point/", session.point_switch, name="point_switch"),
    path("drafts/<path:key>/", drafts.draft, name="draft"),
    path("photos/<int:pk>/<str:size>/", photos.photo, name="photo"),
    path("papers/wording/", wordings.PaperWordingListView.as_view(), name="paper_wordings"),
    path("papers/wording/<str:key>/", wordings.PaperWordingView.as_view(), name="paper_wording"),
    path("papers/<str:key>/", papers.PaperScreenView.as_view(), name="paper"),
    path("papers/<str:key>/pdf/", papers.PaperPreviewPdfView.as_view(), name="paper_pdf"),
    path("papers/<str:key>/print/", papers.PaperPrintView.as_view(), name="paper_print"),
]
