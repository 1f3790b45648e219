"""Reading a PDF as its user would: its text as copied out, its pages, its fonts, the pictures in it."""

import io
import re
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

import pikepdf
import segno
from PIL import Image

MM = 72 / 25.4


def _poppler(tool: str, pdf: bytes, *arguments: str) -> str:
    found = subprocess.run([tool, *arguments], input=pdf, capture_output=True, check=True)
    return found.stdout.decode()


def text_of(pdf: bytes, page: int | None = None) -> str:
    """The text in the order it was written, without any white space: cells break their labels."""
    pages = ["-f", str(page), "-l", str(page)] if page else []
    return re.sub(r"\s+", "", _poppler("pdftotext", pdf, "-raw", *pages, "-", "-"))


def page_count(pdf: bytes) -> int:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return len(opened.pages)


def page_sizes(pdf: bytes) -> list[tuple[int, int]]:
    """Width and height of each page in millimetres."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        boxes = [[float(v) for v in page.mediabox] for page in opened.pages]
    return [(round((right - left) / MM), round((top - bottom) / MM)) for left, bottom, right, top in boxes]


def fonts_of(pdf: bytes) -> dict[str, tuple[bool, bool]]:
    """Name of each font → (embedded, copies out as text)."""
    rows = _poppler("pdffonts", pdf, "-").splitlines()[2:]
    return {row.split()[0]: (row.split()[-5] == "yes", row.split()[-3] == "yes") for row in rows}


def pictures_of(pdf: bytes) -> list[Image.Image]:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "paper.pdf"
        file.write_bytes(pdf)
        subprocess.run(["pdfimages", "-png", str(file), str(Path(folder) / "picture")], check=True)
        return [Image.open(path).copy() for path in sorted(Path(folder).glob("picture*.png"))]


def is_qr_of(picture: Image.Image, text: str) -> bool:
    """Whether each module of the picture is that of the code for `text` (one module of quiet zone)."""
    matrix = [list(row) for row in segno.make(text, error="m", micro=False).matrix_iter(border=1)]
    if picture.width % len(matrix) or picture.width != picture.height:
        return False
    step, grey = picture.width // len(matrix), picture.convert("L")
    return all(
        (grey.getpixel((x * step + step // 2, y * step + step // 2)) < 128) == bool(dark)
        for y, row in enumerate(matrix) for x, dark in enumerate(row)
    )
