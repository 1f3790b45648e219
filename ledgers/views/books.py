"""The lists of a ledger: the register screens, with the ledger that the address names."""

from typing import Any

from django.http import Http404, HttpRequest

from ledgers.models import LedgerKind
from ledgers.models.kinds import all_kinds
from ledgers.registers.books import book_of
from servicedesk.views.registers import RegisterBulkView, RegisterExportView, RegisterListView


def kind_of(code: str, user: Any) -> LedgerKind:
    """The ledger of an address; 404 for one that is not there, or not for this person's roles."""
    kind = next((each for each in all_kinds() if each.code == code and each.current is not None), None)
    if kind is None or not kind.is_open_to(user):
        raise Http404
    return kind


class OfLedgerMixin:
    """A screen of the ledger that the address names."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)  # type: ignore[misc]
        self.kind = kind_of(kwargs["code"], request.user)
        self.register = book_of(self.kind)


class EntryListView(OfLedgerMixin, RegisterListView):
    """The list of one ledger."""


class EntryExportView(OfLedgerMixin, RegisterExportView):
    """The list of one ledger as a workbook."""


class EntryBulkView(OfLedgerMixin, RegisterBulkView):
    """What can be done with many rows of one ledger."""
