"""An entry of a ledger: its form, its page, the person's own messages."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView

from ledgers.choices import Service
from ledgers.definitions import LedgerField
from ledgers.forms.entries import EntryForm, initial_of
from ledgers.models import LedgerEntry
from ledgers.registers.books import book_of
from ledgers.services.entries import edit_entry
from ledgers.services.registering import register_entry
from ledgers.services.visits import acknowledge_message, open_number
from ledgers.views.books import OfLedgerMixin
from ledgers.views.entry_facts import fact_groups, questions_of, steps_of
from servicedesk.views.facts import fact
from servicedesk.views.forms import RecordFormView
from servicedesk.views.registers import RegisterDetailView
from servicedesk.views.steps import answered

ADD, CHANGE = "ledgers.add_ledgerentry", "ledgers.change_ledgerentry"


class EntryCreateView(OfLedgerMixin, RecordFormView):
    """登记 in the form of the ledger in force."""

    permission_required = ADD
    form_class: Any = EntryForm

    @property
    def form_title(self) -> str:
        return self.kind.name

    @property
    def can_save_next(self) -> bool:
        """After a bag comes its slip, not the next bag."""
        return self.kind.service != Service.DEPOSIT

    @property
    def save_label(self) -> str:
        return "保存并打印寄存单" if self.kind.service == Service.DEPOSIT else "保存"

    def form_kwargs(self) -> dict[str, Any]:
        return {"kind": self.kind}

    def save(self, form: EntryForm) -> LedgerEntry:
        return register_entry(self.kind, form.facts(), by=self.request.user, point=form.point)

    def next_url(self, record: LedgerEntry) -> str:
        if self.kind.service == Service.DEPOSIT and self.request.user.has_perm("ledgers.print_ledgerentry"):
            return f"{reverse('paper', args=[f'{self.register.key}-slip'])}?id={record.pk}"
        return super().next_url(record)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=self.register.list_url(), **kwargs)


class EntryEditView(OfLedgerMixin, RecordFormView):
    """补充, in the form that the entry was written in."""

    permission_required = CHANGE
    form_class: Any = EntryForm
    needs_point = False

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.entry = get_object_or_404(
            self.register.rows(request.user).select_related("kind_version", "kind"), pk=kwargs["pk"]
        )

    @property
    def form_title(self) -> str:
        return f"补充 {self.entry}"

    def form_kwargs(self) -> dict[str, Any]:
        return {"kind": self.kind, "entry": self.entry}

    def initial(self) -> dict[str, Any]:
        return initial_of(self.entry)

    def save(self, form: EntryForm) -> LedgerEntry:
        version = form.cleaned_data["version"] or 0
        return edit_entry(self.entry, form.facts(), by=self.request.user, version=version)

    def saved_sentence(self, record: LedgerEntry) -> str:
        return f"已保存 {record}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=self.register.detail_url(self.entry.pk), **kwargs)


class EntryDetailView(RegisterDetailView):
    """One entry, also when it was found in the list of all ledgers: shown as its own ledger has it."""

    def get_template_names(self) -> list[str]:
        return ["ledgers/entry_detail.html"]

    def get_record(self) -> LedgerEntry:
        entry = super().get_record()
        self.register = book_of(entry.kind)
        return entry

    def questions(self, record: LedgerEntry) -> dict[str, Any]:
        return questions_of(record, self.request.user)

    def fact_groups(self, record: LedgerEntry) -> list[dict]:
        return fact_groups(record, self.request.user, self.found)

    def steps(self, record: LedgerEntry) -> list[dict]:
        return steps_of(record, self.request.user)

    def events(self, record: LedgerEntry) -> list[dict]:  # noqa: ARG002
        return [
            {"at": one.at, "who": one.by.name, "title": f"播报第 {place} 遍", "changes": [], "reason": one.note}
            for place, one in enumerate(self.found.get("readings", []), start=1)
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        entry = self.record
        return context | {
            "record_what": entry.summary, "is_late": entry.is_late,
            "is_old_form": entry.kind_version_id != entry.kind.current_id,
        }


class OneEntryDetailView(OfLedgerMixin, EntryDetailView):
    """One entry of the ledger that the address names."""


class OwnEntryView(TemplateView):
    """来访、转告 for the person themselves: whoever is asked for needs no right to look into the ledger."""

    template_name = "ledgers/entry_own.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        entry = own_entry(self.request, kwargs["pk"])
        fields = [
            fact(field.label, _shown(entry, field), "long" if field.width == "full" else "")
            for field in entry.kind_version.columns if entry.said(field)
        ]
        tone, icon = entry.badge
        return super().get_context_data(
            entry=entry, fields=fields, is_message=entry.service == Service.MESSAGE, has_numbers=bool(entry.numbers),
            state={"label": entry.get_state_display(), "icon": icon, "tone": str(tone)}, **kwargs,
        )


def _shown(entry: LedgerEntry, field: LedgerField) -> str:
    return entry.said_masked(field) if field.is_sealed else entry.said(field)


@require_POST
def entry_own_reveal(request: HttpRequest, pk: int) -> HttpResponse:
    """看电话 of a message, by whom it is for."""
    entry = own_entry(request, pk)
    return render(request, "ledgers/own_number.html", {
        "entry": entry, "numbers": open_number(entry, by=request.user),
    })


def own_entry(request: HttpRequest, pk: int) -> LedgerEntry:
    """What lies there for the person; 404 for anything of somebody else."""
    rows = LedgerEntry.objects.filter(told_person=request.user.pk).select_related(
        "kind", "kind_version", "created_by", "told_person", "service_point"
    )
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@require_POST
def entry_know(request: HttpRequest, pk: int) -> HttpResponse:
    """知悉, by whom the message is for."""
    entry = own_entry(request, pk)
    act = lambda: acknowledge_message(entry, by=request.user)  # noqa: E731
    return answered(request, act, f"{entry} 已知悉", reverse("ledgers:entry_own", args=[pk]))
