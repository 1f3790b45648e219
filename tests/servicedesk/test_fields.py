"""What a clerk types into the shared fields, and what is made of it."""

import datetime as dt
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError

from servicedesk.forms.fields import MoneyField, PhoneField, SignatureField, WhenField, ZonesField, read_when

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = dt.datetime(2026, 11, 22, 10, 30, 45, tzinfo=SHANGHAI)


@pytest.mark.parametrize(("typed", "expected"), [
    ("1020", (2026, 11, 22, 10, 20)),
    ("920", (2026, 11, 22, 9, 20)),
    ("9:05", (2026, 11, 22, 9, 5)),
    ("\uff11\uff10\uff1a\uff12\uff10", (2026, 11, 22, 10, 20)),
    ("昨1530", (2026, 11, 21, 15, 30)),
    ("昨天 15:30", (2026, 11, 21, 15, 30)),
    ("前天0801", (2026, 11, 20, 8, 1)),
    ("-20", (2026, 11, 22, 10, 10)),
    ("-800", (2026, 11, 21, 21, 10)),
    ("11-20 0930", (2026, 11, 20, 9, 30)),
    ("12-31 2359", (2025, 12, 31, 23, 59)),
    ("2026-11-22 10:20", (2026, 11, 22, 10, 20)),
    ("2026-11-22T10:20", (2026, 11, 22, 10, 20)),
])
def test_a_time_in_few_keys_is_understood(typed, expected):
    assert read_when(typed, NOW) == dt.datetime(*expected, tzinfo=SHANGHAI)


@pytest.mark.parametrize("typed", ["2560", "abc", "13-40 1000", "1", "99999", "2026-02-30 10:00", "昨", "０"])
def test_a_text_that_is_no_time_is_refused(typed):
    assert read_when(typed, NOW) is None


def test_minutes_ago_reach_back_over_midnight_in_shanghai():
    after_midnight = dt.datetime(2026, 11, 22, 0, 10, tzinfo=SHANGHAI)
    assert read_when("-20", after_midnight) == dt.datetime(2026, 11, 21, 23, 50, tzinfo=SHANGHAI)


def test_a_time_that_has_not_come_is_refused_unless_the_field_allows_it():
    with pytest.raises(ValidationError, match="还没有到"):
        WhenField().clean("2099-01-01 10:00")
    assert WhenField(future=True).clean("2099-01-01 10:00").year == 2099


@pytest.mark.parametrize(("typed", "expected"), [
    ("1280", "1280.00"), ("1,280.5", "1280.50"),
    ("\uffe51\uff0c280", "1280.00"), ("¥3", "3.00"), ("0", "0.00"), ("12元", "12.00"),
])
def test_money_is_read_as_people_write_it(typed, expected):
    assert MoneyField().clean(typed) == Decimal(expected)


@pytest.mark.parametrize("typed", ["-1", "NaN", "Infinity", "1e40", "一千", "1.234", "99999999999"])
def test_money_that_cannot_be_is_refused(typed):
    with pytest.raises(ValidationError):
        MoneyField().clean(typed)


@pytest.mark.parametrize("number", ["13812345678", "0571-88880001", "+1 650 253 0000", "400-800-8820"])
def test_phones_of_here_and_abroad_are_taken(number):
    assert PhoneField().clean(number) == number


@pytest.mark.parametrize("number", ["1381234", "abc", "138123456789012", "+999"])
def test_a_phone_with_wrong_length_is_refused(number):
    with pytest.raises(ValidationError, match="电话号码不对"):
        PhoneField().clean(number)


def test_zones_keep_the_order_of_the_walk(zone, far_zone, near_zone):
    picked = [str(far_zone.pk), str(zone.pk), str(near_zone.pk)]
    assert ZonesField().clean(picked) == [far_zone, zone, near_zone]


def test_a_refused_form_brings_the_strokes_back_and_nothing_else():
    drawn = "data:image/png;base64,iVBORw0KGgo="
    pad = SignatureField().widget
    assert f'value="{drawn}"' in pad.render("signature", {"image": drawn, "means": "screen"})
    assert "javascript" not in pad.render("signature", {"image": "javascript:alert(1)", "means": "screen"})


def test_a_signature_needs_strokes_or_paper():
    with pytest.raises(ValidationError, match="还没有签字"):
        SignatureField().clean({"image": "", "means": "screen"})
    assert SignatureField().clean({"image": "data:x", "means": "paper"}) == {"image": "", "means": "paper"}
