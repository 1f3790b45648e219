"""`Register`: the one declaration from which a register's list, search, Excel, paper and rights come.

An app declares its registers in `<app>/registers.py`. See `docs/adding-a-register.md`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from django.db import models
from django.urls import reverse

from servicedesk.addresses import standing
from servicedesk.periods import Period, month_of

Kind = Literal["text", "serial", "link", "number", "money", "date", "datetime", "phone", "name", "state", "yesno"]


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column of list and workbook.

    `value` is a dotted path or a function of the record; `key` is the path when it is left out.
    `full` gives the unmasked value and is read only by an export with the right and a reason.
    `width` is in characters, as Excel counts.
    """

    key: str
    label: str
    kind: Kind = "text"
    value: str | Callable[[Any], Any] = ""
    full: Callable[[Any], Any] | None = None
    order_by: tuple[str, ...] = ()
    shown: bool = True
    width: int = 14

    def read(self, record: models.Model) -> Any:
        """The (masked) value of a record; None where the path is broken by an empty link."""
        if callable(self.value):
            return self.value(record)
        found: Any = record
        for name in (self.value or self.key).split("."):
            found = getattr(found, name, None)
            if callable(found):
                found = found()
            if found is None:
                return None
        return found


@dataclass(frozen=True, kw_only=True)
class BulkAction:
    """An act on chosen rows: `act(user, records, reason)` returns the sentence to show.

    With `page` (the name of an address) the chosen rows go there as `?pick=…` instead: the act needs a form.
    """

    key: str
    label: str
    icon: str
    permission: str
    act: Callable[[Any, Sequence[Any], str], str] | None = None
    page: str = ""
    confirm: str = ""


@dataclass(frozen=True, kw_only=True)
class SavedView:
    """A tab above the list: a label and the filter query that it stands for."""

    label: str
    query: str


@dataclass(frozen=True, kw_only=True)
class Register:
    """A book of the desk.

    `title(record)` is its line in search results; `words(record)` (a `services.search.Words`) what it is
    found by; `happened_at` the datetime column it is ordered by there. `papers` are keys of
    `servicedesk.paper.Paper`; the first is the record's own form; `ledgers` those of its months.
    `shows_photos(record, user)` says whether photos are open now (a claim keeps them closed until the
    claimant has described the thing). `badge(user)` are the rows that wait for a person: the
    rail counts all by one query.
    A book that holds some rows of a table says which by `only`; its addresses are then named by `address` and take
    `address_args`; `audience(user)` says who of those with the right may look into it.

    For the month archive: `month_by` is the column (a date or a moment, over links as `day__on`) that puts a
    record into a month, `happened_at` when left out; a book that `is_standing` goes in whole, as it stands.
    `final` meets records that nothing is done with any more: their form is drawn once, and in a closed month
    any change of them needs a reason. `parts` are the related names of rows that belong to a record.
    `ledger_columns` are the keys of the columns of the paper ledger, in its order.
    """

    key: str
    app: str
    model: type[models.Model]
    label: str
    icon: str
    columns: tuple[Column, ...]
    filterset: Any
    title: Callable[[Any], str]
    words: Callable[[Any], Any]
    prefixes: tuple[str, ...] = ()
    happened_at: str = "created_at"
    order: tuple[str, ...] = ("-created_at", "-pk")
    related: tuple[str, ...] = ()
    prefetch: tuple[str | models.Prefetch, ...] = ()
    papers: tuple[str, ...] = ()
    ledgers: tuple[str, ...] = ()
    # False where each of its ledgers holds a part: a sheet of all its records bears the name of none.
    is_one_ledger: bool = True
    views: tuple[SavedView, ...] = ()
    bulk_actions: tuple[BulkAction, ...] = ()
    create_name: str = ""
    start_key: str = ""
    empty_text: str = "这里还没有记录。"
    in_rail: bool = True
    badge: Callable[[Any], models.QuerySet] | None = field(default=None)
    shows_photos: Callable[[Any, Any], bool] | None = field(default=None)
    only: models.Q | None = None
    address: str = ""
    address_args: tuple[str, ...] = ()
    audience: Callable[[Any], bool] | None = field(default=None)
    month_by: str = ""
    is_standing: bool = False
    final: models.Q | None = None
    parts: tuple[str, ...] = ()
    ledger_columns: tuple[str, ...] = ()

    def permission(self, verb: str) -> str:
        """`lostfound.view_founditem`; verbs: view, add, change, export, print."""
        return f"{self.app}.{verb}_{self.model._meta.model_name}"

    def url_name(self, page: str) -> str:
        """`lostfound:founditem_list`; pages: list, detail, export, bulk, paper, create."""
        return f"{self.app}:{self.address or self.key}_{page}"

    def url(self, page: str, *args: Any) -> str:
        return reverse(self.url_name(page), args=[*self.address_args, *args])

    def list_url(self) -> str:
        return standing(self.url_name("list"), *self.address_args)

    def detail_url(self, pk: int) -> str:
        return self.url("detail", pk)

    def create_url(self) -> str:
        return standing(self.create_name, *self.address_args) if self.create_name else ""

    def is_open_to(self, user: Any, verb: str = "view") -> bool:
        """Whether a person may look into the book at all (or `verb` in it)."""
        return user.has_perm(self.permission(verb)) and (self.audience is None or self.audience(user))

    def rows(self, user) -> models.QuerySet:
        """The rows a person may see, with what the list shows of each already joined."""
        rows = self.model._default_manager.visible_to(user)  # type: ignore[attr-defined]
        rows = rows.filter(self.only) if self.only is not None else rows
        return rows.select_related(*self.related).prefetch_related(*self.prefetch)

    def of_month(self, month: Period) -> models.QuerySet:
        """The rows of a month at all desks, by their numbers; a standing book whole."""
        rows = self.model._default_manager.select_related(*self.related).prefetch_related(*self.prefetch)
        rows = rows.filter(self.only) if self.only is not None else rows
        if not self.is_standing:
            rows = rows.filter(**self._span(month))
        return rows.order_by(*self._by_number)

    @property
    def _by_number(self) -> tuple[str, ...]:
        names = {each.name for each in self.model._meta.concrete_fields}
        return ("number", "pk") if "number" in names else ("pk",)

    def _span(self, month: Period) -> dict[str, Any]:
        is_moment = isinstance(self.month_column(), models.DateTimeField)
        first, end = (month.begins, month.ends) if is_moment else (month.first, month.after)
        return {f"{self.month_path}__gte": first, f"{self.month_path}__lt": end}

    @property
    def month_path(self) -> str:
        """The column that puts a record into a month, as a look-up."""
        return self.month_by or self.happened_at

    def month_column(self) -> Any:
        """The field at its end."""
        model: Any = self.model
        *links, name = self.month_path.split("__")
        for link in links:
            model = model._meta.get_field(link).related_model
        return model._meta.get_field(name)

    def month_of(self, record: Any) -> Period | None:
        """The month that a record stands in; None for a standing book."""
        if self.is_standing:
            return None
        found = record
        for name in self.month_path.split("__"):
            found = getattr(found, name)
        return month_of(found) if found is not None else None

    def finals(self, rows: models.QuerySet) -> models.QuerySet:
        """Those of `rows` that nothing is done with any more."""
        return rows.filter(self.final) if self.final is not None else rows.none()

    def is_final(self, record: models.Model) -> bool:
        """Whether the stored record is one of those."""
        return self.finals(self.model._base_manager.filter(pk=record.pk)).exists()


@dataclass(frozen=True, kw_only=True)
class RailPage:
    """A screen of the rail that is not a register: booklets, things that wait to be taken over."""

    label: str
    icon: str
    page: str
    right: str
    badge: Callable[[Any], models.QuerySet] | None = None

    @property
    def app(self) -> str:
        return self.page.partition(":")[0]

    def list_url(self) -> str:
        return standing(self.page)

    def permission(self, verb: str) -> str:  # noqa: ARG002  # asked like a register
        return self.right

    def is_open_to(self, user: Any, verb: str = "view") -> bool:
        return user.has_perm(self.permission(verb))


@dataclass(frozen=True, kw_only=True)
class RegisterFamily:
    """Books of one table that are not declared one by one, because a manager makes them.

    `members()` are all of them; `of(record)` is the one in which a record stands.
    """

    model: type[models.Model]
    members: Callable[[], Sequence[Register]]
    of: Callable[[Any], Register]


_registers: dict[str, Register] = {}
_families: list[RegisterFamily] = []
_rail: list[Register | RailPage | RegisterFamily] = []


def add_register(register: Register) -> Register:
    """Make a register known to lists, search, export, paper, rights and tests."""
    _registers[register.key] = register
    if register.in_rail:
        _rail.append(register)
    return register


def add_register_family(family: RegisterFamily) -> RegisterFamily:
    """Make books that a manager defines known, and give them their place in the rail."""
    _families.append(family)
    _rail.append(family)
    return family


def add_rail_page(page: RailPage) -> RailPage:
    """Give a screen that is no register its place in the rail, after what was declared before it."""
    _rail.append(page)
    return page


def rail() -> list[Register | RailPage]:
    """What the rail offers, in the order of the declarations."""
    found: list[Register | RailPage] = []
    for page in _rail:
        found += [m for m in page.members() if m.in_rail] if isinstance(page, RegisterFamily) else [page]
    return found


def registers() -> list[Register]:
    """All declared registers in the order of their declaration; what managers define are the `defined_registers`."""
    return list(_registers.values())


def defined_registers() -> list[Register]:
    """The books that managers define: they are rows of a table, so this asks the database (or what is kept of it)."""
    return [member for family in _families for member in family.members()]


def whole_books() -> list[Register]:
    """Books in which every record of the desk stands once: what a manager defines in place of the table behind it."""
    found: list[Register] = []
    for register in _registers.values():
        family = next((each for each in _families if each.model is register.model), None)
        found += family.members() if family else [register]
    return found


def register_by_key(key: str) -> Register:
    """Raises KeyError for a key nobody declared."""
    if key in _registers:
        return _registers[key]
    return {member.key: member for member in defined_registers()}[key]


def register_of(record: models.Model | type[models.Model]) -> Register | None:
    """The register whose model the record is a row of; of a record in a book that a manager made, that book."""
    model = record if isinstance(record, type) else type(record)
    if not isinstance(record, type) and (family := next((f for f in _families if f.model is model), None)):
        return family.of(record)
    return next((r for r in _registers.values() if r.model is model), None)


def columns_by_key(register: Register, keys: Iterable[str]) -> list[Column]:
    """The chosen columns in the register's own order; its shown ones when none is chosen."""
    wanted = set(keys)
    chosen = [c for c in register.columns if c.key in wanted]
    return chosen or [c for c in register.columns if c.shown]
