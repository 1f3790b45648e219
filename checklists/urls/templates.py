"""Addresses of templates."""

from django.urls import path

from checklists.views import templates

urlpatterns = [
    path("templates/", templates.RoundTemplateListView.as_view(), name="roundtemplate_list"),
    path("templates/new/", templates.RoundTemplateCreateView.as_view(), name="roundtemplate_create"),
    path("templates/<int:pk>/", templates.RoundTemplateDetailView.as_view(), name="roundtemplate_detail"),
    path("templates/<int:pk>/edit/", templates.RoundTemplateEditView.as_view(), name="roundtemplate_edit"),
]
