"""Photos are painted anew, signatures redrawn, second persons proven, openings logged."""

import base64
import io

import pillow_heif
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from servicedesk.errors import (
    BadPhoto,
    BadSignature,
    NotAllowed,
    PhotoTooLarge,
    PhotoTooManyPixels,
    ReasonNeeded,
    SamePerson,
    SignatureMissing,
    TooManyAttempts,
    WrongSecondPerson,
)
from servicedesk.models import Disclosure, Photo
from servicedesk.services import preferences
from servicedesk.services.disclosing import disclose
from servicedesk.services.photos import photo_path, photos_of, remove_photo, store_photo
from servicedesk.services.signing import PNG_HEAD, confirm_person, sign
from tests.conftest import PASSWORD


def picture(kind="JPEG", size=(800, 600), **more) -> SimpleUploadedFile:
    stream = io.BytesIO()
    image = Image.new("RGB", size, "teal")
    if kind == "HEIF":
        pillow_heif.from_pillow(image).save(stream)
    else:
        image.save(stream, kind, **more)
    return SimpleUploadedFile(f"IMG_1234.{kind.lower()}", stream.getvalue())


def strokes(colour="black") -> str:
    image = Image.new("RGBA", (400, 150), (255, 255, 255, 0))
    ImageDraw.Draw(image).line([(10, 10), (300, 120)], fill=colour, width=4)
    stream = io.BytesIO()
    image.save(stream, "PNG")
    return PNG_HEAD + base64.b64encode(stream.getvalue()).decode()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_a_photo_of_each_kind_is_kept_as_a_plain_jpeg_with_a_thumbnail(point, clerk, kind):
    photo = store_photo(picture(kind), point, clerk)
    with Image.open(photo_path(photo.file)) as kept, Image.open(photo_path(photo.thumb)) as small:
        assert (kept.format, kept.size, max(small.size)) == ("JPEG", (800, 600), 320)


def test_place_comment_and_name_of_the_original_are_gone(point, clerk):
    exif = Image.Exif()
    exif[0x010E] = "SECRET-DESCRIPTION"
    exif.get_ifd(0x8825)[2] = (30.0, 15.0, 0.0)
    photo = store_photo(picture(exif=exif, comment=b"<script>alert(1)</script>"), point, clerk)
    content = photo_path(photo.file).read_bytes()
    assert b"SECRET" not in content
    assert b"script" not in content
    assert b"Exif" not in content
    assert "IMG_1234" not in photo.file


def test_a_turned_picture_stands_upright_and_a_large_one_is_scaled(point, clerk):
    exif = Image.Exif()
    exif[0x0112] = 6
    photo = store_photo(picture(size=(3200, 1600), exif=exif), point, clerk)
    assert (photo.width, photo.height) == (800, 1600)


@pytest.mark.parametrize("content", [
    b"", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", b"GIF89a" + b"\0" * 40, b"%PDF-1.4",
    b"\xff\xd8\xff\xe0" + b"\0" * 100, b"\x89PNG\r\n\x1a\n" + b"\0" * 50,
])
def test_what_is_no_picture_is_refused_and_nothing_is_kept(point, clerk, content, settings):
    with pytest.raises(BadPhoto, match="不是能读取的照片"):
        store_photo(SimpleUploadedFile("x.jpg", content), point, clerk)
    assert Photo.objects.count() == 0
    assert not list((settings.DESK_DATA / "photos").rglob("*.jpg"))


def test_a_bomb_of_pixels_is_refused_before_it_is_unpacked(point, clerk):
    stream = io.BytesIO()
    Image.new("1", (20000, 20000)).save(stream, "PNG")
    with pytest.raises(PhotoTooManyPixels, match="5000 万像素"):
        store_photo(SimpleUploadedFile("bomb.png", stream.getvalue()), point, clerk)


def test_a_photo_over_the_setting_is_refused_with_the_limit(point, clerk):
    preferences.choose("servicedesk.photo_megabytes", 1, clerk)
    with pytest.raises(PhotoTooLarge, match="最多 1 MB"):
        store_photo(SimpleUploadedFile("big.jpg", b"\xff" * 1_100_000), point, clerk)


def test_a_removed_photo_is_no_longer_shown(point, clerk):
    photo = store_photo(picture(), point, clerk)
    assert photos_of(point).get() == photo
    remove_photo(photo, clerk)
    assert not photos_of(point).exists()


def test_a_signature_keeps_the_strokes_and_the_exact_text(point, clerk):
    text = "以上物品属本人所有。"
    kept = sign(point, "认领人", text, by=clerk, signer_name="欧阳·买买提", means="screen", image=strokes())
    with Image.open(io.BytesIO(base64.b64decode(kept.image))) as image:
        assert image.convert("L").getextrema()[0] < 50
    assert kept.text == text


def test_an_empty_pad_and_a_forged_picture_are_refused(point, clerk):
    blank = strokes("white")
    with pytest.raises(BadSignature):
        sign(point, "认领人", "x", by=clerk, signer_name="张三", means="screen", image=blank)
    with pytest.raises(BadSignature):
        sign(point, "认领人", "x", by=clerk, signer_name="张三", means="screen", image="data:text/html,<b>")
    with pytest.raises(SignatureMissing, match="还没有签字"):
        sign(point, "认领人", "x", by=clerk, signer_name="张三", means="screen")


def test_a_second_person_is_proven_by_their_own_password(clerk, second_clerk):
    assert confirm_person("1002", PASSWORD, not_these=(clerk,)) == second_clerk
    with pytest.raises(SamePerson, match="王芳"):
        confirm_person("1001", PASSWORD, not_these=(clerk,))
    with pytest.raises(WrongSecondPerson):
        confirm_person("1002", "wrong", not_these=(clerk,))
    with pytest.raises(WrongSecondPerson):
        confirm_person("9999", PASSWORD)


def test_a_second_person_who_left_is_refused(second_clerk):
    second_clerk.is_active = False
    second_clerk.save()
    with pytest.raises(WrongSecondPerson):
        confirm_person("1002", PASSWORD)


def test_guessing_a_second_password_ends_at_the_limit(second_clerk):
    for _ in range(5):
        with pytest.raises(WrongSecondPerson):
            confirm_person("1002", "wrong")
    with pytest.raises(TooManyAttempts):
        confirm_person("1002", PASSWORD)


def test_opening_a_number_needs_right_and_reason_and_is_logged(point, clerk, supervisor):
    with pytest.raises(NotAllowed):
        disclose(point, "电话", clerk, "回电")
    with pytest.raises(ReasonNeeded):
        disclose(point, "电话", supervisor, " ")
    disclose(point, "电话", supervisor, "失主来电核对")
    assert Disclosure.objects.of(point).get().reason == "失主来电核对"
