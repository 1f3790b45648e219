"""Addresses of what keeps coming. A suggestion is known by the number of any of its cases."""

from django.urls import path

from complaints.views import rectifications

urlpatterns = [
    path("rectifications/", rectifications.rectification_list, name="rectification_list"),
    path("rectifications/<str:number>/make/", rectifications.rectification_make, name="rectification_make"),
    path(
        "rectifications/<str:number>/dismiss/", rectifications.DismissView.as_view(), name="rectification_dismiss"
    ),
]
