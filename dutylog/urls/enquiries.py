"""Addresses of calls, questions and their counters."""

from django.urls import path

from dutylog.registers.enquiries import ENQUIRIES
from dutylog.views import enquiries
from servicedesk.views.registers import register_urls

STEPS = {
    "edit": enquiries.EnquiryEditView, "answer": enquiries.EnquiryAnswerView, "relay": enquiries.EnquiryRelayView,
    "void": enquiries.EnquiryVoidView, "reveal": enquiries.EnquiryRevealView,
}

urlpatterns = [
    *register_urls(
        ENQUIRIES, detail=enquiries.EnquiryDetailView, folder="enquiries", listing=enquiries.EnquiryListView
    ),
    path("enquiries/new/", enquiries.EnquiryCreateView.as_view(), name="enquiry_create"),
    path("enquiries/hints/", enquiries.enquiry_hints, name="enquiry_hints"),
    path("enquiries/count/", enquiries.enquiry_count, name="enquiry_count"),
    path("enquiries/take-back/", enquiries.enquiry_take_back, name="enquiry_take_back"),
    *[
        path(f"enquiries/<int:pk>/{name}/", view.as_view(), name=f"enquiry_{name}") for name, view in STEPS.items()
    ],
]
