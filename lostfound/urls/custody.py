"""Addresses of custody."""

from django.urls import path

from lostfound.views import custody

urlpatterns = [
    path("custody/", custody.inbox, name="custody_inbox"),
    path("custody/<int:pk>/accept/", custody.offer_accept, name="offer_accept"),
    path("custody/<int:pk>/refuse/", custody.RefuseOfferView.as_view(), name="offer_refuse"),
    path("custody/<int:pk>/withdraw/", custody.offer_withdraw, name="offer_withdraw"),
    path("items/store/", custody.StoreManyView.as_view(), name="founditem_store_many"),
    path("items/<int:pk>/hand-over/", custody.HandOverView.as_view(), name="founditem_hand_over"),
    path("items/<int:pk>/store/", custody.StoreView.as_view(), name="founditem_store"),
    path("items/<int:pk>/moves/<int:move>/correct/", custody.CorrectMoveView.as_view(), name="founditem_correct"),
]
