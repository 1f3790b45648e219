"""Step ② of a claim: documents, names, and what cures a difference."""


import pytest
from django.urls import reverse

from lostfound.choices import ClaimPath, ClaimState, DocumentForm, Verdict
from lostfound.errors import claims as refusals
from lostfound.models import Claim
from lostfound.services.claim_documents import (
    certify_names,
    correct_name,
    correctable_names,
    owner_comes,
    record_document,
)
from lostfound.services.claim_statements import (
    add_statement,
    counted,
    judge_statement,
    open_for_view,
)
from lostfound.services.claims import approve_claim, open_claim
from lostfound.services.viewing import is_closed_for_view
from servicedesk.errors import EditedMeanwhile, NotAllowed, NotPossibleNow, ReasonNeeded


def test_the_document_is_asked_for_before_approval_not_before(opened, clerk):
    said = [add_statement(opened, text, by=clerk) for text in ("黑色", "伞柄有字")]
    open_for_view(opened, by=clerk)
    for one in said:
        judge_statement(one, Verdict.AGREES, by=clerk)
    with pytest.raises(refusals.DocumentNotYet):
        approve_claim(opened, by=clerk)


def test_a_photocopy_is_refused_and_nothing_of_it_is_kept(opened, proof, card, clerk):
    with pytest.raises(refusals.DocumentNotOriginal):
        record_document(opened, proof(owner=card(form=DocumentForm.PHOTOCOPY)), by=clerk)
    opened.refresh_from_db()
    assert (opened.document_number, opened.document_kind, opened.state) == ("", "", ClaimState.OPENED)


def test_the_number_is_sealed_in_the_database_and_its_tail_is_found(opened, proof, clerk):
    record_document(opened, proof(), by=clerk)
    assert opened.document_number == "11010519491231002X"
    assert Claim.objects.filter(document_tail="002X").get() == opened
    raw = Claim.objects.filter(pk=opened.pk).extra(select={"raw": "document_number"}).values("raw").get()["raw"]
    assert "19491231" not in raw


def test_same_sound_other_character_blocks_and_says_so(opened, proof, card, clerk):
    found = record_document(opened, proof(owner=card(name="杨民敬")), by=clerk)
    assert [pair.agrees for pair in found] == [False]
    assert opened.state == ClaimState.BLOCKED
    assert opened.blocked_reason == "姓名不一致:‘杨明静’与证件‘杨民敬’同音不同字,不能发还。请失主本人到场。"


def test_nobody_at_the_desk_gets_past_a_block(opened, proof, card, clerk, supervisor):
    for text in ("黑色", "伞柄有字"):
        add_statement(opened, text, by=clerk)
    record_document(opened, proof(owner=card(name="杨民敬")), by=clerk)
    for act in (
        lambda: record_document(opened, proof(), by=clerk), lambda: open_for_view(opened, by=supervisor),
        lambda: approve_claim(opened, by=supervisor),
    ):
        with pytest.raises(refusals.ClaimIsBlocked):
            act()
    with pytest.raises(NotAllowed):
        certify_names(opened, "公证字 1 号", by=supervisor)


def test_the_name_on_the_thing_must_agree(make_item, facts, proof, clerk):
    item = make_item(name_on_item="杨民敬")
    claim = open_claim(item, facts(), by=clerk)
    record_document(claim, proof(), by=clerk)
    assert (claim.state, "物品上的姓名‘杨民敬’" in claim.blocked_reason) == (ClaimState.BLOCKED, True)


def test_the_owner_in_the_lost_report_must_agree(item, matched, facts, proof, card, clerk):
    claim = open_claim(item, facts(claimant_name="杨敏"), by=clerk, report=matched.report)
    record_document(claim, proof(owner=card(name="杨敏")), by=clerk)
    assert (claim.state, "失物登记‘杨明静’" in claim.blocked_reason) == (ClaimState.BLOCKED, True)


def test_a_typing_error_is_put_right_by_a_second_reader_and_the_old_name_stays(
    opened, proof, card, clerk, second_clerk
):
    record_document(opened, proof(owner=card(name="杨民静")), by=clerk)
    with pytest.raises(refusals.SecondPersonIsTheSame):
        correct_name(opened, "document_name", "杨明静", by=clerk, reread_by=clerk, reason="打错")
    with pytest.raises(ReasonNeeded):
        correct_name(opened, "document_name", "杨明静", by=clerk, reread_by=second_clerk, reason=" ")
    correct_name(opened, "document_name", "杨明静", by=clerk, reread_by=second_clerk, reason="拼音选错字")
    assert (opened.state, opened.document_name, opened.blocked_reason) == (ClaimState.VERIFYING, "杨明静", "")
    row = opened.corrections.get()
    assert (row.old, row.new, row.by, row.reread_by) == ("杨民静", "杨明静", clerk, second_clerk)
    assert "杨民静" in list(opened.history.values_list("document_name", flat=True))


def test_a_correction_that_does_not_cure_leaves_the_block(opened, proof, card, clerk, second_clerk):
    record_document(opened, proof(owner=card(name="杨民敬")), by=clerk)
    correct_name(opened, "document_name", "杨民静", by=clerk, reread_by=second_clerk, reason="看错一字")
    assert opened.state == ClaimState.BLOCKED


def test_the_name_typed_on_the_item_can_be_put_right_too(make_item, facts, proof, clerk, second_clerk):
    item = make_item(name_on_item="杨明净")
    claim = open_claim(item, facts(), by=clerk)
    record_document(claim, proof(), by=clerk)
    correct_name(claim, "item.name_on_item", "杨明静", by=clerk, reread_by=second_clerk, reason="登记时打错")
    item.refresh_from_db()
    assert (claim.state, item.name_on_item) == (ClaimState.VERIFYING, "杨明静")
    assert "杨明净" in list(item.history.values_list("name_on_item", flat=True))


@pytest.mark.parametrize("name_field", ["phone", "report.owner_name", "item.thing", "delegate_name", "created_by.name"])
def test_only_names_that_stand_somewhere_can_be_corrected(opened, clerk, second_clerk, name_field):
    with pytest.raises(refusals.NotACorrectableName):
        correct_name(opened, name_field, "新", by=clerk, reread_by=second_clerk, reason="打错")
    assert [key for key, _ in correctable_names(opened)] == ["claimant_name"]


def test_a_correction_to_the_same_name_is_refused(opened, clerk, second_clerk):
    with pytest.raises(refusals.NothingToCorrect):
        correct_name(opened, "claimant_name", "杨明静", by=clerk, reread_by=second_clerk, reason="打错")


def test_the_owner_in_person_cures_a_blocked_delegate(item, facts, proof, delegated, card, clerk):
    claim = open_claim(item, facts(path=ClaimPath.DELEGATE), by=clerk)
    record_document(claim, delegated(delegate=card(name="李四二")), by=clerk)
    assert claim.state == ClaimState.BLOCKED
    owner_comes(claim, proof(), claimant_name="杨明静", phone="13900005678", by=clerk)
    assert (claim.state, claim.path, claim.delegate_name, claim.phone_tail) == (
        ClaimState.VERIFYING, ClaimPath.OWNER, "", "5678",
    )


def test_the_owner_who_comes_begins_the_blind_check_with_nothing_said(item, facts, proof, delegated, card, clerk):
    claim = open_claim(item, facts(path=ClaimPath.DELEGATE), by=clerk)
    early = [add_statement(claim, text, by=clerk) for text in ("伞柄有字", "黑色")]
    open_for_view(claim, by=clerk)
    judge_statement(early[0], Verdict.AGREES, by=clerk)
    record_document(claim, delegated(delegate=card(name="李四二")), by=clerk)
    owner_comes(claim, proof(), claimant_name="杨明静", phone="13900005678", by=clerk)
    assert [(one.text, one.of_earlier) for one in claim.statements.all()] == [("伞柄有字", "李四"), ("黑色", "李四")]
    assert is_closed_for_view(item) is True
    assert counted(claim).count() == 0
    with pytest.raises(refusals.TooFewStatements):
        open_for_view(claim, by=clerk)
    for text in ("伞柄内侧刻着 M", "第三根伞骨弯"):
        add_statement(claim, text, by=clerk)
    open_for_view(claim, by=clerk)
    with pytest.raises(refusals.SaidByAnother, match="先前的李四说的"):
        judge_statement(early[1], Verdict.AGREES, by=clerk)
    for one in counted(claim):
        judge_statement(one, Verdict.AGREES, by=clerk)
    assert approve_claim(claim, by=clerk).state == ClaimState.APPROVED
    assert claim.statements.get(pk=early[0].pk).history.first().history_change_reason == "换人认领"


def test_a_certificate_does_not_stand_for_a_name_that_is_changed_afterwards(
    opened, proof, card, clerk, second_clerk, manager
):
    record_document(opened, proof(owner=card(name="杨民敬")), by=clerk)
    certify_names(opened, "景公证 1 号", by=manager)
    correct_name(opened, "document_name", "王小二", by=clerk, reread_by=second_clerk, reason="打错")
    assert (opened.state, opened.certificate_number, opened.certificate_by) == (ClaimState.BLOCKED, "", None)


def test_a_name_put_right_or_certified_leaves_what_was_said(opened, proof, card, clerk, second_clerk):
    add_statement(opened, "黑色", by=clerk)
    record_document(opened, proof(owner=card(name="杨民静")), by=clerk)
    correct_name(opened, "document_name", "杨明静", by=clerk, reread_by=second_clerk, reason="打错")
    assert counted(opened).count() == 1


def test_the_page_says_whose_an_earlier_statement_is(as_user, item, facts, proof, delegated, card, clerk):
    claim = open_claim(item, facts(path=ClaimPath.DELEGATE), by=clerk)
    add_statement(claim, "伞柄有字", by=clerk)
    record_document(claim, delegated(delegate=card(name="李四二")), by=clerk)
    owner_comes(claim, proof(), claimant_name="杨明静", phone="13900005678", by=clerk)
    page = as_user(clerk).get(reverse("lostfound:claim_detail", args=[claim.pk])).content.decode()
    assert "先前的李四所说,不计入" in page
    assert "先前的李四说:伞柄有字" in page
    assert "已说 0 项,至少 2 项" in page


def test_the_owner_who_comes_with_another_name_stays_blocked(make_item, facts, proof, card, clerk):
    claim = open_claim(make_item(name_on_item="杨明静"), facts(claimant_name="杨民敬"), by=clerk)
    record_document(claim, proof(owner=card(name="杨民敬")), by=clerk)
    owner_comes(claim, proof(owner=card(name="杨敏")), claimant_name="杨敏", phone="13900005678", by=clerk)
    assert claim.state == ClaimState.BLOCKED


def test_the_owner_comes_only_to_a_blocked_claim(opened, proof, clerk):
    with pytest.raises(NotPossibleNow):
        owner_comes(opened, proof(), claimant_name="杨明静", phone="13900005678", by=clerk)


def test_a_police_certificate_is_the_managers_with_its_file_number(opened, proof, card, clerk, manager, to_approved):
    record_document(opened, proof(owner=card(name="杨民敬")), by=clerk)
    with pytest.raises(refusals.CertificateNumberNeeded):
        certify_names(opened, " ", by=manager)
    certify_names(opened, "杭公证〔2026〕7 号", by=manager)
    assert (opened.state, opened.certificate_by) == (ClaimState.VERIFYING, manager)
    assert to_approved(opened, proof(owner=card(name="杨民敬"))).state == ClaimState.APPROVED


def test_a_certificate_does_not_cover_names_typed_later(opened, proof, card, clerk, manager):
    record_document(opened, proof(owner=card(name="杨民敬")), by=clerk)
    certify_names(opened, "7 号", by=manager)
    record_document(opened, proof(owner=card(name="杨明敬")), by=clerk)
    assert (opened.state, opened.certificate_number) == (ClaimState.BLOCKED, "")


def test_a_certificate_for_a_claim_that_is_not_blocked_is_refused(opened, manager):
    with pytest.raises(refusals.CertificateNotNeeded):
        certify_names(opened, "7 号", by=manager)


def test_two_who_type_the_document_at_once_are_told(opened, proof, clerk, second_clerk):
    read_at = opened.version
    record_document(opened, proof(), by=clerk, version=read_at)
    with pytest.raises(EditedMeanwhile):
        record_document(opened, proof(origin="上海"), by=second_clerk, version=read_at)
