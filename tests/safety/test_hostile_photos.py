"""Files that pretend to be photos: nothing of them is kept, they cost little, and the clerk reads one sentence."""

import base64
import gzip
import io
import json
import re
import struct
import subprocess
import sys
import zipfile
import zlib

import pytest
from django.conf import settings as project
from PIL import Image, PngImagePlugin

from servicedesk.errors import BadSignature
from servicedesk.services.photos import photo_path
from servicedesk.services.signing import PNG_HEAD, redrawn

pytestmark = pytest.mark.one_database

SCRIPT = b"<script>alert(1)</script>"
PLACE = b"GPS-MARK-30.2741N"
MARKS = (
    b"<script", b"<svg", b"<?php", PLACE, b"Exif", b"PK\x03\x04", b"%PDF", b"secret-caption", b"http://",
    b"ICC_PROFILE", b"xpacket",
)
MOST_MEMORY = 300_000
MOST_SECONDS = 2.0


def picture(kind: str = "JPEG", size=(640, 480), mode: str = "RGB", **more) -> bytes:
    stream = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert(mode).save(stream, kind, **more)
    return stream.getvalue()


def exif(**tags) -> Image.Exif:
    found = Image.Exif()
    found[0x010E] = "secret-caption"
    found[0x0112] = tags.get("orientation", 1)
    found.get_ifd(0x8825)[1] = "N"
    found.get_ifd(0x8825)[29] = PLACE.decode()
    return found


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(width: int, height: int, data: bytes = b"", *, colour: int = 2, further: bytes = b"") -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8 if colour != 0 else 1, colour, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + further + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def black(width: int, height: int) -> bytes:
    """A whole picture of one colour: some kilobytes that unfold to width × height."""
    packer, row = zlib.compressobj(9), b"\x00" * (1 + width * 3)
    return png(width, height, b"".join(packer.compress(row) for _ in range(height)) + packer.flush())


def commented(comment: bytes) -> bytes:
    jpeg = picture()
    return jpeg[:2] + b"\xff\xfe" + struct.pack(">H", len(comment) + 2) + comment + jpeg[2:]


def noted_png() -> bytes:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", SCRIPT.decode())
    notes.add_itxt("XML:com.adobe.xmp", f"<?xpacket?>{PLACE.decode()}")
    return picture("PNG", pnginfo=notes, exif=exif())


def zipped() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"0" * 5_000_000)
    return stream.getvalue()


def heif(**more) -> bytes:
    return picture("HEIF", **more)


def hostile() -> dict[str, bytes]:
    jpeg, small_png, webp, heic = picture(), picture("PNG"), picture("WEBP"), heif()
    svg = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>1</script></svg>'
    return {
        # what is a picture, with something in or behind it
        "comment.jpg": commented(SCRIPT), "comment-long.jpg": commented(SCRIPT * 2000),
        "exif-gps.jpg": picture(exif=exif()), "exif-turned.jpg": picture(exif=exif(orientation=6)),
        "exif-broken.jpg": picture(exif=b"Exif\x00\x00MM\x00*" + b"\xff" * 200),
        "icc.jpg": picture(icc_profile=b"x" * 3000), "xmp.jpg": picture(xmp=b"<?xpacket?>" + PLACE),
        "tail-html.jpg": jpeg + SCRIPT, "tail-php.jpg": jpeg + b"<?php system($_GET[0]); ?>",
        "tail-zip.jpg": jpeg + zipped(), "tail-jpeg.jpg": jpeg + jpeg, "tail-pdf.jpg": jpeg + b"%PDF-1.7 /JS",
        "notes.png": noted_png(), "tail-html.png": small_png + SCRIPT, "alpha.png": picture("PNG", mode="LA"),
        "palette.png": picture("PNG", mode="P"), "bit.png": picture("PNG", mode="1"), "exif.webp": picture("WEBP",
            exif=exif()),
        "gps.heic": heif(exif=exif().tobytes()), "cmyk.jpg": picture(mode="CMYK"), "grey.jpg": picture(mode="L"),
        "one-pixel.png": picture("PNG", size=(1, 1)), "thin.png": black(1, 60_000), "wide.png": black(60_000, 1),
        "camera-50-million.png": black(8190, 6140), "camera-jpeg.jpg": picture(size=(8000, 6000), quality=30),
        "name-script.jpg": jpeg,
        # bombs
        "bomb-dimensions.png": png(60_000, 60_000, zlib.compress(b"\x00" * 1000)), "bomb-pixels.png": black(16_000,
            9_000),
        "bomb-bits.png": png(65_000, 65_000, zlib.compress(b"\x00" * 9_000_000), colour=0),
        "bomb-text.png": png(4, 4, zlib.compress(b"\x00" * 52), further=chunk(
            b"zTXt", b"Comment\x00\x00" + zlib.compress(b"A" * 80_000_000))),
        "bomb-icc.png": png(4, 4, zlib.compress(b"\x00" * 52), further=chunk(
            b"iCCP", b"icc\x00\x00" + zlib.compress(b"A" * 80_000_000))),
        "bomb-jpeg-size.jpg": re.sub(rb"(?<=\xff\xc0\x00\x11\x08)....", b"\xff\xff\xff\xff", jpeg, count=1,
            flags=re.DOTALL),
        "bomb-webp-size.webp": webp[:26] + b"\xff\x3f\xff\x3f" + webp[30:],
        "bomb-zero.png": png(0, 0), "bomb-idat.png": png(100, 100, zlib.compress(b"\x00" * 50_000_000)),
        # what is no picture
        "svg.svg": svg, "svg.jpg": svg, "html.jpg": b"<html>" + SCRIPT, "zip.jpg": zipped(),
        "pdf.jpg": b"%PDF-1.7\n%%EOF",
        "php.jpg": b"<?php ?>", "empty.jpg": b"", "one-byte.jpg": b"\xff", "zeros.jpg": b"\x00" * 500_000,
        "text.jpg": "照片".encode(),
        "gif.jpg": picture("GIF", mode="P"), "gif-html.jpg": b"GIF89a/*" + SCRIPT, "bmp.jpg": picture("BMP"),
        "tiff.jpg": picture("TIFF"), "ico.jpg": picture("ICO", size=(32, 32)), "ppm.jpg": b"P6\n99999 99999\n255\n",
        "eps.jpg": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(/etc/passwd) run",
        "gzip.jpg": gzip.compress(jpeg),
        "xml-bomb.jpg": b'<!DOCTYPE l [<!ENTITY a "a">]><l>&a;</l>', "wmf.jpg": b"\xd7\xcd\xc6\x9a" + b"\x00" * 200,
        "mp4.heic": b"\x00\x00\x00\x18ftypmp42" + b"\x00" * 500,
        # what was a picture once
        "truncated.jpg": jpeg[: len(jpeg) // 2], "truncated.png": small_png[:-40],
        "truncated.webp": webp[: len(webp) // 2],
        "truncated.heic": heic[: len(heic) // 2], "broken.heic": heic[:60] + b"\xff" * 200 + heic[260:],
        "header.heic": heic[:40], "header.jpg": jpeg[:20], "noise.jpg": jpeg[:200] + bytes(range(256)) * 40,
        "crc.png": small_png.replace(b"IDAT", b"IDAX", 1),
    }


@pytest.fixture(scope="module")
def files(tmp_path_factory) -> dict[str, bytes]:
    return hostile()


@pytest.fixture
def taken(files, tmp_path, desk_environment) -> tuple[int, dict[str, dict]]:
    """Each file given to a desk in a process of its own; the memory it began with, and what came of each."""
    folder = tmp_path / "sent"
    folder.mkdir()
    (folder / "-first.jpg").write_bytes(picture())
    for name, content in files.items():
        (folder / name).write_bytes(content)
    done = subprocess.run(
        [sys.executable, "-m", "tests.safety.photo_process", str(folder)], cwd=project.BASE_DIR, env=desk_environment,
        capture_output=True, text=True, timeout=300, check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    begun, *answers = [json.loads(line) for line in done.stdout.splitlines()]
    return begun["memory"], {answer["name"]: answer for answer in answers}


@pytest.mark.django_db(transaction=True)
def test_hostile_files_leave_nothing_cost_little_and_are_answered_in_one_sentence(files, taken):
    begun, answers = taken
    assert len(files) >= 40
    assert set(answers) == {*files, "-first.jpg"}
    for name, answer in answers.items():
        assert answer["seconds"] < MOST_SECONDS, (name, answer)
        if "sentence" in answer:
            assert re.search(r"[\u4e00-\u9fff].*。$", answer["sentence"]), answer
            continue
        for kept in (photo_path(answer["file"]), photo_path(answer["file"].replace(".jpg", ".thumb.jpg"))):
            content = kept.read_bytes()
            assert [mark for mark in MARKS if mark in content] == [], name
            with Image.open(kept) as again:
                assert (again.format, again.mode, dict(again.getexif())) == ("JPEG", "RGB", {}), name
                assert max(again.size) <= 1600, name
                assert "comment" not in again.info, name
    assert max(answer["memory"] for answer in answers.values()) - begun < MOST_MEMORY


@pytest.mark.django_db(transaction=True)
def test_true_photos_are_kept_and_false_ones_refused(files, taken):
    kept = {name for name, answer in taken[1].items() if "file" in answer}
    assert {"comment.jpg", "exif-gps.jpg", "gps.heic", "notes.png", "exif.webp", "camera-jpeg.jpg",
        "tail-zip.jpg"} <= kept
    no_picture = {name for name in files if name.split(".")[0] in {
        "svg", "html", "zip", "pdf", "php", "empty", "zeros", "gif", "bmp", "tiff", "ppm", "eps", "truncated",
        "bomb-pixels",
        "bomb-dimensions", "bomb-zero", "header",
    }}
    assert no_picture & kept == set()
    assert "尺寸太大" in taken[1]["bomb-pixels.png"]["sentence"]


@pytest.mark.parametrize("name", ["bomb-dimensions.png", "bomb-pixels.png", "truncated.png", "svg.jpg",
    "bomb-zero.png", "comment.jpg"])
def test_a_signature_that_is_no_drawing_is_refused(files, name):
    with pytest.raises(BadSignature):
        redrawn(PNG_HEAD + base64.b64encode(files[name]).decode())
