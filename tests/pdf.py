"""Reading a PDF as its user would: its text as copied out, its pages, its fonts, the pictures in it."""

import io
import re
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

import pikepdf
import segno
from fontTools.ttLib import TTFont
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


def glyphs_astray(pdf: bytes) -> set[str]:
    """Glyphs that are shown and that their font has not, or has in another width: an archival PDF has none."""
    found: set[str] = set()
    with pikepdf.open(io.BytesIO(pdf)) as book:
        seen: dict[tuple[int, int], dict[int, bool]] = {}
        for page in book.pages:
            fonts = {name: _glyphs_of(font, seen) for name, font in page.resources.get("/Font", {}).items()}
            glyphs: dict[int, bool] = {}
            for operands, operator in pikepdf.parse_content_stream(page):
                if str(operator) == "Tf":
                    name = str(operands[0])
                    glyphs = fonts[name]
                elif str(operator) in {"Tj", "TJ"}:
                    found |= {f"{name} {code}" for code in _codes(operands[0]) if not glyphs.get(code)}
    return found


def _glyphs_of(font: pikepdf.Object, seen: dict) -> dict[int, bool]:
    """Each glyph of a font, and whether the PDF knows its width."""
    if font.objgen not in seen:
        inner = font.DescendantFonts[0]
        descriptor = inner.FontDescriptor
        file = descriptor.get("/FontFile2") or descriptor.FontFile3
        with TTFont(io.BytesIO(file.read_bytes())) as held:
            scale, widths = 1000 / held["head"].unitsPerEm, _widths(inner)
            seen[font.objgen] = {
                code: abs(widths.get(code, 1000) - held["hmtx"][glyph][0] * scale) <= 1
                for code, glyph in enumerate(held.getGlyphOrder()) if code
            }
    return seen[font.objgen]


def _widths(inner: pikepdf.Object) -> dict[int, float]:
    listed = list(inner.W)
    return {
        int(first) + n: float(width)
        for first, widths in zip(listed[::2], listed[1::2], strict=True) for n, width in enumerate(widths)
    }


def _codes(shown: pikepdf.Object) -> list[int]:
    texts = [bytes(each) for each in shown if isinstance(each, pikepdf.String)] if isinstance(shown, pikepdf.Array) \
        else [bytes(shown)]
    return [int.from_bytes(text[n:n + 2]) for text in texts for n in range(0, len(text), 2)]
