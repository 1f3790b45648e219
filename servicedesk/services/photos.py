"""Photos: whatever was uploaded is decoded, painted on a fresh sheet and written anew.

Nothing of the original file survives: no EXIF, no place, no comment, no name. The file is on the disk,
flushed, before the database row is committed, so that a power cut leaves no torn photo.
"""

import hashlib
import io
import os
import secrets
import warnings
from dataclasses import dataclass
from pathlib import Path

import pillow_heif
from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from PIL import Image, ImageOps

from servicedesk.errors import BadPhoto, PhotoTooLarge, PhotoTooManyPixels
from servicedesk.models import Photo, User
from servicedesk.services import preferences

pillow_heif.register_heif_opener()

FORMATS = ["JPEG", "PNG", "WEBP", "HEIF"]
# A camera of 50 million pixels; decoded it takes four bytes each, and eight desks may send one at once.
LARGEST_PIXELS = 50_300_000
# A palette has no colours between its own: small pictures are widened before they shrink, large ones take the nearest.
LARGEST_PALETTE = 12_000_000
THUMB_EDGE = 320
QUALITY = 82


@dataclass(frozen=True)
class PreparedPhoto:
    """A picture that was decoded and lies on the disk, not yet anybody's."""

    file: str
    thumb: str
    width: int
    height: int
    sha256: str


def prepare_photo(upload) -> PreparedPhoto:
    """Decode and write an uploaded picture and its thumbnail; call it before the transaction begins.

    A picture that no record takes afterwards lies unlinked and unserved.

    Raises:
        PhotoTooLarge, PhotoTooManyPixels: more megabytes than the setting, or more than 50 million pixels.
        BadPhoto: no JPEG, PNG, WebP or HEIC, or one that cannot be decoded whole.
    """
    limit = preferences.value("servicedesk.photo_megabytes")
    if upload.size > limit * 1024 * 1024:
        raise PhotoTooLarge(name=upload.name[-40:], limit=limit)
    picture = _decoded(upload, preferences.value("servicedesk.photo_edge"))
    name = f"{timezone.localdate():%Y/%m}/{secrets.token_hex(16)}"
    content = _jpeg(picture)
    small = picture.copy()
    small.thumbnail((THUMB_EDGE, THUMB_EDGE), Image.Resampling.LANCZOS)
    _write(f"{name}.jpg", content)
    _write(f"{name}.thumb.jpg", _jpeg(small))
    return PreparedPhoto(
        f"{name}.jpg", f"{name}.thumb.jpg", picture.width, picture.height, hashlib.sha256(content).hexdigest()
    )


def keep_photo(prepared: PreparedPhoto, record: models.Model, by: User, caption: str = "") -> Photo:
    """Make a prepared picture a photo of `record`, in the record's transaction."""
    return Photo.objects.create(record=record, caption=caption[:60], by=by, **vars(prepared))


def store_photo(upload, record: models.Model, by: User, caption: str = "") -> Photo:
    """Keep a photo of `record` from an uploaded file, with its thumbnail: `prepare_photo`, `keep_photo`.

    Raises:
        PhotoTooLarge, PhotoTooManyPixels, BadPhoto: as `prepare_photo`.
    """
    return keep_photo(prepare_photo(upload), record, by, caption)


def _decoded(upload, edge: int) -> Image.Image:
    """The picture on a fresh sheet, its longer side at most `edge`. Shrunk first: each copy of it is then small."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # counted here
            picture: Image.Image = Image.open(upload, formats=FORMATS)
            pixels = picture.width * picture.height
            if pixels > LARGEST_PIXELS:
                raise PhotoTooManyPixels(name=upload.name[-40:])
            if picture.mode == "P" and pixels <= LARGEST_PALETTE:
                picture = picture.convert("RGBA")
            picture.thumbnail((edge, edge), Image.Resampling.LANCZOS, reducing_gap=3.0)
            upright = ImageOps.exif_transpose(picture).convert("RGBA")
    except Image.DecompressionBombError as error:
        raise PhotoTooManyPixels(name=upload.name[-40:]) from error
    except PhotoTooManyPixels:
        raise
    except Exception as error:  # decoders fail in many ways; each means: no photo
        raise BadPhoto(name=upload.name[-40:]) from error
    fresh = Image.new("RGB", upright.size, "white")
    fresh.paste(upright, mask=upright.getchannel("A"))
    return fresh


def _jpeg(picture: Image.Image) -> bytes:
    stream = io.BytesIO()
    picture.save(stream, "JPEG", quality=QUALITY, optimize=True)
    return stream.getvalue()


def photo_path(name: str) -> Path:
    """Where a photo file lies."""
    return Path(settings.DESK_DATA) / "photos" / name


def _write(name: str, content: bytes) -> None:
    target = photo_path(name)
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_suffix(".part")
    with open(draft, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.rename(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


@transaction.atomic
def remove_photo(photo: Photo, by: User) -> None:
    """Take a photo off its record; the file stays for the auditor, the page no longer shows it."""
    Photo.objects.filter(pk=photo.pk, removed_at=None).update(removed_at=timezone.now(), removed_by=by)


def photos_of(record: models.Model) -> models.QuerySet:
    """The photos that a record shows."""
    return Photo.objects.of(record).filter(removed_at=None)
