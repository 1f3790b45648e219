"""HTML to PDF: one font configuration per process, nothing read but the bundled fonts and our own pictures."""

import logging
import re
import threading
import unicodedata
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from PIL import ImageFile
from weasyprint import CSS, HTML
from weasyprint.document import Document
from weasyprint.logger import LOGGER
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

# WeasyPrint tells Pillow, for the whole process, to take torn pictures: a photo cut off half way would be kept.
ImageFile.LOAD_TRUNCATED_IMAGES = False
FONT_FILES = ("NotoSerifSC-Regular.ttf", "NotoSansSC-Bold.ttf", "NotoSerif-Regular.ttf", "NotoSans-Bold.ttf")
SIZES = ("a4", "a4-landscape", "a5-landscape", "label", "label-sheet")
LARGEST_PICTURE = 600_000
# A form of one page is drawn as it is; when it runs over onto a second, closer, and at last tightly.
ROOMY, CLOSER = '<body class="roomy">', ('<body class="close">', '<body class="tight">')
FORM_END = "form-end"
# What stands for a character that no font has. Our own font has it: an archival PDF shows no glyph that is not there.
BOX = "□"
# Separators that came along with pasted text: nobody misses them, and no font has them.
_UNSEEN = ("Cc", "Cf", "Zl", "Zp")
_MOST_ROUNDS = 3
_PICTURE = re.compile(r"data:image/png;base64,[A-Za-z0-9+/]+=*\Z")
# Pango's font map is shared by all threads of a process.
_one_at_a_time = threading.Lock()
log = logging.getLogger(__name__)


def static_folder() -> Path:
    return Path(settings.BASE_DIR) / "static"


class ClosedFetcher(URLFetcher):
    """Lets through the bundled fonts and pictures carried in the page itself; refuses every other address."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=("file", "data"), allow_redirects=False)
        self.fonts = {(static_folder() / "fonts" / name).as_uri() for name in FONT_FILES}
        self.refused: list[str] = []

    def fetch(self, url, headers=None):
        is_picture = len(url) <= LARGEST_PICTURE and _PICTURE.match(url)
        if url in self.fonts or is_picture:
            return super().fetch(url, headers)
        self.refused.append(url[:200])
        raise ValueError("outside resource refused")


class _MissingGlyphs(logging.Handler):
    """Collects the characters that no font has; WeasyPrint tells of them in its log only."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.characters: dict[str, None] = {}

    def emit(self, record: logging.LogRecord) -> None:
        if ".notdef" in str(record.msg) and isinstance(record.args, tuple) and record.args:
            self.characters.setdefault(str(record.args[0]), None)
        elif record.levelno >= logging.ERROR:
            log.error("weasyprint: %s", record.getMessage())


_missing = _MissingGlyphs()
LOGGER.setLevel(logging.WARNING)
LOGGER.propagate = False
LOGGER.addHandler(_missing)


class Engine:
    """Fonts and style sheets, read once."""

    def __init__(self) -> None:
        self.fetcher = ClosedFetcher()
        self.fonts = FontConfiguration()
        folder = static_folder() / "css"
        self.styles = {
            name: CSS(
                string=(folder / name).read_text(encoding="utf-8"), base_url=(folder / name).as_uri(),
                url_fetcher=self.fetcher, font_config=self.fonts,
            )
            for name in ("print.css", *(f"print-{size}.css" for size in SIZES))
        }

    def pdf(self, html: str, size: str) -> tuple[bytes, str]:
        """The PDF of a page in our own style, and the characters that no font has, which are drawn as boxes."""
        lacking = ""
        for _ in range(_MOST_ROUNDS):
            _missing.characters.clear()
            pdf = self.drawn(html, size).write_pdf()
            if not _missing.characters:
                break
            lacking += "".join(_missing.characters)
            html = html.translate({ord(each): " " if _is_unseen(each) else BOX for each in _missing.characters})
        return pdf, "".join(each for each in lacking if not _is_unseen(each))

    def drawn(self, html: str, size: str) -> Document:
        """The pages of a form, in the roomiest look in which it ends on its first page."""
        document = self._laid_out(html, size)
        if ROOMY not in html or _ends_on(document, 1) or not _ends_on(document, 2):
            return document
        closer = (self._laid_out(html.replace(ROOMY, look, 1), size) for look in CLOSER)
        return next((drawn for drawn in closer if _ends_on(drawn, 1)), document)

    def _laid_out(self, html: str, size: str) -> Document:
        return HTML(string=html, url_fetcher=self.fetcher).render(
            stylesheets=[self.styles["print.css"], self.styles[f"print-{size}.css"]], font_config=self.fonts,
        )


def _is_unseen(character: str) -> bool:
    return unicodedata.category(character) in _UNSEEN


def _ends_on(document: Document, page: int) -> bool:
    """Whether the form itself ends on a page; a 续页 may follow."""
    return any(FORM_END in drawn.anchors for drawn in document.pages[page - 1:page])


@lru_cache(maxsize=1)
def engine() -> Engine:
    """The engine of this process; the first call reads the fonts (about half a second)."""
    return Engine()


def render(html: str, size: str) -> tuple[bytes, str]:
    """PDF bytes of `html` on paper of `size`, and the characters that no font has."""
    with _one_at_a_time:
        return engine().pdf(html, size)
