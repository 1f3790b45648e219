"""Posters with the QR code of an open page, in two sizes: an app declares its own by one line in `<app>/papers/`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from servicedesk.models import VisitorCode
from servicedesk.paper import Paper, Size, add_paper
from servicedesk.services.printing.sheets import qr_picture
from servicedesk.services.visitors import visitor_url

RIGHT = "servicedesk.manage_places"
SIZES: tuple[tuple[str, Size, str], ...] = (("a4", "a4", "A4"), ("a5", "a5-landscape", "A5"))


@dataclass(frozen=True, kw_only=True)
class Poster:
    """What a poster says, in both languages; `page` is the open page that its code leads to."""

    key: str
    form_code: str
    label: str
    page: str
    title: str
    title_en: str
    line: str
    line_en: str


def add_poster(poster: Poster) -> list[Paper]:
    """Make a poster known as two papers of a visitor code: A4 upright, A5 lying."""
    return [
        add_paper(Paper(
            key=f"{poster.key}-{name}", form_code=poster.form_code, title=f"{poster.label} {label}", model=VisitorCode,
            size=size, template=f"print/poster_{name}.html", context=_context(poster), right=RIGHT, visible=_all,
            number_of=lambda code: code.code, find=_by_code, fits=lambda code: code.is_active, has_blank=False,
        ))
        for name, size, label in SIZES
    ]


def _all(user: Any):  # noqa: ARG001
    return VisitorCode.objects.select_related("service_point", "zone")


def _by_code(rows: Any, code: str) -> VisitorCode | None:
    return rows.filter(code=code).first()


def _context(poster: Poster) -> Callable[[VisitorCode], dict[str, Any]]:
    def context(code: VisitorCode) -> dict[str, Any]:
        address = visitor_url(poster.page, code)
        return {"poster": poster, "code": code, "address": address, "qr": qr_picture(address)}

    return context
