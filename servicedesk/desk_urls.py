"""Addresses of the ground floor below the root: people, places, settings, drafts, evidence, paper."""

from django.urls import path

from servicedesk.views import drafts, papers, people, photos, places, purging, session, settings, wordings

urlpatterns = [
    path("signin/", session.SignInView.as_view(), name="signin"),
    path("signout/", session.signout, name="signout"),
    path("lock/", session.lock, name="lock"),
    path("unlock/", session.unlock, name="unlock"),
    path("switch/", session.SwitchPersonView.as_view(), name="switch_person"),
    path("my/password/", session.PasswordChangeView.as_view(), name="password_change"),
    path("my/look/", session.preferences, name="preferences"),
    path("my/point/", session.point_switch, name="point_switch"),
    *places.urlpatterns,
    path("people/<int:pk>/close/", people.PersonCloseView.as_view(), name="person_close"),
    path("people/<int:pk>/open/", people.person_open, name="person_open"),
    path("people/<int:pk>/unlock/", people.person_unlock, name="person_unlock"),
    path("people/<int:pk>/password/", people.person_password, name="person_password"),
    path("settings/", settings.SettingsView.as_view(), name="settings"),
    path("settings/<str:key>/", settings.SettingEditView.as_view(), name="setting_edit"),
    path("settings/<str:key>/default/", settings.setting_default, name="setting_default"),
    path("purge/", purging.PurgeView.as_view(), name="purge"),
    path("purge/run/", purging.PurgeRunView.as_view(), name="purge_run"),
    path("drafts/<path:key>/", drafts.draft, name="draft"),
    path("photos/<int:pk>/<str:size>/", photos.photo, name="photo"),
    path("papers/wording/", wordings.PaperWordingListView.as_view(), name="paper_wordings"),
    path("papers/wording/<str:key>/", wordings.PaperWordingView.as_view(), name="paper_wording"),
    path("papers/<str:key>/", papers.PaperScreenView.as_view(), name="paper"),
    path("papers/<str:key>/pdf/", papers.PaperPreviewPdfView.as_view(), name="paper_pdf"),
    path("papers/<str:key>/print/", papers.PaperPrintView.as_view(), name="paper_print"),
]
