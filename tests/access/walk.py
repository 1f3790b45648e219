"""Asking every address of the matrix: where it is, what its forms hold, and a request that leaves no trace."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from typing import Any

from django.test import Client, TestCase
from django.urls import reverse

from tests.access.row import Row
from tests.access.world import World


def address(row: Row, world: World) -> str:
    return reverse(row.name, args=[world.read(a) for a in row.args])


def read_all(world: World, typed: Mapping[str, Any]) -> dict[str, Any]:
    return {key: world.read(value) for key, value in typed.items()}


def undone(act, client: Client):
    """What `act` answers; its effects and the client's cookies are then as before."""
    cookies = client.cookies.output(header="")
    undo = TestCase._enter_atomics()
    try:
        return act()
    finally:
        TestCase._rollback_atomics(undo)
        client.cookies = SimpleCookie(cookies)


@dataclass
class Control:
    """An input, select or textarea as the page offers it."""

    name: str
    kind: str
    value: str = ""
    is_required: bool = False
    is_checked: bool = False
    options: list[str] = field(default_factory=list)


@dataclass
class PageForm:
    """A form on a page: where it goes, and its controls in their order."""

    action: str
    method: str
    controls: list[Control] = field(default_factory=list)

    def names(self) -> list[str]:
        return list(dict.fromkeys(c.name for c in self.controls))


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[PageForm] = []
        self.open: list[PageForm] = []
        self.area: Control | None = None

    def handle_starttag(self, tag, attrs):
        found = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.open.append(PageForm(found.get("action", ""), found.get("method", "get").lower()))
            self.forms.append(self.open[-1])
        elif tag == "option" and self.open and self.open[-1].controls:
            self._option(self.open[-1].controls[-1], found)
        elif tag in {"input", "select", "textarea", "button"} and self.open and found.get("name"):
            control = Control(
                found["name"], found.get("type", tag), found.get("value", ""), "required" in found, "checked" in found
            )
            self.open[-1].controls.append(control)
            self.area = control if tag == "textarea" else None

    @staticmethod
    def _option(select: Control, found: dict[str, str]) -> None:
        select.options.append(found.get("value", ""))
        if "selected" in found:
            select.value = found.get("value", "")

    def handle_data(self, data):
        if self.area is not None:
            self.area.value += data

    def handle_endtag(self, tag):
        if tag == "form" and self.open:
            self.open.pop()
        elif tag == "textarea":
            self.area = None


def forms_of(html: str) -> list[PageForm]:
    """All forms of a page, in their order."""
    reader = _Forms()
    reader.feed(html)
    return reader.forms
