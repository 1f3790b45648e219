"""Channels out of the house, and what was sent through them."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView
from django_tables2.paginators import LazyPaginator

from servicedesk.books import CHANNELS
from servicedesk.choices import DeliveryState
from servicedesk.forms.channels import ChannelForm
from servicedesk.models import Channel, Delivery
from servicedesk.services import preferences
from servicedesk.services.jobs import is_alive
from servicedesk.services.sending import send_test, topic_label, try_again
from servicedesk.views.books import BookDetailView
from servicedesk.views.places import PlaceFormView, book_urls
from servicedesk.views.registers import page_number

RIGHT = "servicedesk.manage_channels"
SHOWN = 8


class ChannelDetailView(BookDetailView):
    """One channel with its secret masked, and what it carried last."""

    template_name = "channels/detail.html"

    def steps(self, row: Channel) -> list[dict]:
        test = {"label": "试发", "url": reverse("channel_test", args=[row.pk]), "icon": "megaphone", "method": "post"}
        return [*super().steps(row), *([test] if row.is_active else [])]

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        rows = context["record"].deliveries.select_related("channel", "created_by")[:SHOWN]
        return context | {"deliveries": said(rows), "is_alive": is_alive()}


class ChannelFormView(PlaceFormView):
    """Adds or edits; an address and a secret are never shown again, so they begin empty."""

    register = CHANNELS
    form_class: Any = ChannelForm

    def draft_key(self) -> str:
        return ""

    def initial(self) -> dict[str, Any]:
        return {**super().initial(), "address": "", "secret": ""}


def said(rows: Any) -> list[dict[str, Any]]:
    """Deliveries as the page shows them."""
    return [{"row": row, "topic": topic_label(row.topic), "tone": row.badge[0], "icon": row.badge[1]} for row in rows]


class DeliveryListView(PermissionRequiredMixin, TemplateView):
    """What left the house, what waits, and what was given up."""

    permission_required = RIGHT
    raise_exception = True
    template_name = "channels/deliveries.html"

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        state = self.request.GET.get("state", "")
        rows = Delivery.objects.select_related("channel", "created_by")
        rows = rows.filter(state=state) if state in DeliveryState.values else rows
        page = LazyPaginator(rows, preferences.value("servicedesk.page_rows")).get_page(page_number(self.request))
        return super().get_context_data(
            page=page, lines=said(page.object_list), state=state, states=DeliveryState.choices, is_alive=is_alive(),
            **kwargs,
        )


@permission_required(RIGHT, raise_exception=True)
@require_POST
def channel_test(request: HttpRequest, pk: int) -> HttpResponse:
    """Queue the test line: the runner sends it, and this page says what came of it."""
    channel = get_object_or_404(Channel, pk=pk, is_active=True)
    send_test(channel, by=request.user)
    messages.success(request, "试发已排队,几秒后刷新本页看结果。")
    return redirect(CHANNELS.detail_url(pk))


@permission_required(RIGHT, raise_exception=True)
@require_POST
def delivery_retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Put one that was given up back into the queue."""
    try_again(get_object_or_404(Delivery, pk=pk), by=request.user)
    messages.success(request, "已重新排队。")
    return redirect("delivery_list")


_form = ChannelFormView.as_view()
urlpatterns = [
    *book_urls(CHANNELS, "channels", create=_form, edit=_form, detail=ChannelDetailView),
    path("channels/<int:pk>/test/", channel_test, name="channel_test"),
    path("deliveries/", DeliveryListView.as_view(), name="delivery_list"),
    path("deliveries/<int:pk>/retry/", delivery_retry, name="delivery_retry"),
]
