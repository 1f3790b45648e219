"""Drawn stand-ins for the photos of a round: a socket panel, fire gear, a fault before and after."""

import io
from collections.abc import Callable

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw, ImageFont

from servicedesk.services.photos import PreparedPhoto, prepare_photo

SIZE = (800, 600)
WALL, INK, RED, METAL, OCHRE, JADE = "#d9d4c8", "#1f2937", "#b4331f", "#8d939c", "#b45309", "#0f766e"


def _sockets(draw: ImageDraw.ImageDraw) -> None:
    draw.rounded_rectangle((140, 220, 660, 380), 24, fill="white", outline=METAL, width=4)
    for left in (180, 340, 500):
        draw.rounded_rectangle((left, 250, left + 120, 350), 12, outline=METAL, width=3)
        for shift, turn in ((30, -12), (78, 12)):
            draw.line((left + shift, 285, left + shift + turn, 315), fill=INK, width=7)
        draw.ellipse((left + 52, 262, left + 68, 278), fill=METAL)


def _extinguishers(draw: ImageDraw.ImageDraw) -> None:
    draw.rectangle((0, 500, 800, 600), fill="#b9b2a3")
    for left in (240, 440):
        draw.rounded_rectangle((left, 200, left + 120, 500), 40, fill=RED)
        draw.rectangle((left + 40, 160, left + 80, 205), fill=INK)
        draw.arc((left + 60, 150, left + 170, 330), 270, 90, fill=INK, width=10)
        draw.rectangle((left + 20, 300, left + 100, 380), fill="white")
        draw.ellipse((left + 48, 215, left + 72, 239), fill="white", outline=JADE, width=5)


def _before(draw: ImageDraw.ImageDraw) -> None:
    _sockets(draw)
    draw.polygon([(400, 420), (330, 540), (470, 540)], fill=OCHRE)
    draw.text((388, 460), "!", fill="white", font=_font(64))


def _after(draw: ImageDraw.ImageDraw) -> None:
    _sockets(draw)
    draw.ellipse((345, 420, 455, 530), fill=JADE)
    draw.line((370, 478, 394, 504, 434, 450), fill="white", width=12)


_DRAWN: dict[str, Callable[[ImageDraw.ImageDraw], None]] = {
    "断电": _sockets, "消防": _extinguishers, "整改前": _before, "整改后": _after,
}


def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(settings.BASE_DIR / "static" / "fonts" / "NotoSansSC-Bold.ttf", size)


class Pictures:
    """Each picture is drawn and kept once, however many rounds bear it."""

    def __init__(self) -> None:
        self.kept: dict[str, PreparedPhoto] = {}

    def of(self, what: str) -> PreparedPhoto:
        if what not in self.kept:
            picture = Image.new("RGB", SIZE, WALL)
            draw = ImageDraw.Draw(picture)
            _DRAWN[what](draw)
            draw.text((24, 548), f"演示照片 · {what}", fill=INK, font=_font(30))
            stream = io.BytesIO()
            picture.save(stream, "JPEG", quality=80)
            self.kept[what] = prepare_photo(SimpleUploadedFile("demo.jpg", stream.getvalue(), "image/jpeg"))
        return self.kept[what]

    def of_item(self, text: str) -> PreparedPhoto:
        return self.of("消防" if "灭火器" in text else "断电")
