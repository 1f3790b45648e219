"""Papers on the screen: look (nothing is recorded), print (each press is), blank sheets, months of a ledger."""

import datetime as dt
from functools import cached_property
from typing import Any
from urllib.parse import quote

from csp.decorators import csp_update
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views import View
from django.views.generic import TemplateView

from servicedesk.errors import PaperDoesNotFit, TooManyPapers
from servicedesk.filters import FIRST_DAY, LAST_DAY
from servicedesk.models import PrintedPaper
from servicedesk.paper import Paper, paper_by_key
from servicedesk.register import register_of
from servicedesk.services import printing
from servicedesk.services.points import current_point

MOST_RECORDS = 60
SHOWN_PRINTS = 8


class PaperView(PermissionRequiredMixin, View):
    """What the addresses of a paper share: the form, its right, what is asked for.

    `?id=…` (several) the filled form, `?month=2026-11` or `?week=2026-W48` a ledger, none of them the
    blank form (`?sheets=`, `?numbered=`).
    """

    raise_exception = True

    @cached_property
    def paper(self) -> Paper:
        try:
            return paper_by_key(self.kwargs["key"])
        except KeyError:
            raise Http404 from None

    def get_permission_required(self) -> tuple[str, ...]:
        return (self.paper.permission,)

    @property
    def asked(self) -> QueryDict:
        return self.request.POST if self.request.method == "POST" else self.request.GET

    @cached_property
    def records(self) -> list[Any]:
        """The visible records of `id`, in the order asked; 404 if one is not there for this person."""
        keys = list(dict.fromkeys(k for k in self.asked.getlist("id") if k))
        if not all(k.isdecimal() and len(k) < 19 for k in keys):
            raise Http404
        if len(keys) > MOST_RECORDS:
            raise TooManyPapers(limit=MOST_RECORDS)
        found = {str(r.pk): r for r in self.paper.rows(self.request.user).filter(pk__in=keys)}
        if len(found) < len(keys):
            raise Http404
        return [found[k] for k in keys]

    @property
    def suitable(self) -> list[Any]:
        """The records that this form is made for."""
        fitting = [r for r in self.records if self.paper.suits(r)]
        if self.records and not fitting:
            raise PaperDoesNotFit(number=str(self.records[0]), title=self.paper.title)
        return fitting

    @cached_property
    def month(self) -> dt.date | None:
        """The first day of the month asked for; a ledger without one shows this month."""
        text = self.asked.get("month", "")
        if not self.paper.is_ledger or self.asked.get("blank"):
            return None
        try:
            month = dt.datetime.strptime(text, "%Y-%m").date() if text else timezone.localdate().replace(day=1)
        except ValueError:
            raise Http404 from None
        return _within_reach(month)

    @cached_property
    def week(self) -> dt.date | None:
        """The Monday of the week asked for, where the ledger knows weeks."""
        text = self.asked.get("week", "")
        if not self.paper.week_rows or not text or self.asked.get("blank"):
            return None
        try:
            week = dt.datetime.strptime(f"{text}-1", "%G-W%V-%u").date()
        except ValueError:
            raise Http404 from None
        return _within_reach(week)

    @property
    def is_of_house(self) -> bool:
        """`?scope=house`: a ledger of all desks, for who sees them all."""
        return self.asked.get("scope") == "house" and self.request.user.has_perm("servicedesk.see_all_points")

    @cached_property
    def parts(self) -> list[printing.Part]:
        if self.month:
            point = None if self.is_of_house else current_point(self.request)
            rows = self.paper.rows(self.request.user)
            rows = rows.filter(service_point=point) if point else rows
            return [printing.ledger_part(self.paper, rows, self.month, point, self.week)]
        if self.records:
            return printing.record_parts(self.paper, self.suitable)
        if not self.paper.has_blank:
            raise Http404
        sheets = _number(self.asked.get("sheets"), printing.MOST_BLANKS)
        return [printing.blank_part(self.paper, sheets, is_numbered=bool(self.asked.get("numbered")))]


def _within_reach(day: dt.date) -> dt.date:
    """Other years cannot be reckoned with in every time zone, nor kept by every database."""
    if not FIRST_DAY <= day <= LAST_DAY:
        raise Http404
    return day


def _number(text: str | None, most: int) -> int:
    return max(1, min(int(text), most)) if text and text.isdecimal() and len(text) < 6 else 1


# Browsers show a PDF in a plug-in of their own, which the house's policy would keep out.
@method_decorator(csp_update({"object-src": ["'self'"]}), name="dispatch")
class PdfView(PaperView):
    """A paper as a PDF."""

    def answer(self, pdf: bytes) -> HttpResponse:
        name = quote(f"{self.paper.title} {self.parts[0].number}".strip() + ".pdf")
        return HttpResponse(pdf, content_type="application/pdf", headers={
            "Content-Disposition": f"inline; filename*=UTF-8''{name}", "Cache-Control": "private, no-store",
        })


class PaperPreviewPdfView(PdfView):
    """The PDF to look at; a GET leaves no trace."""

    def get(self, request: HttpRequest, key: str) -> HttpResponse:  # noqa: ARG002
        return self.answer(printing.preview(self.paper, self.parts, by=request.user))


class PaperPrintView(PdfView):
    """Print: the press is recorded, then the PDF comes."""

    def post(self, request: HttpRequest, key: str) -> HttpResponse:  # noqa: ARG002
        press = printing.Press(by=request.user, copies=_number(request.POST.get("copies"), printing.MOST_COPIES))
        return self.answer(printing.print_parts(self.paper, self.parts, press))


class PaperScreenView(PaperView, TemplateView):
    """The paper beside its print button, with what was printed before."""

    template_name = "papers/preview.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        numbers = [number for part in self.parts for number in part.numbers if number]
        wording = printing.wording_of(self.paper)
        return super().get_context_data(
            paper=self.paper, wording=wording, parts=self.parts, numbers=numbers, month=self.month, week=self.week,
            is_blank=self.parts[0].is_blank, query=self.request.GET.urlencode(),
            fields=[(name, value) for name, values in self.request.GET.lists() for value in values],
            missing=printing.missing_characters(self.parts), skipped=len(self.records) - len(self._shown_records()),
            prints=PrintedPaper.objects.filter(paper=self.paper.key, number__in=numbers[:MOST_RECORDS])
            .select_related("by")[:SHOWN_PRINTS] if numbers else [],
            most_copies=printing.MOST_COPIES, most_blanks=printing.MOST_BLANKS, **self._trail(), **kwargs,
        )

    def _shown_records(self) -> list[Any]:
        return self.suitable if self.records else []

    def _trail(self) -> dict[str, Any]:
        """The way back to the record, where its register has a page."""
        record = self.records[0] if len(self.records) == 1 else None
        register = register_of(record) if record is not None else None
        return {"record": record, "record_url": register.detail_url(record.pk) if register else ""}
