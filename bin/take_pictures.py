"""Takes the README's pictures from a running demo desk. Called by `bin/screenshots`: take_pictures.py ADDRESS FOLDER"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

SIZE = (1366, 768)
MOST_BYTES = 200_000
DESK = "/lost-and-found"
PASSWORD = "youke-2026"  # noqa: S105  # the demo park's, known to everybody
GROUND = (236, 232, 221)


def sign_in(page: Page, staff_no: str) -> None:
    page.goto("/signin/")
    page.fill("[name=staff_no]", staff_no)
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/signin/" not in url)


def first_of(page: Page, query: str) -> str:
    """Opens the first record of a list; returns its number."""
    page.goto(f"{DESK}/{query}")
    number = page.locator("tbody .number").first
    found = number.inner_text()
    number.click()
    page.wait_for_load_state("networkidle")
    return found


def fill_a_find(page: Page) -> None:
    """A thing that somebody reported lost, as far as a clerk has typed it; the side says what the desk knows."""
    page.goto(f"{DESK}/reports/?state=open")
    words = page.locator("tbody .cell-link").first.inner_text().split()[:-1]
    page.goto(f"{DESK}/items/new/")
    page.fill("[name=thing]", words[-1])
    page.fill("[name=colour]", words[0] if len(words) > 1 else "")
    page.fill("[name=brand]", words[1] if len(words) > 2 else "")  # noqa: PLR2004
    page.fill("[name=found_at]", "-20")
    page.locator("#id_zone-ts-control").click()
    page.keyboard.type("gjt", delay=30)
    page.keyboard.press("Enter")
    page.wait_for_timeout(3000)


def shoot(page: Page, folder: Path, name: str) -> None:
    page.mouse.move(0, 0)
    page.wait_for_timeout(400)
    raw = page.screenshot()
    with tempfile.NamedTemporaryFile(suffix=".png") as file:
        Path(file.name).write_bytes(raw)
        keep(Image.open(file.name), folder / f"{name}.png")


def shoot_paper(folder: Path, form: str, number: str, name: str) -> None:
    """The upper part of a printed form, as it comes out of the printer, lying on the desk."""
    with tempfile.TemporaryDirectory() as scratch:
        pdf = Path(scratch) / "paper.pdf"
        manage = [sys.executable, "manage.py", "print_form", form, number, "--out", str(pdf)]
        subprocess.run(manage, check=True, env=os.environ)  # noqa: S603
        subprocess.run(["pdftoppm", "-png", "-r", "200", "-f", "1", "-l", "1", pdf, pdf.with_suffix("")], check=True)  # noqa: S603, S607
        sheet = Image.open(next(Path(scratch).glob("*.png"))).convert("RGB")
    width = 1120
    sheet = sheet.resize((width, sheet.height * width // sheet.width), Image.Resampling.LANCZOS)
    desk = Image.new("RGB", SIZE, GROUND)
    desk.paste(sheet, ((SIZE[0] - width) // 2, 24))
    keep(desk, folder / f"{name}.png")


def keep(image: Image.Image, path: Path) -> None:
    """As a palette PNG, with as many colours as the size allows."""
    for colours in (255, 128, 64, 32):
        image.convert("RGB").quantize(colours, dither=Image.Dither.NONE).save(path, optimize=True)
        if path.stat().st_size <= MOST_BYTES:
            print(f"{path}: {path.stat().st_size // 1000} kB")
            return
    raise SystemExit(f"{path} is larger than {MOST_BYTES} bytes")


def take_all(page: Page, folder: Path) -> None:
    sign_in(page, "1001")
    shoot(page, folder, "start")
    page.goto("/duty/")
    page.fill("#quick", "1020 投诉 检票口 游客反映排队过久")
    page.wait_for_selector("#reading .reading")
    shoot(page, folder, "duty-day")
    fill_a_find(page)
    shoot(page, folder, "find-form")
    number = first_of(page, "items/?intake_kind=staff&state=returned")
    shoot(page, folder, "find-record")
    first_of(page, "claims/?q=杨明静")
    shoot(page, folder, "claim-names")
    shoot_paper(folder, "3.4", number, "paper-3.4")


def main(address: str, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        chromium = os.environ.get("DESK_CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        context = browser.new_context(
            base_url=address, viewport={"width": SIZE[0], "height": SIZE[1]}, locale="zh-CN",
            timezone_id="Asia/Shanghai",
        )
        take_all(context.new_page(), folder)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"), Path(sys.argv[2]))
