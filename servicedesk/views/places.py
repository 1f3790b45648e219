"""Departments, service points, zones, storage places: one form view for each, all of one shape."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path

from servicedesk.books import DEPARTMENTS, PEOPLE, SERVICE_POINTS, STORAGE, ZONES, Book
from servicedesk.forms.places import DepartmentForm, PlaceForm, ServicePointForm, StoragePlaceForm, ZoneForm
from servicedesk.services.house import edition
from servicedesk.services.places import add_place, change_place
from servicedesk.views.books import BookDetailView, BookListView
from servicedesk.views.forms import RecordFormView
from servicedesk.views.people import PersonCreateView, PersonDetailView, PersonEditView


class PlaceFormView(RecordFormView):
    """Adds a row of `register`, or with a key in the address edits it."""

    register: Book
    form_class: Any = PlaceForm
    needs_point = False

    def get_permission_required(self) -> tuple[str, ...]:
        return (self.register.permission,)

    @property
    def form_title(self) -> str:  # type: ignore[override]
        return f"{'修改' if 'pk' in self.kwargs else '新增'}{self.register.label}"

    def place(self) -> Any:
        pk = self.kwargs.get("pk")
        return None if pk is None else get_object_or_404(self.register.rows(), pk=pk)

    def form_kwargs(self) -> dict[str, Any]:
        return {"place": self.place()}

    def initial(self) -> dict[str, Any]:
        place = self.place()
        if place is None:
            return {}
        lists = {name: [row.pk for row in getattr(place, name).all()] for name in self.form_class.lists}
        columns = {name: getattr(place, name) for name in self.form_class.columns}
        return {**columns, **lists, "version": edition(place)}

    def save(self, form: PlaceForm) -> Any:
        place, by = self.place(), self.request.user
        if place is None:
            return add_place(self.register.model, by=by, many=form.many(), **form.facts())
        typed = form.cleaned_data
        change_place(
            place, by=by, seen=typed["version"], reason=typed["reason"], many=form.many(), **form.facts()
        )
        return place

    def saved_sentence(self, record: Any) -> str:
        return f"已保存 {record}"


def book_urls(book: Book, folder: str, *, create: Any, edit: Any, detail: Any = BookDetailView) -> list:
    """The four addresses of a book."""
    return [
        path(f"{folder}/", BookListView.as_view(book=book), name=f"{book.key}_list"),
        path(f"{folder}/new/", create, name=f"{book.key}_create"),
        path(f"{folder}/<int:pk>/", detail.as_view(book=book), name=f"{book.key}_detail"),
        path(f"{folder}/<int:pk>/edit/", edit, name=f"{book.key}_edit"),
    ]


def _place_urls(book: Book, folder: str, form_class: type[PlaceForm]) -> list:
    form = PlaceFormView.as_view(register=book, form_class=form_class)
    return book_urls(book, folder, create=form, edit=form)


urlpatterns = [
    *book_urls(
        PEOPLE, "people", create=PersonCreateView.as_view(), edit=PersonEditView.as_view(), detail=PersonDetailView
    ),
    *_place_urls(DEPARTMENTS, "departments", DepartmentForm),
    *_place_urls(SERVICE_POINTS, "service-points", ServicePointForm),
    *_place_urls(ZONES, "zones", ZoneForm),
    *_place_urls(STORAGE, "storage-places", StoragePlaceForm),
]
