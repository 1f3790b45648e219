"""The claim's page at the desk: what is closed stays closed, what is typed stays typed, each step by its right."""

import re

import pytest
from django.urls import reverse

from lostfound.choices import ClaimState, ItemState, Verdict
from lostfound.models import Claim, ContentLine
from lostfound.services.claim_documents import record_document
from lostfound.services.claim_statements import add_statement, judge_statement, open_for_view
from lostfound.services.claims import open_claim
from lostfound.services.competing import open_competing_claim
from servicedesk.models import Disclosure
from tests.conftest import PASSWORD

pytestmark = pytest.mark.one_database

OPENING = {
    "claimant_name": "杨明静", "phone": "13800001234", "path": "K1", "lost_from": "2026-11-20 09:00",
    "lost_place": "观景台", "origin": "杭州", "statements": "伞柄有字\n\n第三根伞骨弯",
}
OWNER_CARD = {
    "owner_kind": "id_card", "owner_form": "original", "owner_name": "杨明静",
    "owner_number": "11010519491231002X", "origin": "杭州",
}


def url(name: str, record) -> str:
    return reverse(f"lostfound:{name}", args=[record.pk])


def page(client, claim, **query):
    return client.get(url("claim_detail", claim), query).content.decode()


def read_card(client, claim, path="K1", **more):
    """Post step ② as the page does, with the version it was shown."""
    claim.refresh_from_db()
    typed = {**OWNER_CARD, "version": claim.version, **more}
    return client.post(f"{url('claim_document', claim)}?path={path}", typed)


def said_twice(claim, by):
    for text in ("伞柄有字", "第三根伞骨弯"):
        add_statement(claim, text, by=by)


def test_a_clerk_carries_a_claim_from_item_to_release_on_the_screen(as_user, clerk, item):
    client = as_user(clerk)
    answer = client.post(url("claim_open", item), OPENING)
    claim = Claim.objects.get()
    assert answer.url == url("claim_detail", claim)
    assert [s.text for s in claim.statements.all()] == ["伞柄有字", "第三根伞骨弯"]
    read_card(client, claim)
    client.post(url("claim_open_for_view", claim))
    ticks = {f"verdict-{s.pk}": "agrees" for s in claim.statements.all()}
    client.post(url("claim_judge", claim), {**ticks, "means": ["features", "name"], "after": "approve"})
    claim.refresh_from_db()
    assert (claim.state, claim.verified_by_means) == (ClaimState.APPROVED, ["features", "name"])
    client.post(url("claim_release", claim), {"pieces": 1, "condition": "good", "signature_how": "paper"})
    claim.refresh_from_db()
    assert (claim.state, claim.item.state) == (ClaimState.HANDED_OVER, ItemState.RETURNED)
    assert "已发还" in page(client, claim)


def test_nothing_of_the_thing_is_on_the_page_before_the_opening(as_user, clerk, item, facts, matched):
    ContentLine.objects.create(item=item, thing="会员卡")
    matched.report.blind_answers = "伞套是蓝的"
    matched.report.save()
    claim = open_claim(item, facts(), by=clerk, report=matched.report)
    said_twice(claim, clerk)
    closed = ("伞柄内侧刻有 M", "第三根伞骨弯曲处", "会员卡", "伞套是蓝的")
    for step in ("1", "2", "3"):
        html = page(as_user(clerk), claim, step=step)
        assert [word for word in closed if word in html] == []
    open_for_view(claim, by=clerk)
    html = page(as_user(clerk), claim, step="3")
    assert all(word in html for word in ("伞柄内侧刻有 M", "会员卡", "伞套是蓝的"))


def test_a_colleague_sees_the_marks_only_after_asking_and_it_is_logged(as_user, opened, clerk, second_clerk):
    said_twice(opened, clerk)
    open_for_view(opened, by=clerk)
    client = as_user(second_clerk)
    assert "刻有 M" not in page(client, opened, step="3")
    client.post(url("claim_look", opened))
    assert "刻有 M" in page(client, opened, step="3")
    assert list(Disclosure.objects.of(opened.item).values_list("user__name", flat=True)) == ["李娜", "王芳"]


def test_a_get_of_the_page_logs_nothing(as_user, opened, clerk, second_clerk):
    said_twice(opened, clerk)
    open_for_view(opened, by=clerk)
    page(as_user(second_clerk), opened, step="3")
    assert Disclosure.objects.count() == 1


@pytest.mark.parametrize(("more", "words"), [
    ({"owner_form": "photocopy"}, "复印件、照片或截图不能用于认领"),
    ({"owner_kind": "work_pass"}, "工作证不能单独作为认领凭证"),
    ({"owner_expires_on": "2020-01-01"}, "已于2020年01月01日过期"),
    ({"owner_number": "110105194912310021"}, "校验位对不上"),
])
def test_a_refused_document_comes_back_with_everything_typed(as_user, opened, clerk, more, words):
    said_twice(opened, clerk)
    answer = read_card(as_user(clerk), opened, **more, origin="绍兴")
    html = answer.content.decode()
    assert answer.status_code == 422
    assert words in html
    assert 'value="绍兴"' in html
    assert f'value="{({**OWNER_CARD, **more})["owner_number"]}"' in html
    opened.refresh_from_db()
    assert opened.document_number == ""


def test_a_doubtful_number_passes_when_it_was_read_again(as_user, opened, clerk):
    said_twice(opened, clerk)
    answer = read_card(as_user(clerk), opened, owner_number="110105194912310021", is_number_reread="on")
    assert answer.status_code == 302
    opened.refresh_from_db()
    assert opened.document_tail == "0021"
    assert opened.history.filter(history_change_reason__startswith="已复读").count() == 1


def test_a_page_that_is_behind_is_told_and_keeps_what_was_typed(as_user, opened, clerk, second_clerk, proof):
    said_twice(opened, clerk)
    behind = opened.version
    record_document(opened, proof(), by=second_clerk)
    answer = read_card(as_user(clerk), opened, version=behind, origin="绍兴")
    assert (answer.status_code, "李娜在您填写时修改了" in answer.content.decode()) == (422, True)
    assert 'value="绍兴"' in answer.content.decode()


def test_names_stand_above_each_other_with_the_differing_ones_marked(as_user, opened, clerk):
    said_twice(opened, clerk)
    client = as_user(clerk)
    read_card(client, opened, owner_name="杨民敬")
    html = page(client, opened)
    assert "‘杨明静’与证件‘杨民敬’同音不同字,不能发还。请失主本人到场。" in html
    assert re.findall(r'class="letter( is-different)?">(.)<', html) == [
        ("", "杨"), (" is-different", "明"), (" is-different", "静"), ("", "杨"), (" is-different", "民"),
        (" is-different", "敬"),
    ]


@pytest.mark.parametrize(("path", "whose", "facts_of_path"), [
    ("K2", "delegate", {
        "delegate_said": "李四", "delegate_phone": "13700001111", "delegate_relation": "丈夫",
        "has_authorisation": "on", "authorisation_name": "杨明静",
        "owner_called_at": "2026-11-20 10:00", "owner_call_result": "同意代领",
    }),
    ("K4", "guardian", {"guardian_said": "李四", "has_household_register": "on"}),
])
def test_who_comes_for_the_owner_is_compared_with_the_name_on_their_own_document(
    as_user, opened, clerk, path, whose, facts_of_path
):
    client = as_user(clerk)
    said_twice(opened, clerk)
    names = re.findall(r'name="([a-z_]+)"', page(client, opened, step=2, path=path))
    assert (names.count(f"{whose}_said"), names.count(f"{whose}_name")) == (1, 1)
    card = {"kind": "passport", "form": "original", "name": "李似", "number": "E1234567"}
    read_card(client, opened, path, **facts_of_path, **{f"{whose}_{part}": value for part, value in card.items()})
    opened.refresh_from_db()
    assert opened.state == ClaimState.BLOCKED
    assert "‘李四’" in opened.blocked_reason
    assert "‘李似’同音不同字" in opened.blocked_reason


def test_a_typing_error_is_corrected_with_the_second_readers_password(
    as_user, opened, clerk, second_clerk, proof, card
):
    record_document(opened, proof(owner=card(name="杨民静")), by=clerk)
    client = as_user(clerk)
    typed = {"name_field": "document_name", "name": "杨明静", "reason": "选错字", "second_person": second_clerk.pk}
    answer = client.post(url("claim_correct_name", opened), {**typed, "second_password": "wrong"})
    assert (answer.status_code, 'value="选错字"' in answer.content.decode()) == (422, True)
    assert client.post(url("claim_correct_name", opened), {**typed, "second_password": PASSWORD}).status_code == 302
    opened.refresh_from_db()
    assert opened.state == ClaimState.VERIFYING


def test_a_clerk_does_not_confirm_for_a_second_time_as_the_second_person(as_user, opened, clerk, proof, card):
    record_document(opened, proof(owner=card(name="杨民静")), by=clerk)
    typed = {"name_field": "document_name", "name": "杨明静", "reason": "选错字", "second_person": clerk.pk}
    answer = as_user(clerk).post(url("claim_correct_name", opened), {**typed, "second_password": PASSWORD})
    assert answer.status_code == 422
    opened.refresh_from_db()
    assert opened.state == ClaimState.BLOCKED


def test_a_valuable_is_signed_away_with_the_second_persons_password(
    as_user, valuable, facts, to_approved, clerk, custodian, strokes
):
    claim = to_approved(open_claim(valuable, facts(), by=clerk))
    client = as_user(clerk)
    counter = {"pieces": 1, "condition": "good", "signature_how": "screen", "signature": strokes}
    assert "请另一位同事输入工号和密码" in client.post(url("claim_release", claim), counter).content.decode()
    counter |= {"second_person": custodian.pk, "second_password": PASSWORD, "is_counted_again": "on"}
    assert client.post(url("claim_release", claim), counter).status_code == 302
    claim.refresh_from_db()
    assert (claim.state, claim.second_person) == (ClaimState.HANDED_OVER, custodian)


def test_the_second_desk_is_told_who_was_faster(as_user, opened, to_approved, clerk, second_clerk):
    to_approved(opened)
    counter = {"pieces": 1, "condition": "good", "signature_how": "paper"}
    as_user(clerk).post(url("claim_release", opened), counter)
    answer = as_user(second_clerk).post(url("claim_release", opened), counter)
    assert (answer.status_code, "已由王芳于" in answer.content.decode()) == (422, True)


def test_a_second_claimant_is_first_refused_then_kept_with_the_tick(as_user, opened, second_clerk):
    client = as_user(second_clerk)
    rival = {**OPENING, "claimant_name": "李四", "phone": "13700002222"}
    answer = client.post(url("claim_open", opened.item), rival)
    html = answer.content.decode()
    assert (answer.status_code, 'value="李四"' in html, 'name="is_competing"' in html) == (422, True, True)
    client.post(url("claim_open", opened.item), {**rival, "is_competing": "on"})
    assert set(Claim.objects.values_list("state", flat=True)) == {ClaimState.ESCALATED}


def test_the_supervisor_decides_on_the_screen_and_a_clerk_may_not(as_user, opened, facts, clerk, supervisor):
    rival = open_competing_claim(opened.item, facts(claimant_name="李四"), by=clerk)
    choice = {"winner": rival.pk, "reason": "说得出刻字"}
    assert as_user(clerk).post(url("claim_decide", opened), choice).status_code == 403
    assert as_user(supervisor).post(url("claim_decide", opened), choice).status_code == 302
    rival.refresh_from_db()
    assert rival.state == ClaimState.VERIFYING


def test_a_number_opens_with_a_right_and_a_reason_and_is_logged(as_user, opened, clerk, supervisor, proof):
    record_document(opened, proof(), by=clerk)
    reveal = reverse("lostfound:claim_reveal", args=[opened.pk, "document_number"])
    assert "11010519491231002X" not in page(as_user(supervisor), opened)
    assert as_user(clerk).post(reveal, {"reason": "看看"}).status_code == 403
    client = as_user(supervisor)
    assert client.post(reveal, {"reason": " "}).status_code == 422
    assert "11010519491231002X" in client.post(reveal, {"reason": "公安核实"}).content.decode()
    assert Disclosure.objects.of(opened).get().reason == "公安核实"


def test_another_desk_finds_no_claim(as_user, opened, outsider):
    client = as_user(outsider)
    for name in ("claim_detail", "claim_say", "claim_release", "claim_reject"):
        assert client.get(url(name, opened)).status_code == 404
    assert client.post(url("claim_open", opened.item), OPENING).status_code == 404


def test_a_repeat_claimer_is_pointed_out(as_user, opened, make_item, facts, clerk):
    again = open_claim(make_item(), facts(claimant_name="杨某"), by=clerk)
    html = page(as_user(clerk), again)
    assert "同一电话或证件另有 1 次认领" in html
    assert f'<a class="number" href="{url("claim_detail", opened)}">{opened}</a>' in html


def test_the_list_is_masked_and_finds_by_name_tail_and_pinyin(as_user, opened, clerk):
    client = as_user(clerk)
    for word in ("杨明静", "1234", "ymj", opened.number):
        html = client.get(reverse("lostfound:claim_list"), {"q": word}).content.decode()
        assert opened.number in html
        assert "138****1234" in html
        assert "13800001234" not in html
        assert "杨**" in html


def test_an_empty_and_an_absurd_form_are_refused_in_words(as_user, item, clerk):
    client = as_user(clerk)
    assert client.post(url("claim_open", item), {}).status_code == 422
    answer = client.post(url("claim_open", item), {
        **OPENING, "phone": "abc", "path": "K9", "claimant_name": "名" * 101,
    })
    assert answer.status_code == 422
    assert Claim.objects.count() == 0


def test_a_form_sent_twice_makes_one_claim(as_user, item, clerk):
    client = as_user(clerk)
    key = "11111111-2222-3333-4444-555555555555"
    for _ in range(2):
        answer = client.post(url("claim_open", item), {**OPENING, "submission_key": key})
        assert answer.url == url("claim_detail", Claim.objects.get())


@pytest.mark.parametrize("name", ["㛃䶮𬭎", "欧阳·买买提", "Maria " + "A" * 90, "杨🙂静", "<b>杨</b>"])
def test_rare_long_and_foreign_names_are_shown_as_they_are(as_user, item, facts, clerk, name, card, proof):
    claim = open_claim(item, facts(claimant_name=name), by=clerk)
    said_twice(claim, clerk)
    record_document(claim, proof(owner=card(name=name)), by=clerk)
    assert claim.state == ClaimState.VERIFYING
    html = page(as_user(clerk), claim, step="2")
    assert "逐字一致" in html
    assert "<b>杨</b>" not in html


@pytest.mark.parametrize("step", ["0", "5", "x", "²", "-1", "99999999999"])
def test_a_step_that_is_not_there_shows_the_one_that_waits(as_user, opened, clerk, step):
    assert "认领人说的特征" in page(as_user(clerk), opened, step=step)


def test_the_page_asks_the_database_a_bounded_number_of_times(
    as_user, opened, clerk, proof, django_assert_max_num_queries
):
    client = as_user(clerk)
    for number in range(12):
        add_statement(opened, f"特征 {number}", by=clerk)
    record_document(opened, proof(), by=clerk)
    open_for_view(opened, by=clerk)
    for statement in opened.statements.all():
        judge_statement(statement, Verdict.AGREES, by=clerk)
    with django_assert_max_num_queries(45):
        page(client, opened, step="3")
