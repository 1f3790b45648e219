"""Addresses of found items."""

from django.urls import path, re_path

from lostfound.choices import IntakeKind
from lostfound.registers.items import FOUND_ITEMS
from lostfound.views import item_steps as steps
from lostfound.views.items import FindCreateView, FindEditView, FoundItemDetailView, hints
from servicedesk.views.registers import register_urls

urlpatterns = [
    *register_urls(FOUND_ITEMS, detail=FoundItemDetailView, folder="items"),
    path("items/new/", FindCreateView.as_view(), name="founditem_create"),
    path("items/new/staff/", FindCreateView.as_view(kind=IntakeKind.STAFF), name="founditem_create_staff"),
    path("items/new/on-spot/", FindCreateView.as_view(kind=IntakeKind.ON_SPOT), name="founditem_create_on_spot"),
    path("items/hints/", hints, name="founditem_hints"),
    path("items/<int:pk>/edit/", FindEditView.as_view(), name="founditem_edit"),
    path("items/<int:pk>/accept/", steps.AcceptFieldView.as_view(), name="founditem_accept"),
    path("items/<int:pk>/file/", steps.FileOnSpotView.as_view(), name="founditem_file"),
    path("items/<int:pk>/return-on-spot/", steps.ReturnOnSpotView.as_view(), name="founditem_return_on_spot"),
    path("items/<int:pk>/hold/", steps.HoldView.as_view(), name="founditem_hold"),
    path("items/<int:pk>/unhold/", steps.UnholdView.as_view(), name="founditem_unhold"),
    path("items/<int:pk>/void/", steps.VoidView.as_view(), name="founditem_void"),
    path("items/<int:pk>/police/", steps.PoliceView.as_view(), name="founditem_police"),
    path("items/<int:pk>/photos/", steps.PhotosView.as_view(), name="founditem_photos"),
    path("items/<int:pk>/contact/", steps.ItemContactView.as_view(), name="founditem_contact"),
    path("items/<int:pk>/slip/", steps.slip_hand, name="slip_hand"),
    re_path(
        r"^items/(?P<pk>\d{1,18})/reveal/(?P<field>finder_phone|number_on_item|secret_marks)/$",
        steps.RevealView.as_view(), name="founditem_reveal",
    ),
]
