"""One story through the real screens: a phone is found, missed, claimed under a wrong name, and fetched."""

import base64
import datetime as dt
import io
import re
import subprocess

import pytest
from openpyxl import load_workbook

from lostfound.choices import ClaimState, ItemState, MatchState
from lostfound.models import Claim, FoundItem, LostReport, Match
from servicedesk.models import Signature
from tests.browser.conftest import type_in
from tests.conftest import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
RECORD = re.compile(r"/\d+/$")
CLAIM = re.compile(r"/claims/\d+/")
DOCUMENT = "E12345678"
FETCHED = """async (form) => {
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form) });
  const bytes = new Uint8Array(await answer.arrayBuffer());
  return [answer.status, btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""))];
}"""


@pytest.fixture
def desk(page, live_server, clerk, second_clerk, guard, zone, counter, safe):
    type_in(page, live_server, clerk)
    return page


def focus(page, name: str) -> None:
    """Go on with Enter (Tab where Enter begins a line), as a clerk does, until the field has the focus."""
    for _ in range(60):
        here = page.evaluate("document.activeElement.name || document.activeElement.id")
        if here in {name, f"id_{name}-ts-control"}:
            return
        page.keyboard.press("Tab" if page.evaluate("document.activeElement.tagName") == "TEXTAREA" else "Enter")
        page.wait_for_timeout(40)
    raise AssertionError(f"{name} cannot be reached from the keyboard; the focus is on {here}")


def pick(page, name: str, words: str) -> None:
    """Type into a picker and take what it offers."""
    focus(page, name)
    page.keyboard.type(words, delay=20)
    page.wait_for_timeout(250)
    page.keyboard.press("Enter")
    page.wait_for_timeout(80)


def write(page, **words: str) -> None:
    for name, text in words.items():
        focus(page, name)
        page.keyboard.type(text)


def choose(page, name: str, words: str) -> None:
    """A picker by mouse and keys."""
    page.locator(f"#id_{name}-ts-control").click()
    page.keyboard.type(words, delay=20)
    page.wait_for_timeout(250)
    page.keyboard.press("Enter")
    page.wait_for_timeout(80)


def sign(page) -> None:
    """A stroke on the pad."""
    pad = page.locator(".signature-pad canvas")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    page.mouse.move(box["x"] + 20, box["y"] + 30)
    page.mouse.down()
    for step in range(1, 8):
        page.mouse.move(box["x"] + 20 + step * 18, box["y"] + 30 + (step % 2) * 25)
    page.mouse.up()


def save(page, button: str, leads_to: re.Pattern) -> None:
    """Press the form's button; a refusal fails with the sentence that the clerk reads."""
    page.locator("button[type=submit].btn-primary", has_text=button).click()
    page.wait_for_load_state()
    refused = page.locator(".invalid-feedback:visible, .note-error:visible").all_inner_texts()
    assert leads_to.search(page.url), refused


def printed(page, live_server, key: str, item: FoundItem) -> tuple[str, int]:
    """Press print on the paper's screen; the text of the PDF and its number of pages."""
    page.goto(f"{live_server.url}/papers/{key}/?id={item.pk}")
    status, content = page.locator("form[action$='/print/']").evaluate(FETCHED)
    assert status == 200
    pdf = base64.b64decode(content)
    text = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True,
        check=True).stdout.decode()
    return text, text.count("\f")


def test_a_phone_is_found_missed_claimed_and_fetched(desk, live_server, clerk, second_clerk, guard):
    item = register_the_phone(desk, live_server)
    the_papers_of_the_find_are_printed(desk, live_server, item)
    report = register_the_loss(desk, live_server)
    the_match_says_why_and_is_confirmed(desk, live_server, item, report)
    claim = the_claimant_makes_two_statements_before_anything_is_shown(desk, live_server, item)
    the_claim_is_refused_for_a_name_that_sounds_the_same(desk, live_server, claim)
    the_typing_error_is_cured(desk, claim, second_clerk)
    the_blind_check_puts_the_thing_beside_what_was_said(desk, live_server, claim)
    the_phone_is_handed_over(desk, claim, second_clerk)
    the_lower_half_stands_on_the_same_sheet(desk, live_server, item)
    the_workbooks_hold_dates_and_masked_phones(desk, live_server, item, report)
    assert desk.complaints == []


def register_the_phone(page, live_server) -> FoundItem:
    page.keyboard.press("Alt+5")
    page.wait_for_url("**/items/new/staff/")
    page.wait_for_timeout(400)
    write(page, thing="手机", colour="黑色")
    pick(page, "zone", "gjt")
    write(page, found_at="-20")
    pick(page, "finder", "2001")
    write(page, brand="华为", features="右下角有裂纹", name_on_item="杨明静", secret_marks="壳内有照片")
    pick(page, "storage", "S-01")
    write(page, seal_number="F-0001")
    pick(page, "second_person", "1002")
    write(page, second_password=PASSWORD)
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/items/new/staff/")
    page.get_by_text("已登记 YG-").wait_for()
    item = FoundItem.objects.get()
    assert (item.thing, item.category.name, item.is_valuable, item.state) == ("手机", "手机", True,
        ItemState.IN_CUSTODY)
    assert (item.finder.name, item.second_person.name, item.seal_number) == ("马超", "李娜", "F-0001")
    return item


def the_papers_of_the_find_are_printed(page, live_server, item: FoundItem) -> None:
    label, _ = printed(page, live_server, "3.10", item)
    assert item.number in label
    assert "裂纹" not in label
    assert "杨明静" not in label
    sheet, pages = printed(page, live_server, "3.4", item)
    for word in (item.number, "员工拾物登记表", "员工拾物认领表", "手机", "华为", "马超", "观景台", "右下角有裂纹",
        "F-0001"):
        assert word in sheet, word
    assert pages == 1
    page.reload()
    page.get_by_text("王芳 1 份").wait_for()


def register_the_loss(page, live_server) -> LostReport:
    page.goto(f"{live_server.url}/")
    page.keyboard.press("Alt+2")
    page.wait_for_url("**/reports/new/")
    page.wait_for_timeout(400)
    write(page, owner_name="杨明静", phone="13800001234")
    page.fill("input[name=lost_from]", "-90")
    page.fill("input[name=lost_to]", "-10")
    choose(page, "zones", "gjt")
    page.keyboard.press("Escape")
    for name, words in {"thing": "手机", "colour": "黑色", "brand": "华为", "name_on_item": "杨明静"}.items():
        page.fill(f"input[name={name}]", words)
    sign(page)
    save(page, "保存", RECORD)
    return LostReport.objects.get()


def the_match_says_why_and_is_confirmed(page, live_server, item: FoundItem, report: LostReport) -> None:
    match = Match.objects.get(item=item, report=report)
    page.goto(f"{live_server.url}/lost-and-found/matches/{match.pk}/")
    said = page.locator("main").inner_text()
    for reason in ("同类", "同色", "姓名一致"):
        assert reason in said, said
    page.get_by_role("button", name="确认是同一件").click()
    page.get_by_text("联系失主").first.wait_for()
    assert Match.objects.get().state == MatchState.CONFIRMED


def the_claimant_makes_two_statements_before_anything_is_shown(page, live_server, item: FoundItem) -> Claim:
    page.goto(f"{live_server.url}/lost-and-found/items/{item.pk}/claim/")
    page.fill("input[name=claimant_name]", "杨明静")
    page.fill("input[name=phone]", "13800001234")
    page.fill("input[name=origin]", "浙江杭州")
    page.fill("input[name=lost_from]", "-90")
    page.fill("input[name=lost_place]", "观景台")
    save(page, "受理认领", CLAIM)
    claim = Claim.objects.get()
    for words in ("右下角裂了", "壳里夹着照片"):
        assert "裂纹" not in page.content()
        page.fill("input[name=text]", words)
        page.keyboard.press("Enter")
        page.locator(".said").get_by_text(words).wait_for()
    return claim


def the_claim_is_refused_for_a_name_that_sounds_the_same(page, live_server, claim: Claim) -> None:
    page.goto(f"{live_server.url}/lost-and-found/claims/{claim.pk}/?step=2")
    page.select_option("select[name=owner_kind]", "passport")
    page.select_option("select[name=owner_form]", "original")
    page.fill("input[name=owner_name]", "杨民敬")
    page.fill("input[name=owner_number]", DOCUMENT)
    page.get_by_role("button", name="核对证件与姓名").click()
    page.get_by_text("同音不同字").first.wait_for()
    said = page.locator("main").inner_text()
    assert "‘杨明静’" in said
    assert "‘杨民敬’同音不同字" in said
    assert page.get_by_role("button", name="签字发还").count() == 0
    assert Claim.objects.get().state == ClaimState.BLOCKED


def the_typing_error_is_cured(page, claim: Claim, second_clerk) -> None:
    page.get_by_role("link", name=re.compile("更正")).first.click()
    page.wait_for_url("**/correct/")
    page.select_option("select[name=name_field]", "document_name")
    page.fill("input[name=name]", "杨明静")
    page.fill("input[name=reason]", "拼音选错字")
    choose(page, "second_person", second_clerk.staff_no)
    page.fill("input[name=second_password]", PASSWORD)
    page.locator("button[type=submit].btn-primary").click()
    page.wait_for_url(CLAIM)
    claim.refresh_from_db()
    assert (claim.state, claim.document_name) == (ClaimState.VERIFYING, "杨明静")
    assert claim.corrections.get().old == "杨民敬"


def the_blind_check_puts_the_thing_beside_what_was_said(page, live_server, claim: Claim) -> None:
    page.goto(f"{live_server.url}/lost-and-found/claims/{claim.pk}/?step=3")
    assert "裂纹" not in page.content()
    page.get_by_role("button", name="开启核对").click()
    page.get_by_text("右下角有裂纹").first.wait_for()
    for choice in page.get_by_label("符合", exact=True).all():
        choice.check()
    page.get_by_role("button", name="核验通过").click()
    page.get_by_text("核验通过,请认领人签字").wait_for()
    claim.refresh_from_db()
    assert claim.state == ClaimState.APPROVED


def the_phone_is_handed_over(page, claim: Claim, second_clerk) -> None:
    page.locator("input[name=signature_how][value=screen]").wait_for()
    page.check("input[name=is_counted_again]")
    choose(page, "second_person", second_clerk.staff_no)
    page.fill("input[name=second_password]", PASSWORD)
    sign(page)
    page.get_by_role("button", name="签字发还").click()
    page.wait_for_url(CLAIM)
    page.get_by_text("已发还").first.wait_for()
    claim.refresh_from_db()
    assert (claim.state, claim.item.state) == (ClaimState.HANDED_OVER, ItemState.RETURNED)
    assert [s.image != "" for s in Signature.objects.of(claim).filter(role="认领人")] == [True]


def the_lower_half_stands_on_the_same_sheet(page, live_server, item: FoundItem) -> None:
    sheet, pages = printed(page, live_server, "3.4", item)
    for word in ("员工拾物登记表", "员工拾物认领表", "杨明静", "1. 右下角裂了", "浙江杭州", "右下角有裂纹", "李娜",
        "补打"):
        assert word in sheet, word
    assert sheet.count(item.number) >= 2
    assert DOCUMENT in sheet
    assert pages == 1


def the_workbooks_hold_dates_and_masked_phones(page, live_server, item: FoundItem, report: LostReport) -> None:
    items = downloaded(page, f"{live_server.url}/lost-and-found/items/?all=1")
    assert items["编号"].value == item.number
    assert isinstance(items["拾获时间"].value, dt.datetime)
    assert items["拾获时间"].number_format == "yyyy-mm-dd hh:mm"
    columns = "&".join(f"columns={key}" for key in ("number", "owner", "phone", "lost_to", "state"))
    reports = downloaded(page, f"{live_server.url}/lost-and-found/reports/?{columns}")
    assert (reports["编号"].value, reports["失主"].value, reports["电话"].value) == (report.number, "杨**",
        "138****1234")
    assert (reports["电话"].data_type, reports["电话"].number_format) == ("s", "@")
    assert isinstance(reports["遗失时间"].value, dt.datetime)
    assert reports["状态"].value == "已找回"


def downloaded(page, url: str) -> dict:
    """The only row of the list's workbook, by column."""
    page.goto(url)
    with page.expect_download() as download:
        page.locator("a[href*='/export/']").first.click()
    book = load_workbook(io.BytesIO(download.value.path().read_bytes()))
    _, _, head, row = list(book.active.iter_rows())
    return dict(zip([cell.value for cell in head], row, strict=True))
