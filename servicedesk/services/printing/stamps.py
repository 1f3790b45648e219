"""What differs from print to print (time, person, page number, 联次) is drawn over kept pieces.

Drawing a line of text costs a millisecond, rendering a page a hundred. The few characters needed are cut
out of the body font once per set of characters and kept.
"""

import hashlib
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal
from uuid import uuid4

import pikepdf
from django.conf import settings
from fontTools import subset
from fontTools.ttLib import TTFont

from servicedesk.services.printing import engine

MM = 72 / 25.4
FONT = "/DeskStamp"
FAMILY = "/DESKST+NotoSerifSC-Regular"
ALWAYS = "打印时间人补第次页共校验码空白表预览,不作凭证联张本号 0123456789ABCDEF-:/·①②③存根客户员工财务"
GREY = "0.35 g"


@dataclass(frozen=True)
class Mark:
    """A line of text; `x` and `y` in millimetres from the lower left corner of the page."""

    text: str
    x: float
    y: float
    size: float = 8
    align: Literal["left", "right", "center"] = "left"
    is_grey: bool = True


class StampFont:
    """The body font cut down to some characters, as a PDF font that copies out as text."""

    def __init__(self, characters: str) -> None:
        self.file = _cut_font(characters)
        font = TTFont(io.BytesIO(self.file))
        self.cmap = font.getBestCmap()
        self.order = {name: position for position, name in enumerate(font.getGlyphOrder())}
        self.scale = 1000 / font["head"].unitsPerEm
        self.widths = {name: round(width * self.scale) for name, (width, _) in font["hmtx"].metrics.items()}
        self.ascent, self.descent = (round(v * self.scale) for v in (font["hhea"].ascent, font["hhea"].descent))

    def glyphs(self, text: str) -> list[str]:
        return [self.cmap.get(ord(c)) or self.cmap[ord(engine.BOX)] for c in text]

    def encoded(self, text: str) -> str:
        return "".join(f"{self.order[name]:04X}" for name in self.glyphs(text))

    def width(self, text: str, size: float) -> float:
        """In points."""
        return sum(self.widths[name] for name in self.glyphs(text)) * size / 1000

    def in_pdf(self, pdf: pikepdf.Pdf) -> pikepdf.Object:
        """The font as an object of `pdf`."""
        widths: list = []
        for name, position in self.order.items():
            widths += [position, pikepdf.Array([self.widths[name]])]
        descriptor = pdf.make_indirect(pikepdf.Dictionary(
            Type=pikepdf.Name.FontDescriptor, FontName=pikepdf.Name(FAMILY), Flags=4,
            FontBBox=[0, self.descent, 1000, self.ascent], ItalicAngle=0, Ascent=self.ascent, Descent=self.descent,
            CapHeight=700, StemV=80, FontFile2=pdf.make_stream(self.file, Length1=len(self.file)),
        ))
        inner = pdf.make_indirect(pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.CIDFontType2, BaseFont=pikepdf.Name(FAMILY),
            CIDSystemInfo=pikepdf.Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
            CIDToGIDMap=pikepdf.Name.Identity, DW=1000, W=pikepdf.Array(widths), FontDescriptor=descriptor,
        ))
        return pdf.make_indirect(pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type0, BaseFont=pikepdf.Name(FAMILY),
            Encoding=pikepdf.Name("/Identity-H"), DescendantFonts=[inner],
            ToUnicode=pdf.make_stream(self._to_unicode()),
        ))

    def _to_unicode(self) -> bytes:
        pairs = [(self.order[name], point) for point, name in self.cmap.items()]
        lines = [f"<{glyph:04X}> <{chr(point).encode('utf-16-be').hex().upper()}>" for glyph, point in pairs]
        blocks = [lines[i:i + 100] for i in range(0, len(lines), 100)]
        body = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
        return (
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap "
            "/CMapName /Adobe-Identity-UCS def /CMapType 2 def\n"
            f"1 begincodespacerange <0000> <FFFF> endcodespacerange\n{body}\nendcmap end end"
        ).encode()


def _cut_font(characters: str) -> bytes:
    """The bytes of the font with these characters only; kept, because cutting takes half a second."""
    name = hashlib.sha256(characters.encode()).hexdigest()[:24]
    path = Path(settings.DESK_DATA) / "papers" / f"{name}.ttf"
    if path.exists():
        return path.read_bytes()
    content = _cut(characters)
    fresh = path.with_suffix(f".{uuid4().hex[:8]}")
    fresh.write_bytes(content)
    fresh.replace(path)
    return content


def _cut(characters: str) -> bytes:
    options = subset.Options()
    options.layout_features, options.hinting, options.glyph_names = [], False, False
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "vmtx", "vhea", "VORG", "STAT"]
    cutter = subset.Subsetter(options)
    cutter.populate(text=characters + engine.BOX)
    stream = io.BytesIO()
    with TTFont(engine.static_folder() / "fonts" / engine.FONT_FILES[0], lazy=True) as font:
        cutter.subset(font)
        font.save(stream)
    return stream.getvalue()


@lru_cache(maxsize=64)
def stamp_font(characters: str) -> StampFont:
    """The font for a sorted set of characters."""
    return StampFont(characters)


def _font_for(texts: Iterable[str]) -> StampFont:
    return stamp_font("".join(sorted(set("".join(texts)) | set(ALWAYS))))


def stamp(pdf: pikepdf.Pdf, marks: Sequence[Sequence[Mark]]) -> None:
    """Draw a list of marks on each page of `pdf`."""
    font = _font_for(mark.text for page in marks for mark in page)
    made = font.in_pdf(pdf)
    for page, of_page in zip(pdf.pages, marks, strict=True):
        if of_page:
            _draw(page, of_page, font, made)


def _draw(page: pikepdf.Page, marks: Sequence[Mark], font: StampFont, made: pikepdf.Object) -> None:
    # Pages of one piece share their resources; a page that is printed twice shares them too.
    resources = pikepdf.Dictionary(page.resources)  # type: ignore[arg-type]
    fonts = pikepdf.Dictionary(resources.get("/Font", pikepdf.Dictionary()))  # type: ignore[arg-type]
    fonts[FONT] = made
    resources["/Font"] = fonts
    page.obj["/Resources"] = resources
    page.contents_add(b"q", prepend=True)
    page.contents_add(("Q\n" + "\n".join(_operators(mark, font) for mark in marks)).encode())


def _operators(mark: Mark, font: StampFont) -> str:
    x, width = mark.x * MM, font.width(mark.text, mark.size)
    left = {"left": x, "right": x - width, "center": x - width / 2}[mark.align]
    colour = GREY if mark.is_grey else "0 g"
    return (
        f"q {colour} BT {FONT} {mark.size} Tf 1 0 0 1 {left:.2f} {mark.y * MM:.2f} Tm "
        f"<{font.encoded(mark.text)}> Tj ET Q"
    )


def content_mark(keys: Iterable[str]) -> str:
    """SHA-256 over the keys of the pieces of a document: what the print record keeps."""
    return hashlib.sha256("".join(keys).encode()).hexdigest()
