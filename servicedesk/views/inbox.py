"""The inbox of the person at the screen: list, open, mark all, and the badge that the page asks for."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import TemplateView
from django_tables2.paginators import LazyPaginator

from servicedesk.models import Message
from servicedesk.services import preferences
from servicedesk.services.inbox import badge_text, read_all, read_message, unread_count
from servicedesk.views.registers import page_number


class InboxView(TemplateView):
    """One's own messages: what is unread first, of that the urgent first."""

    template_name = "inbox/list.html"
    http_method_names = ["get", "options"]

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        rows = Message.objects.visible_to(self.request.user)
        is_all = "all" in self.request.GET
        rows = rows.in_order() if is_all else rows.unread().in_order()
        page = LazyPaginator(rows, preferences.value("servicedesk.page_rows")).get_page(page_number(self.request))
        return super().get_context_data(
            page=page, is_all=is_all, unread=badge_text(unread_count(self.request.user)), **kwargs
        )


@require_POST
def message_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark one as read and go where it leads; 404 for somebody else's."""
    message = get_object_or_404(Message.objects.visible_to(request.user), pk=pk)
    read_message(message)
    is_ours = url_has_allowed_host_and_scheme(message.url, None) and message.url.startswith("/")
    return redirect(message.url if is_ours else "inbox")


@require_POST
def message_read_all(request: HttpRequest) -> HttpResponse:
    count = read_all(request.user)
    messages.success(request, f"{count} 条通知已标为已读。" if count else "没有未读的通知。")
    return redirect("inbox")


@require_safe
def badge(request: HttpRequest) -> HttpResponse:
    """The link of the top bar with its count: asked by each open page once a minute, it keeps nobody signed in."""
    return render(request, "inbox/badge.html", {"count": badge_text(unread_count(request.user))})
