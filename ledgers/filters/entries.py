"""How a ledger's list is narrowed: words, state, days, what waits, and the ledger's own choices."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.db.models.lookups import In

from ledgers.choices import FILTERED_TYPES, TOLD_LABEL, WITH_DUE, EntryState, FieldType, Service
from ledgers.definitions import LedgerField
from ledgers.models import LedgerEntry, LedgerKind
from ledgers.models.kinds import all_kinds
from servicedesk.filters import RegisterFilter
from servicedesk.models import SearchEntry, User, Zone
from servicedesk.services.search import OF_REGISTER, matching_ids

MOST_HITS = 2000
WAITS = (
    ("open", "还没办完"),
    ("late", "已过期限"),
    ("unfetched", "过了应取时间"),
    ("overnight", "过夜未取"),
    ("out", "寄存、借出中"),
    ("mine", "找我的"),
)
YES_NO = (("1", "是"), ("0", "否"))


class LedgerFilter(RegisterFilter):
    """What the lists of all ledgers share. `book_keys` are the search's names of the books that the list shows."""

    date_field = "happened_at"
    book_keys: tuple[str, ...] = ()

    state = django_filters.ChoiceFilter(label="状态", choices=EntryState.choices, empty_label="全部")
    wait = django_filters.ChoiceFilter(label="待办", choices=WAITS, empty_label="全部", method="filter_wait")

    class Meta:
        model = LedgerEntry
        fields: list[str] = []  # all are declared, the words first

    def filter_words(self, queryset: QuerySet, name: str, value: str) -> QuerySet:  # noqa: ARG002
        hits = SearchEntry.objects.filter(pk__in=matching_ids(value, MOST_HITS))
        named = In(OF_REGISTER, self.book_keys) if self.book_keys else Q(register__startswith="ledger-")
        return queryset.filter(pk__in=list(hits.filter(named).values_list("object_id", flat=True)))

    def filter_wait(self, queryset: Any, name: str, value: str) -> QuerySet:  # noqa: ARG002
        if value == "late":
            return queryset.overdue()
        if value == "unfetched":
            return queryset.late_today()
        if value == "overnight":
            return queryset.overnight()
        if value == "out":
            return queryset.out()
        open_rows = queryset.still_open()
        return open_rows.filter(told_person=self.request.user) if value == "mine" else open_rows


def kinds_open_to(request: Any) -> QuerySet:
    """The ledgers that the person's roles use; for others they are not there."""
    kinds = [kind.pk for kind in all_kinds() if kind.current is not None and kind.is_open_to(request.user)]
    return LedgerKind.objects.in_order().filter(pk__in=kinds)


class AllLedgersFilter(LedgerFilter):
    """Of the list over all ledgers: which one, too."""

    kind = django_filters.ModelChoiceFilter(label="台账", queryset=kinds_open_to, empty_label="全部")


def filter_of(kind: LedgerKind, fields: tuple[LedgerField, ...], book_key: str) -> type[LedgerFilter]:
    """The filter of one ledger, with its own choices."""
    states = [(str(state), state.label) for state in (*kind.states, EntryState.VOID)]
    waits = _waits(kind)
    own: dict[str, Any] = {
        "book_keys": (book_key,), "Meta": LedgerFilter.Meta,
        "state": django_filters.ChoiceFilter(label="状态", choices=states, empty_label="全部"),
        # Without a choice the filter is not there.
        "wait": django_filters.ChoiceFilter(
            label="待办", choices=waits, empty_label="全部", method="filter_wait",
        ) if waits else None,
    }
    for field in fields:
        if field.slot and field.type in FILTERED_TYPES and (made := _filter(field)) is not None:
            own[f"v_{field.key}"] = made
    return type("OneLedgerFilter", (LedgerFilter,), own)


def _waits(kind: LedgerKind) -> list[tuple[str, str]]:
    """What can wait in a ledger that works like this one; in one that ends with its entry nothing does."""
    possible = {
        "open": kind.service not in (Service.PLAIN, Service.GIFT),
        "late": kind.service in WITH_DUE and kind.service != Service.DEPOSIT,
        "unfetched": kind.service == Service.DEPOSIT,
        "overnight": kind.service == Service.DEPOSIT,
        "mine": kind.service in TOLD_LABEL,
    }
    return [(key, label) for key, label in WAITS if possible.get(key)]


def _filter(field: LedgerField) -> Any:
    slot = f"slot_{field.slot}"
    if field.type == FieldType.CHOICE:
        choices = [(choice, choice) for choice in field.choices]
        return django_filters.ChoiceFilter(field_name=slot, label=field.label, choices=choices, empty_label="全部")
    if field.type == FieldType.YESNO:
        return django_filters.ChoiceFilter(field_name=slot, label=field.label, choices=YES_NO, empty_label="全部")
    rows = Zone.objects.all() if field.type == FieldType.ZONE else User.objects.active()
    return ByName(field_name=slot, label=field.label, queryset=rows, empty_label="全部")


class ByName(django_filters.ModelChoiceFilter):
    """A place or a colleague, by the name that the entry keeps."""

    def filter(self, qs: QuerySet, value: Any) -> QuerySet:
        return qs.filter(**{self.field_name: value.name[:40]}) if value else qs
