"""What stands open to visitors: the shape of their pages, and the codes that the manager hangs up."""

import uuid
from functools import cached_property
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.signing import BadSignature
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import TemplateView

from servicedesk.books import VISITOR_CODES
from servicedesk.errors import TooManyPosts
from servicedesk.forms.places import VisitorCodeForm
from servicedesk.models import VisitorCode
from servicedesk.paper import Paper, papers
from servicedesk.services import preferences
from servicedesk.services.visitors import add_visitor_code, refuse_flooded, take_post
from servicedesk.views.books import BookDetailView
from servicedesk.views.facts import fact
from servicedesk.views.places import PlaceFormView, book_urls
from servicedesk.visitor_pages import visitor_pages

DEVICE_COOKIE = "visitor"
DEVICE_DAYS = 365
CHINESE, ENGLISH = "zh", "en"
# More than any open page asks.
MOST_FIELDS, MOST_VALUES, LONGEST = 80, 10, 2000


@method_decorator([login_not_required, never_cache, sensitive_post_parameters()], name="dispatch")
class VisitorView(TemplateView):
    """An open page of one place, in Chinese or English. It knows a device by a signed cookie, a visitor not at all."""

    page = ""

    @cached_property
    def code(self) -> VisitorCode:
        rows = VisitorCode.objects.open().select_related("service_point", "zone")
        found = rows.filter(code=self.kwargs["code"].upper()).first()
        if found is None:
            raise Http404
        return found

    @cached_property
    def language(self) -> str:
        """What the visitor chose, else what the phone speaks."""
        if (chosen := self.request.GET.get("lang")) in {CHINESE, ENGLISH}:
            return chosen
        spoken = self.request.headers.get("Accept-Language", CHINESE).lower()
        return CHINESE if CHINESE in spoken else ENGLISH

    @cached_property
    def device(self) -> str:
        try:
            return str(self.request.get_signed_cookie(DEVICE_COOKIE))
        except (KeyError, BadSignature):
            return uuid.uuid4().hex

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = super().dispatch(request, *args, **kwargs)
        if DEVICE_COOKIE not in request.COOKIES:
            response.set_signed_cookie(
                DEVICE_COOKIE, self.device, max_age=DEVICE_DAYS * 86400, httponly=True, samesite="Lax",
                secure=request.is_secure(),
            )
        return response

    def address(self, page: str = "", *args: Any, language: str = "") -> str:
        """The address of an open page of this place, in the visitor's language."""
        return f"{reverse(page or self.page, args=[self.code.code, *args])}?lang={language or self.language}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        other = CHINESE if self.language == ENGLISH else ENGLISH
        own = {
            "code": self.code, "lang": self.language, "other_url": self.address(language=other),
            "start_url": self.address(), "kiosk_seconds": preferences.value("servicedesk.kiosk_seconds"),
        }
        return super().get_context_data(**{**kwargs, **own})


class VisitorFormView(VisitorView):
    """A form that a visitor sends once: judged, counted, saved. The same form sent twice leads to the same page.

    Subclasses give `form_class`, `find(key)`, `save(form, key)` and `done_page`.
    """

    form_class: Any = None
    done_page = ""

    def find(self, key: uuid.UUID) -> Any:
        """What the form with this key became, or None."""
        raise NotImplementedError

    def save(self, form: Any, key: uuid.UUID) -> None:
        raise NotImplementedError

    def make_form(self, data: Any = None) -> Any:
        return self.form_class(data, language=self.language)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.show(self.make_form(), uuid.uuid4())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        key = _key(request)
        if self.find(key) is not None:
            return redirect(self.address(self.done_page, key))
        try:
            refuse_flooded(self.code, self.device)
            form = self.make_form(request.POST)
            if not form.is_valid():
                return self.show(form, key, status=422)
            take_post(self.code, self.device)
        except TooManyPosts as refusal:
            return self.hold(refusal)
        self.save(form, key)
        return redirect(self.address(self.done_page, key))

    def hold(self, refusal: TooManyPosts) -> HttpResponse:
        """What was typed, to be sent again later; cheap to make, for a flood gets this page."""
        english = refusal.sentence_en.format(**refusal.facts)
        posted = [(name, values) for name, values in self.request.POST.lists() if name != "csrfmiddlewaretoken"]
        held = [(name, value[:LONGEST]) for name, values in posted[:MOST_FIELDS] for value in values[:MOST_VALUES]]
        response = render(self.request, "visitors/held.html", {
            "code": self.code, "lang": self.language, "kiosk_seconds": preferences.value("servicedesk.kiosk_seconds"),
            "start_url": self.address(), "held": held,
            "sentence": refusal.sentence if self.language == CHINESE else english,
        }, status=refusal.status)
        # A line of the log for each would drive everything else out of it.
        response._has_been_logged = True  # type: ignore[attr-defined]
        return response

    def show(self, form: Any, key: uuid.UUID, status: int = 200) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form, key=key), status=status)


def _key(request: HttpRequest) -> uuid.UUID:
    try:
        return uuid.UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid.uuid4()


class VisitorCodeFormView(PlaceFormView):
    """Adds a code, whose sign nobody can guess, or edits where it hangs."""

    register = VISITOR_CODES
    form_class = VisitorCodeForm

    def save(self, form: Any) -> VisitorCode:
        if self.place() is None:
            return add_visitor_code(by=self.request.user, **form.facts())
        return super().save(form)


class VisitorCodeDetailView(BookDetailView):
    """One code: where it hangs, the pages it opens, the posters to print."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        code = context["record"]
        addresses = [(page.label, reverse(page.page, args=[code.code])) for page in visitor_pages()]
        rows = [fact(label, "打开", url=address) for label, address in addresses]
        groups = [*context["fact_groups"], {"title": "游客扫码打开的页面", "rows": rows}]
        posters = [poster_entry(paper, code) for paper in papers() if paper.model is VisitorCode]
        return {**context, "fact_groups": groups, "papers": posters}


def poster_entry(paper: Paper, code: VisitorCode) -> dict[str, Any]:
    return {
        "key": paper.key, "label": paper.title, "reprints": 0, "blank_url": "",
        "preview_url": f"{reverse('paper_pdf', args=[paper.key])}?id={code.pk}",
        "pdf_url": f"{reverse('paper', args=[paper.key])}?id={code.pk}",
    }


_form = VisitorCodeFormView.as_view()
urlpatterns = book_urls(
    VISITOR_CODES, "visitor-codes", create=_form, edit=_form, detail=VisitorCodeDetailView
)
