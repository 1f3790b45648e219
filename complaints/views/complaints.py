"""The book of complaints: taking one, putting it right, the record page, what is known while typing."""

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from complaints.choices import HAND_KINDS, Channel
from complaints.forms.complaints import ComplaintForm, initial_of
from complaints.models import Compensation, Complaint
from complaints.registers.complaints import COMPLAINTS
from complaints.services.complaints import edit_complaint, register_complaint
from complaints.services.escalations import owed_by
from complaints.services.incidents import alike_to
from complaints.services.repeats import repeats_of
from complaints.services.terms import clocks_of
from complaints.views.complaint_facts import actions_shown, fact_groups
from complaints.views.complaint_steps import steps_of
from dutylog.models import Enquiry
from dutylog.services.callers import earlier_records
from dutylog.services.chain import steps_about
from dutylog.services.enquiries import note_became, of_request
from servicedesk.services.photos import keep_photo, photos_of
from servicedesk.templatetags.said import when
from servicedesk.views.forms import RecordFormView
from servicedesk.views.registers import RegisterDetailView

ADD, CHANGE, VIEW = (f"complaints.{verb}_complaint" for verb in ("add", "change", "view"))


class ComplaintCreateView(RecordFormView):
    """投诉登记: the supervisor on duty is told with the saving."""

    permission_required = ADD
    register = COMPLAINTS
    form_class: Any = ComplaintForm
    form_title = "投诉登记"
    template_name = "complaints/complaint_form.html"
    save_label = "保存并通知督导"
    can_save_next = True

    def initial(self) -> dict[str, Any]:
        enquiry = of_request(self.request)
        return told_by(enquiry) if enquiry else {}

    def draft_key(self) -> str:
        """What was typed about another caller is never offered for this one."""
        enquiry = of_request(self.request)
        return f"{super().draft_key()}-{enquiry.number}" if enquiry else super().draft_key()

    def side_url(self) -> str:
        return reverse("complaints:complaint_hints")

    def save(self, form: ComplaintForm) -> Complaint:
        complaint = register_complaint(form.facts(), by=self.request.user, point=form.point)
        for photo in form.cleaned_data["prepared"]:
            keep_photo(photo, complaint, self.request.user, "证据")
        enquiry = of_request(self.request)
        if enquiry:
            note_became(enquiry, complaint, by=self.request.user)
        return complaint

    def saved_sentence(self, record: Complaint) -> str:
        return f"已登记 {record},请于 {when(record.reply_due_at)} 前首次答复"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=COMPLAINTS.list_url(), **kwargs)


def told_by(enquiry: Enquiry) -> dict[str, Any]:
    """What a call or question already said of it; the clock starts when the visitor spoke."""
    return {
        "channel": Channel.CALL if enquiry.is_by_phone else Channel.VISIT, "visitor_name": enquiry.caller_name,
        "phone": enquiry.phone, "words": enquiry.summary, "received_at": enquiry.received_at,
        "occurred_at": enquiry.received_at, "is_reachable": "yes" if enquiry.phone else "",
    }


class ComplaintEditView(ComplaintCreateView):
    """补充: what may follow the first minute, or was wrong."""

    permission_required = CHANGE
    save_label = "保存"
    can_save_next = False

    @property
    def form_title(self) -> str:
        return f"补充 {self.complaint.number}"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any):
        self.complaint = get_object_or_404(COMPLAINTS.rows(request.user), pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def form_kwargs(self) -> dict[str, Any]:
        return {"complaint": self.complaint}

    def initial(self) -> dict[str, Any]:
        return initial_of(self.complaint)

    def save(self, form: ComplaintForm) -> Complaint:
        version = form.cleaned_data["version"] or 0
        return edit_complaint(self.complaint, form.facts(), by=self.request.user, version=version)

    def saved_sentence(self, record: Complaint) -> str:
        return f"已保存 {record}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"cancel_url": COMPLAINTS.detail_url(self.complaint.pk)}


@require_POST
@permission_required(ADD, raise_exception=True)
def complaint_hints(request: HttpRequest) -> HttpResponse:
    """Earlier records of the number that is being typed, repeats first; it reads and changes nothing."""
    phone = request.POST.get("phone", "")[:60]
    return render(request, "complaints/_complaint_hints.html", {
        "repeats": list(repeats_of(phone, request.user)), "earlier": earlier_records(phone, request.user),
    })


class ComplaintDetailView(RegisterDetailView):
    """One complaint: what is owed by when, what the visitor said, what was done, who was told."""

    def rows(self) -> QuerySet:
        return super().rows().select_related("grievance", "rectification__follow_up")

    def questions(self, record: Complaint) -> dict[str, QuerySet]:
        return {
            "actions": record.actions.select_related("by"), "chain": steps_about(Complaint, [record.pk]),
            "offers": record.offers.select_related("from_person", "to_person"),
            "compensations": Compensation.objects.filter(
                Q(complaint=record) | Q(complaint__merged_into=record)
            ).select_related("created_by").order_by("pk"),
            "pauses": record.pauses.select_related("by"), "escalations": record.escalations.all(),
            "photos": photos_of(record), "children": record.children.all(),
            "alike": alike_to(record, self.request.user),
            "repeats": repeats_of(record.phone, self.request.user, besides=record.pk, at=record.received_at),
        }

    def fact_groups(self, record: Complaint) -> list[dict]:
        return fact_groups(record, self.request.user)

    def steps(self, record: Complaint) -> list[dict]:
        offer = self.running_offer()
        return steps_of(record, self.request.user, offer=offer, is_signed=bool(self.found["signatures"]))

    def running_offer(self) -> Any:
        return next((offer for offer in self.found["offers"] if offer.state == "offered"), None)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        complaint, user, found, now = self.record, self.request.user, self.found, timezone.now()
        photos = [{
            "caption": photo.caption, "full_url": reverse("photo", args=[photo.pk, "full"]),
            "thumb_url": reverse("photo", args=[photo.pk, "thumb"]),
        } for photo in found["photos"]]
        may_change = user.has_perm(CHANGE) and complaint.is_open_to_words
        return context | {
            "record_what": f"{complaint.kind} · {complaint.place}", "photos": photos,
            "clocks": clocks_of(complaint, found["pauses"], now), "actions": actions_shown(found["actions"]),
            "chain": found["chain"], "owed": owed_by(complaint, found["chain"], found["escalations"], now),
            "escalations": found["escalations"], "offer": self.running_offer(), "pauses": found["pauses"],
            "children": found["children"], "alike": found["alike"], "repeats": found["repeats"],
            "compensations": found["compensations"],
            "hand_kinds": HAND_KINDS, "may_change": may_change,
            "may_tell": user.has_perm("dutylog.add_noticestep") and complaint.is_running,
            "earlier": earlier_records(complaint.phone, user, besides=complaint),
        }
