"""The book of found items: intake of three kinds, the record page, putting a record right."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from lostfound.choices import PAPER_OF_KIND, IntakeKind, ItemState, OfferState
from lostfound.forms.items import FORMS, initial_of
from lostfound.models import CustodyOffer, FoundItem
from lostfound.registers.items import FOUND_ITEMS
from lostfound.services.contacts import as_events, contacts_of
from lostfound.services.custody import ACT_FOR_HOLDER
from lostfound.services.intake_hints import likely_reports, same_number, same_phone
from lostfound.services.items import edit_found_item, register_found_item
from lostfound.services.valuables import value_limit
from lostfound.services.viewing import is_closed_by, is_closed_for_view
from lostfound.views.item_facts import (
    aside_of,
    aside_questions,
    custody_events,
    fact_groups,
    moves_of,
    offers_of,
    without_closed,
)
from servicedesk.forms.fields import read_when
from servicedesk.register import register_of
from servicedesk.services.photos import keep_photo, photos_of
from servicedesk.views.forms import RecordFormView
from servicedesk.views.registers import RegisterDetailView

SLIP_PAPER = "3.9"
TABS = (
    (IntakeKind.VISITOR, "lostfound:founditem_create"),
    (IntakeKind.STAFF, "lostfound:founditem_create_staff"),
    (IntakeKind.ON_SPOT, "lostfound:founditem_create_on_spot"),
)


class FindCreateView(RecordFormView):
    """登记: one quick form per kind."""

    permission_required = "lostfound.add_founditem"
    register = FOUND_ITEMS
    template_name = "lostfound/founditem_form.html"
    kind = IntakeKind.VISITOR
    can_save_next = True

    @property
    def form_class(self):
        return FORMS[self.kind]

    @property
    def form_title(self) -> str:
        return f"{IntakeKind(self.kind).label}登记"

    def side_url(self) -> str:
        return reverse("lostfound:founditem_hints")

    def save(self, form: Any) -> FoundItem:
        item = register_found_item(form.facts(), by=self.request.user, point=form.point)
        for photo in form.cleaned_data["prepared_photos"]:
            keep_photo(photo, item, self.request.user)
        return item

    def saved_sentence(self, record: FoundItem) -> str:
        if record.category.is_forbidden:
            return f"已登记 {record}。{record.category.name}不得保管,请立即报公安,由督导办理移交。"
        if record.is_valuable and record.custodian_took_at is None:
            return f"已登记 {record}。贵重物品,今天下班前须交接给失物招领负责人。"
        return f"已登记 {record}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        tabs = [
            {"label": IntakeKind(kind).label, "url": reverse(name), "is_current": kind == self.kind}
            for kind, name in TABS
        ]
        return super().get_context_data(
            tabs=tabs, value_limit=value_limit(), cancel_url=FOUND_ITEMS.list_url(), **kwargs
        )


class FindEditView(RecordFormView):
    """编辑: what was typed about the thing; two editors are told and neither loses text."""

    permission_required = "lostfound.change_founditem"
    register = FOUND_ITEMS
    template_name = "lostfound/founditem_form.html"

    @property
    def form_class(self):
        return FORMS[self.item.intake_kind]

    @property
    def form_title(self) -> str:
        return f"编辑 {self.item.number}"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any):
        self.item = get_item(request, kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def form_kwargs(self) -> dict[str, Any]:
        return {"item": self.item}

    def initial(self) -> dict[str, Any]:
        return initial_of(self.item)

    def show(self, form: Any, key: Any, status: int = 200) -> HttpResponse:
        if is_closed_for_view(self.item):
            return render(self.request, "lostfound/closed.html", {"item": self.item}, status=403)
        return super().show(form, key, status)

    def save(self, form: Any) -> FoundItem:
        version = form.cleaned_data["version"] or 0
        return edit_found_item(self.item, form.facts(), by=self.request.user, version=version)

    def saved_sentence(self, record: FoundItem) -> str:
        return f"已保存 {record}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            value_limit=value_limit(), cancel_url=FOUND_ITEMS.detail_url(self.item.pk), **kwargs
        )


def get_item(request: HttpRequest, pk: int) -> FoundItem:
    """The visible item of the address; 404 for one of another desk as for none, also for the signed-out."""
    return get_object_or_404(FOUND_ITEMS.rows(request.user), pk=pk)


@require_POST
def hints(request: HttpRequest) -> HttpResponse:
    """What the system knows while a find is being typed; it reads and changes nothing."""
    if not request.user.has_perm("lostfound.add_founditem"):
        raise PermissionDenied
    typed, user, now = request.POST, request.user, timezone.localtime()
    found_at = read_when(typed.get("found_at", "")[:40], now) or now
    likely = likely_reports(typed, user, found_at)
    return render(request, "lostfound/_find_hints.html", {"hints": {
        "reports": [_hint(report, why=" · ".join(alike.reasons)) for alike, report in likely],
        "same_phone": [_hint(record) for record in same_phone(typed, user)],
        "same_number": [_hint(record) for record in same_number(typed, user)],
    }})


def _hint(record: Any, why: str = "") -> dict[str, Any]:
    register = register_of(record)
    url = register.detail_url(record.pk) if register else ""
    return {"record": record, "what": record.described, "why": why, "url": url}


class FoundItemDetailView(RegisterDetailView):
    """One find: what it is, who answers for it, what can be done next."""

    def rows(self) -> models.QuerySet:
        return super().rows().select_related(
            "second_person", "foreman", "witness", "filed_by", "held_by", "finder__department", "slip",
            "booklet_sheet__booklet",
        )

    def fact_groups(self, record: FoundItem) -> list[dict]:
        return fact_groups(record, self.request.user, is_closed=self.is_closed(record))

    def is_closed(self, record: FoundItem) -> bool:
        return record.state == ItemState.CLAIMING and is_closed_by(self.found["claims"])

    def steps(self, record: FoundItem) -> list[dict]:
        return steps_of(record, self.request.user, is_offered=self.waiting_offer(record) is not None)

    def questions(self, record: FoundItem) -> dict[str, models.QuerySet]:
        return {
            "offers": offers_of(record), "moves": moves_of(record), "contacts": contacts_of(record),
            "photos": photos_of(record), **aside_questions(record),
        }

    def waiting_offer(self, record: FoundItem) -> CustodyOffer | None:  # noqa: ARG002
        return next((offer for offer in self.found["offers"] if offer.state == OfferState.WAITING), None)

    def paper_keys(self, record: FoundItem) -> tuple[str, ...]:
        """The sheet of its own kind; the slip only where there is one."""
        foreign = {*PAPER_OF_KIND.values(), "" if hasattr(record, "slip") else SLIP_PAPER}
        own = PAPER_OF_KIND[IntakeKind(record.intake_kind)]
        return own, *(key for key in self.register.papers if key not in foreign)

    def events(self, record: FoundItem) -> list[dict]:
        found = self.found
        return [*custody_events(found["moves"], found["offers"]), *as_events(found["contacts"])]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        item, user = self.record, self.request.user
        is_closed = self.is_closed(item)
        if is_closed:
            context["timeline"] = without_closed(context["timeline"])
        offer = self.waiting_offer(item)
        return context | {
            "record_what": f"{item.colour} {item.thing}".strip() if is_closed else item.described,
            "is_closed": is_closed, "offer": offer,
            "may_answer": offer is not None and offer.to_person == user,
            "may_withdraw": offer is not None and (offer.from_person == user or user.has_perm(ACT_FOR_HOLDER)),
            "moves": self.found["moves"], "may_correct": user.has_perm("lostfound.hold_founditem"),
            "photos": [] if is_closed else [_photo(photo) for photo in self.found["photos"]],
            **aside_of(item, user, self.found, is_closed=is_closed),
        }


def _photo(photo: Any) -> dict[str, str]:
    return {
        "caption": photo.caption, "full_url": reverse("photo", args=[photo.pk, "full"]),
        "thumb_url": reverse("photo", args=[photo.pk, "thumb"]),
    }


def steps_of(item: FoundItem, user: Any, *, is_offered: bool) -> list[dict]:
    """The buttons that fit the state and the person; the likely one first and primary."""
    found = [step for step in _possible(item, user, is_offered) if user.has_perm(step.pop("right"))]
    for place, step in enumerate(found):
        step["is_primary"] = place == 0
    return found


def _step(item: FoundItem, label: str, name: str, icon: str, right: str, **more: Any) -> dict[str, Any]:
    url = reverse(f"lostfound:{name}", args=[item.pk])
    return {"label": label, "url": url, "icon": icon, "right": f"lostfound.{right}", **more}


def _claim_steps(item: FoundItem) -> list[dict[str, Any]]:
    """An owner at the counter, or a second one while the first is being checked."""
    if item.state in (ItemState.IN_CUSTODY, ItemState.FINANCE) and not item.is_on_hold:
        opening = _step(item, "办理认领", "claim_open", "person-check", "add_claim")
        return [] if item.category.is_forbidden else [opening]
    if item.state == ItemState.CLAIMING:
        return [_step(item, "另有人认领", "claim_open", "people", "add_claim")]
    return []


def _possible(item: FoundItem, user: Any, is_offered: bool) -> list[dict[str, Any]]:
    state, steps = item.state, []
    at_desk = state in (ItemState.IN_CUSTODY, ItemState.CLAIMING)
    may_give = at_desk and not is_offered and (item.holder == user or user.has_perm(ACT_FOR_HOLDER))
    is_loose = item.is_valuable and item.custodian_took_at is None
    forbidden = item.category.is_forbidden and state == ItemState.IN_CUSTODY
    if state == ItemState.FIELD_HELD:
        steps.append(_step(item, "收进保管", "founditem_accept", "box-arrow-in-down", "accept_founditem"))
        right = "return_on_spot" if user.has_perm("lostfound.return_on_spot") else "file_founditem"
        steps.append(_step(item, "现场发还", "founditem_return_on_spot", "person-check", right))
    if item.intake_kind == IntakeKind.ON_SPOT and item.filed_at is None and state == ItemState.RETURNED:
        steps.append(_step(item, "备案", "founditem_file", "folder-check", "file_founditem"))
    police = _step(item, "移交公安", "founditem_police", "shield", "police_founditem")
    if forbidden:
        steps.append(police)
    steps += _claim_steps(item)
    if may_give and is_loose and not forbidden:
        steps.append(_step(item, "交接给负责人", "founditem_hand_over", "arrow-left-right", "move_founditem"))
    if may_give and not is_loose:
        steps.append(_step(item, "交接", "founditem_hand_over", "arrow-left-right", "move_founditem"))
    if at_desk:
        steps.append(_step(item, "移位", "founditem_store", "box-arrow-right", "move_founditem"))
    if item.is_open and state != ItemState.CLAIMING:
        steps.append(_step(item, "编辑", "founditem_edit", "pencil", "change_founditem"))
    if at_desk:
        steps.append(_step(item, "联系失主", "founditem_contact", "telephone", "add_contactattempt"))
    if item.is_open:
        steps.append(_step(item, "加照片", "founditem_photos", "camera", "change_founditem"))
        label, name = ("解冻", "founditem_unhold") if item.is_on_hold else ("冻结", "founditem_hold")
        steps.append(_step(item, label, name, "snow", "hold_founditem"))
    if state == ItemState.IN_CUSTODY and not forbidden:
        steps.append(police)
    if state in (ItemState.FIELD_HELD, ItemState.IN_CUSTODY):
        steps.append(_step(item, "作废", "founditem_void", "slash-circle", "void_founditem", tone="cinnabar"))
    return steps
