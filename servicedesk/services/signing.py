"""Signatures, and the second person who confirms with their own password on the same screen."""

import base64
import datetime as dt
import io

from django.contrib.auth.hashers import check_password, make_password
from django.db import models
from django.utils import timezone
from PIL import Image

from servicedesk.choices import SignatureMeans
from servicedesk.errors import BadSignature, SamePerson, SignatureMissing, WrongSecondPerson
from servicedesk.models import Signature, User
from servicedesk.services.attempts import forget_attempts, take_attempt

PNG_HEAD = "data:image/png;base64,"
LARGEST_PNG = 400_000
LARGEST_EDGE = 3000
SIGNATURE_SIZE = (900, 300)
PALEST_STROKE = 200


def sign(
    record: models.Model, role: str, text: str, *, by: User, signer_name: str, means: str,
    signer: User | None = None, image: str = "", at: dt.datetime | None = None,
) -> Signature:
    """Keep a signature under `record` with the exact `text` that was signed. Never changed afterwards.

    `image` is the pad's PNG data URL for `means` screen; it is re-drawn, so no foreign byte is kept.

    Raises:
        SignatureMissing: screen was chosen and nothing was drawn.
        BadSignature: the picture cannot be read.
    """
    if means == SignatureMeans.SCREEN and not image:
        raise SignatureMissing(role=role)
    return Signature.objects.create(
        record=record, role=role, signer_name=signer_name, signer=signer, means=means, text=text,
        image=redrawn(image) if means == SignatureMeans.SCREEN else "", at=at or timezone.now(), by=by,
    )


def redrawn(data_url: str) -> str:
    """The strokes painted on a fresh sheet, base64 PNG without a data URL head.

    Raises:
        BadSignature: not a PNG, too large, or without a stroke.
    """
    if not data_url.startswith(PNG_HEAD) or len(data_url) > LARGEST_PNG:
        raise BadSignature
    try:
        raw = base64.b64decode(data_url[len(PNG_HEAD):], validate=True)
        picture = Image.open(io.BytesIO(raw), formats=["PNG"])
        if max(picture.size) > LARGEST_EDGE:
            raise BadSignature
        strokes = picture.convert("RGBA")
    except Exception as error:  # decoders fail in many ways; each means: no signature
        raise BadSignature from error
    sheet = Image.new("RGB", strokes.size, "white")
    sheet.paste(strokes, mask=strokes.getchannel("A"))
    grey = sheet.convert("L")
    if min(grey.tobytes()) > PALEST_STROKE:
        raise BadSignature
    grey.thumbnail(SIGNATURE_SIZE)
    stream = io.BytesIO()
    grey.save(stream, "PNG", optimize=True)
    return base64.b64encode(stream.getvalue()).decode()


def confirm_person(staff_no: str, password: str, *, not_these: tuple = (), address: str = "second") -> User:
    """The person behind a 工号 and password typed on somebody else's screen.

    Call it before the record's transaction (in the form's `clean`): a roll-back would forget the try.

    Raises:
        TooManyAttempts: too many wrong passwords for this 工号.
        WrongSecondPerson: wrong password, unknown or inactive.
        SamePerson: one of `not_these`, who already has another part in the act.
    """
    staff_no = staff_no.strip()
    take_attempt(staff_no, address)
    person = User.objects.filter(staff_no=staff_no, is_active=True).first()
    # An unknown 工号 costs the same time as a wrong password.
    if person is None:
        make_password(password)
        raise WrongSecondPerson
    if not check_password(password, person.password):
        raise WrongSecondPerson
    if person in not_these:
        raise SamePerson(name=person.name)
    forget_attempts(staff_no, address)
    return person
