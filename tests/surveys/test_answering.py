"""The open page: two languages, no answer chosen for anybody, one post one answer, no script needed."""

import re
import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from servicedesk.services.preferences import choose
from surveys.choices import Care, Channel
from surveys.models import SurveyAnswer, SurveySheet
from tests.surveys.conftest import PHONE

pytestmark = pytest.mark.one_database


def page(code, **query) -> str:
    return reverse("surveys:survey_answer", args=[code.code], query=query or None)


def typed(low=5, **more) -> dict:
    """What a phone posts: every question answered, the twelfth item with `low`."""
    items = {f"item_{line}": "5" for line in range(1, 17)}
    return {"key": str(uuid.uuid4()), "origin": "上海", "party": "single", "overall": "4", **items, "item_12": str(low),
            **more}


def test_a_visitor_answers_without_signing_in_and_is_thanked(client, code):
    answer = client.post(page(code), typed(heard_from=["web"], nps="9"), follow=True)
    sheet = SurveySheet.objects.get()
    assert (sheet.channel, sheet.zone, sheet.service_point) == (Channel.QR, code.zone, code.service_point)
    assert (sheet.overall, sheet.nps, sheet.heard_from, sheet.created_by) == (4, 9, ["web"], None)
    assert SurveyAnswer.objects.filter(sheet=sheet, score=5).count() == 16
    assert sheet.number in answer.content.decode()


@pytest.mark.parametrize(("query", "words"), [({}, "售票服务"), ({"lang": "en"}, "Courtesy of the staff")])
def test_the_page_speaks_the_visitors_language_and_chooses_nothing(client, code, query, words):
    html = client.get(page(code, **query)).content.decode()
    assert words in html
    assert "checked" not in html
    assert not re.search(r"\sstyle=|<script(?![^>]*\ssrc=)|\son\w+=", html)


def test_a_phone_that_speaks_no_chinese_gets_english(client, code):
    html = client.get(page(code), headers={"accept-language": "de-DE,de;q=0.9"}).content.decode()
    assert 'lang="en"' in html
    assert "Submit" in html


@pytest.mark.parametrize("left_out", ["item_3", "overall", "party", "origin"])
def test_a_question_left_out_comes_back_with_all_that_was_answered(client, code, left_out):
    told = typed()
    del told[left_out]
    answer = client.post(page(code), told)
    assert answer.status_code == 422
    assert answer.content.decode().count("checked") >= 16
    assert not SurveySheet.objects.exists()


def test_a_low_answer_is_asked_for_its_reason_once(client, code):
    told = typed(low=2)
    first = client.post(page(code), told)
    assert (first.status_code, SurveySheet.objects.count()) == (422, 0)
    assert "再按一次提交" in first.content.decode()
    asked = re.search(r'name="asked"[^>]*value="(\w+)"', first.content.decode())
    assert client.post(page(code), {**told, "asked": asked[1]}).status_code == 302
    assert SurveySheet.objects.get().lowest == 2


def test_a_phone_is_kept_with_consent_only(client, code):
    told = typed(low=1, comment="太慢", phone=PHONE)
    refused = client.post(page(code), told)
    assert refused.status_code == 422
    assert "愿意接受回访" in refused.content.decode()
    client.post(page(code), {**told, "may_call": "on"})
    assert (SurveySheet.objects.get().phone, SurveySheet.objects.get().care) == (PHONE, Care.PASSED_ON)


def test_the_same_form_posted_twice_is_one_answer_with_one_thanks(client, code):
    told = typed()
    urls = {client.post(page(code), told).url for _ in range(3)}
    assert len(urls) == 1
    assert SurveySheet.objects.count() == 1


def test_a_device_is_stopped_at_its_limit_and_another_is_not(client, code, manager):
    choose("servicedesk.visitor_device_posts", 2, manager)
    client.get(page(code))
    assert [client.post(page(code), typed()).status_code for _ in range(3)] == [302, 302, 429]
    stranger = Client()
    assert stranger.post(page(code), typed()).status_code == 302
    assert SurveySheet.objects.count() == 3


def test_a_refused_post_says_so_in_the_visitors_language_and_keeps_the_answers(client, code, manager):
    choose("servicedesk.visitor_code_posts", 1, manager)
    client.post(page(code), typed())
    with CaptureQueriesContext(connection) as asked:
        answer = client.post(page(code, lang="en"), typed(comment="So good"))
    assert [query["sql"] for query in asked if not query["sql"].startswith("SELECT")] == []
    assert "Too many submissions" in answer.content.decode()
    assert "So good" in answer.content.decode()


def test_a_forged_device_cookie_counts_as_a_new_device(client, code, manager):
    choose("servicedesk.visitor_device_posts", 1, manager)
    client.post(page(code), typed())
    client.cookies["visitor"] = "forged:nonsense"
    assert client.post(page(code), typed()).status_code == 302


def test_a_kiosk_serves_everybody_and_goes_back_by_itself(client, kiosk, manager):
    choose("servicedesk.visitor_device_posts", 1, manager)
    for _ in range(3):
        thanks = client.post(page(kiosk), typed(), follow=True).content.decode()
    assert SurveySheet.objects.filter(channel=Channel.KIOSK).count() == 3
    start = reverse("surveys:survey_start", args=[kiosk.code])
    assert re.search(rf'http-equiv="refresh" content="\d+;url={start}', thanks)
    assert "开始" in client.get(start).content.decode()


def test_a_code_taken_down_answers_no_more(client, code):
    code.is_active = False
    code.save()
    assert client.get(page(code)).status_code == 404
    assert client.post(page(code), typed()).status_code == 404


def test_thanks_are_for_who_has_the_key(client, code, kiosk, scan):
    sheet = scan()
    url = reverse("surveys:survey_thanks", args=[code.code, sheet.posted_key])
    assert client.get(url).status_code == 200
    assert client.get(reverse("surveys:survey_thanks", args=[kiosk.code, sheet.posted_key])).status_code == 404
    assert client.get(reverse("surveys:survey_thanks", args=[code.code, uuid.uuid4()])).status_code == 404


def test_a_post_without_the_sites_own_token_is_refused(code):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(page(code), typed()).status_code == 403
    assert not SurveySheet.objects.exists()
