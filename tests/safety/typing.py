"""Filling in any form of the desk as a clerk would, from what its page offers."""

from typing import Any

from django.test import Client
from django.urls import reverse

from tests.access.row import Row
from tests.access.walk import PageForm, address, forms_of, read_all
from tests.access.world import World
from tests.conftest import PASSWORD

# What stands on no page of its own: the panels of a claim are forms of the claim's page.
SHOWN_BY = {
    "lostfound:claim_say": ("lostfound:claim_detail", "step=1"),
    "lostfound:claim_document": ("lostfound:claim_detail", "step=2"),
    "lostfound:claim_judge": ("lostfound:claim_detail", "step=3"),
    "lostfound:claim_release": ("lostfound:claim_detail", "step=4"),
}
WORDS = {
    "found_at": "-30", "lost_from": "-90", "lost_to": "-60", "handed_in_at": "", "filed_at": "", "on": "昨",
    "phone": "13800001234", "finder_phone": "", "other_contact": "", "finder_name": "张三", "owner_name": "杨明静",
    "quantity": "1", "unit": "把", "thing": "雨伞", "reason": "测试原因", "owner_number": "E12345678",
    "second_on_paper": "on", "taker_on_paper": "on", "signature_how": "paper", "staff_no": "8001", "name": "新名",
    "serial_mark": "Q", "code": "Z-09", "number": "N09", "summary": "助人为乐", "public_text": "黑色雨伞",
    "owner_expires_on": "", "booklet_number": "", "sheet_number": "", "estimated_value": "", "password": PASSWORD,
}


def filled(form: PageForm, more: dict[str, Any]) -> dict[str, Any]:
    """What a clerk would post: what stands there already, a word in what is required, then `more`."""
    typed: dict[str, Any] = {}
    for control in form.controls:
        if control.kind in {"checkbox", "radio"}:
            if control.is_checked or control.name not in typed and control.is_required:
                typed.setdefault(control.name, [])
                typed[control.name] = [*typed[control.name], control.value or "on"]
        elif control.kind not in {"file", "submit", "button"}:
            typed[control.name] = control.value or _word(control)
    return {name: value for name, value in typed.items() if value != ""} | more


def _word(control) -> str:
    if control.options:
        return next((o for o in control.options if o), "") if control.is_required else ""
    short = control.name.rpartition("-")[2]
    if control.kind == "password":
        return PASSWORD if control.is_required else ""
    return WORDS.get(short, "字" if control.is_required else "")


def form_for(row: Row, world: World, client: Client) -> PageForm | None:
    """The form whose POST goes to the row's address; None where the page offers none."""
    url, page, query = address(row, world), address(row, world), read_all(world, row.query)
    if row.name in SHOWN_BY:
        shown, step = SHOWN_BY[row.name]
        page, query = reverse(shown, args=[world.read(a) for a in row.args]), dict([step.split("=")])
    elif row.get.status != 200:
        return None
    answer = client.get(page, query)
    if answer.status_code != 200 or "html" not in answer.headers["Content-Type"]:
        return None
    posts = [f for f in forms_of(answer.content.decode()) if f.method == "post"]
    own = [f for f in posts if f.action.partition("?")[0] == url or (not f.action and page == url)]
    return own[-1] if own else None
