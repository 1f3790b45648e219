"""Addresses of claims."""

from django.urls import path, re_path

from lostfound.registers.claims import CLAIMS
from lostfound.views import claim_steps as steps
from lostfound.views.claims import ClaimDetailView, ClaimOpenView, claim_look
from servicedesk.views.registers import register_urls

SEALED = "phone|document_number|delegate_phone|delegate_document_number|guardian_document_number"

urlpatterns = [
    *register_urls(CLAIMS, detail=ClaimDetailView, folder="claims"),
    path("items/<int:pk>/claim/", ClaimOpenView.as_view(), name="claim_open"),
    path("claims/<int:pk>/say/", steps.SayView.as_view(), name="claim_say"),
    path("claims/<int:pk>/document/", steps.DocumentView.as_view(), name="claim_document"),
    path("claims/<int:pk>/open/", steps.OpenForViewView.as_view(), name="claim_open_for_view"),
    path("claims/<int:pk>/look/", claim_look, name="claim_look"),
    path("claims/<int:pk>/judge/", steps.JudgeView.as_view(), name="claim_judge"),
    path("claims/<int:pk>/release/", steps.ReleaseView.as_view(), name="claim_release"),
    path("claims/<int:pk>/owner/", steps.OwnerComesView.as_view(), name="claim_owner_comes"),
    path("claims/<int:pk>/correct/", steps.CorrectNameView.as_view(), name="claim_correct_name"),
    path("claims/<int:pk>/certify/", steps.CertifyView.as_view(), name="claim_certify"),
    path("claims/<int:pk>/reject/", steps.RejectView.as_view(), name="claim_reject"),
    path("claims/<int:pk>/withdraw/", steps.WithdrawView.as_view(), name="claim_withdraw"),
    path("claims/<int:pk>/escalate/", steps.EscalateView.as_view(), name="claim_escalate"),
    path("claims/<int:pk>/decide/", steps.DecideView.as_view(), name="claim_decide"),
    re_path(
        rf"^claims/(?P<pk>\d{{1,18}})/reveal/(?P<field>{SEALED})/$", steps.RevealClaimView.as_view(),
        name="claim_reveal",
    ),
]
