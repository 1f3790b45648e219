"""The roof: mounts the ground floor's pages and every app."""

from django.urls import include, path

from servicedesk.views import search as search_views
from servicedesk.views import start as start_views

urlpatterns = [
    path("", start_views.start, name="start"),
    path("board/", start_views.board, name="start_board"),
    path("search/", search_views.search_page, name="search"),
    path("", include("servicedesk.desk_urls")),
    path("duty/", include("dutylog.urls")),
    path("lost-and-found/", include("lostfound.urls")),
    path("complaints/", include("complaints.urls")),
    path("checks/", include("checklists.urls")),
    path("surveys/", include("surveys.urls")),
    path("ledgers/", include("ledgers.urls")),
    path("reports/", include("reports.urls")),
]
handler403 = "servicedesk.views.failures.forbidden"
handler404 = "servicedesk.views.failures.not_found"
handler500 = "servicedesk.views.failures.server_error"
handler400 = "servicedesk.views.failures.bad_request"
