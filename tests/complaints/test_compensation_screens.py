"""先行赔偿 on screen: asked for at the case, approved and paid by others, a forged request refused in words."""

import io
from decimal import Decimal

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from complaints.choices import CompensationState
from complaints.models import Compensation
from complaints.papers.compensations import COMPENSATION_SHEET, compensation_context
from complaints.papers.complaints import COMPLAINT_SHEET
from complaints.services.compensation_approvals import approve_compensation, return_compensation
from complaints.services.compensation_payments import PaymentFacts, pay_compensation
from complaints.today import money
from servicedesk.models import Disclosure, Photo
from servicedesk.services.printing.engine import render
from servicedesk.services.printing.sheets import sheet_html
from servicedesk.services.search import search
from servicedesk.services.today import answered
from tests.conftest import PASSWORD
from tests.pdf import page_count

pytestmark = pytest.mark.one_database

SIGNED = {"secret": PASSWORD, "opinion": "同意"}
VOUCHER = {"way": "transfer", "voucher": "HD-1"}


def url(name: str, *args) -> str:
    return reverse(f"complaints:compensation_{name}", args=args)


def typed(row: Compensation, **more) -> dict:
    return {"version": row.version, **more}


def picture() -> SimpleUploadedFile:
    stream = io.BytesIO()
    Image.new("RGB", (80, 60), "white").save(stream, "JPEG")
    return SimpleUploadedFile("voucher.jpg", stream.getvalue(), "image/jpeg")


def sentences(user) -> list[str]:
    return [line.sentence for line in answered(money(user))[0]]


def test_it_is_asked_for_at_the_case_and_the_page_of_the_case_shows_it(as_user, clerk, supervisor, handling):
    page = reverse("complaints:complaint_compensate", args=[handling.pk])
    assert "申请人、审批人、支付人必须是三个人" in as_user(clerk).get(page).content.decode()
    data = {"amount": "¥1,280.5", "payee_name": "杨明静", "grounds": "退一赔三", "is_submitted": "on"}
    shown = as_user(clerk).post(page, data, follow=True).content.decode()
    made = Compensation.objects.get()
    assert (made.amount, made.state) == (Decimal("1280.50"), CompensationState.PENDING)
    assert f"{made} 待审(督导)" in shown
    case = as_user(supervisor).get(reverse("complaints:complaint_detail", args=[handling.pk])).content.decode()
    assert str(made) in case
    assert "待赔偿审批" in case


@pytest.mark.parametrize("amount", ["0", "-5", "1.234", "999999999999999999999", "一百", "100000.01"])
def test_an_absurd_amount_is_refused_at_the_field(as_user, clerk, handling, amount):
    page = reverse("complaints:complaint_compensate", args=[handling.pk])
    answer = as_user(clerk).post(page, {"amount": amount, "payee_name": "杨", "grounds": "退"})
    assert answer.status_code == 422
    assert "金额" in answer.content.decode()
    assert not Compensation.objects.exists()


def test_who_may_not_act_sees_the_button_disabled_and_why(as_user, clerk, supervisor, second_clerk, ask):
    made = ask()
    page = as_user(clerk).get(url("detail", made.pk)).content.decode()
    assert f"您是 {made} 的申请人,不能审批自己的申请。" in page
    assert url("approve", made.pk) not in page
    assert url("approve", made.pk) in as_user(supervisor).get(url("detail", made.pk)).content.decode()
    approve_compensation(made, "", by=supervisor)
    page = as_user(supervisor).get(url("detail", made.pk)).content.decode()
    assert "“督导”一步由您审批,不能再支付" in page
    assert url("pay", made.pk) not in page
    assert url("pay", made.pk) in as_user(second_clerk).get(url("detail", made.pk)).content.decode()


def test_a_forged_approval_of_the_requester_is_refused(as_user, supervisor, ask):
    made = ask(by=supervisor)
    answer = as_user(supervisor).post(url("approve", made.pk), typed(made, **SIGNED))
    assert answer.status_code == 422
    assert "不能审批自己的申请" in answer.content.decode()
    made.refresh_from_db()
    assert made.state == CompensationState.PENDING


def test_a_forged_payment_of_requester_and_approver_is_refused(as_user, clerk, supervisor, second_clerk, approved):
    for person, why in ((clerk, "不能支付自己的申请"), (supervisor, "不能再支付")):
        answer = as_user(person).post(url("pay", approved.pk), typed(approved, **VOUCHER))
        assert answer.status_code == 422
        assert why in answer.content.decode()
    as_user(second_clerk).post(url("pay", approved.pk), typed(approved, **VOUCHER))
    approved.refresh_from_db()
    assert (approved.state, approved.paid_by) == (CompensationState.PAID, second_clerk)


def test_the_photo_of_the_voucher_stands_on_the_page(as_user, second_clerk, approved):
    data = typed(approved, **VOUCHER, photos=picture())
    page = as_user(second_clerk).post(url("pay", approved.pk), data, follow=True).content.decode()
    photo = Photo.objects.of(approved).get()
    assert photo.caption == "凭证"
    assert reverse("photo", args=[photo.pk, "thumb"]) in page


def test_an_approval_is_signed_with_the_password(as_user, supervisor, ask):
    made = ask()
    wrong = as_user(supervisor).post(url("approve", made.pk), typed(made, secret="wrong"))
    assert wrong.status_code == 422
    as_user(supervisor).post(url("approve", made.pk), typed(made, **SIGNED))
    made.refresh_from_db()
    assert made.state == CompensationState.APPROVED


def test_an_approval_of_a_page_that_was_opened_before_the_change_is_refused(as_user, supervisor, ask):
    made = ask()
    answer = as_user(supervisor).post(url("approve", made.pk), {**SIGNED, "version": made.version - 1})
    assert answer.status_code == 422
    assert "修改了" in answer.content.decode()


def test_each_is_asked_for_what_they_may_do_alone(clerk, supervisor, manager, second_clerk, cashier, ask):
    made = ask()
    assert sentences(supervisor) == ["1 份先行赔偿等您审批"]
    assert sentences(manager) == sentences(clerk) == sentences(second_clerk) == []
    approve_compensation(made, "", by=supervisor)
    assert sentences(second_clerk) == sentences(cashier) == ["1 份先行赔偿已批准,等支付"]
    assert sentences(supervisor) == sentences(clerk) == []
    return_compensation(ask("20"), "请写清楚", by=supervisor)
    assert sentences(clerk) == ["1 份先行赔偿退回给您,须修改"]


def test_the_list_is_narrowed_to_what_waits_for_me(as_user, supervisor, clerk, second_clerk, ask):
    made, own = ask("20"), ask("30", by=supervisor)
    page = as_user(supervisor).get(url("list") + "?wait=approve").content.decode()
    assert str(made) in page
    assert str(own) not in page
    approve_compensation(made, "", by=supervisor)
    for person, rows in ((supervisor, []), (clerk, []), (second_clerk, [made])):
        assert list(as_user(person).get(url("list") + "?wait=pay").context["filter"].qs) == rows


def test_the_workbook_has_numbers_and_masks_the_payee(as_user, clerk, paid):
    book = openpyxl.load_workbook(io.BytesIO(as_user(clerk).get(url("export")).content))
    cells = [cell.value for row in book.worksheets[0].iter_rows() for cell in row]
    assert 150 in cells
    assert "杨**" in cells
    assert "杨明静" not in cells


def test_the_account_is_masked_and_opened_with_a_reason(as_user, supervisor, clerk, ask):
    made = ask(payee_account="6222020200112233445")
    page = as_user(supervisor).get(url("detail", made.pk)).content.decode()
    assert "622****3445" in page
    assert "6222020200112233445" not in page
    assert as_user(clerk).get(url("reveal", made.pk)).status_code == 403
    answer = as_user(supervisor).post(url("reveal", made.pk), {"reason": "转账"})
    assert "6222020200112233445" in answer.content.decode()
    assert Disclosure.objects.of(made).count() == 1


def test_an_edit_keeps_the_account_that_it_does_not_show(as_user, clerk, ask):
    made = ask(payee_account="6222020200112233445", is_submitted=False)
    page = as_user(clerk).get(url("edit", made.pk)).content.decode()
    assert "6222020200112233445" not in page
    data = typed(made, amount="150", payee_name="杨明静", grounds="退差价")
    as_user(clerk).post(url("edit", made.pk), data)
    made.refresh_from_db()
    assert (made.grounds, made.payee_account) == ("退差价", "6222020200112233445")
    as_user(clerk).post(url("edit", made.pk), {**data, "version": made.version, "payee_account": "无"})
    made.refresh_from_db()
    assert made.payee_account == ""


def test_it_is_found_by_its_number_its_payee_and_its_case(clerk, ask, handling):
    made = ask()
    for typed_words in (made.number, "杨明静", "缆车停运"):
        assert made.number in [hit.number for hit in search(typed_words, clerk)], typed_words


# The paper.

def test_the_filled_paper_says_the_sum_in_figures_and_in_words_and_closes_what_is_not_needed(ask, supervisor, manager):
    made = approve_compensation(ask("1280.50"), "情况属实", by=supervisor)
    html = sheet_html(COMPENSATION_SHEET, made)
    for word in ("¥1,280.50", "壹仟贰佰捌拾元伍角", "情况属实", f"{supervisor.name}(密码确认)", "按金额不须此级审批"):
        assert word in html, word
    labels = [(step["label"], step["is_closed"]) for step in compensation_context(made)["steps"]]
    assert labels == [("督导", False), ("部门经理", False), ("值班领导", True)]


def test_the_paper_of_a_second_round_shows_the_opinions_of_that_round_alone(ask, clerk, supervisor):
    made = return_compensation(ask(), "写清楚", by=supervisor)
    assert [step["row"] for step in compensation_context(made)["steps"]][0].opinion == "写清楚"
    type(made).objects.update(round=2)
    made.refresh_from_db()
    assert [step["row"] for step in compensation_context(made)["steps"]] == [None, None, None]


def test_cash_leaves_the_payee_in_the_receipt_and_a_transfer_says_so(approved, paid, ask, supervisor, second_clerk):
    assert "非现金支付,以凭证为准" in sheet_html(COMPENSATION_SHEET, paid)
    other = approve_compensation(ask("20"), "", by=supervisor)
    cash = PaymentFacts(way="cash", signature={"means": "paper", "image": ""})
    assert "杨明静" in str(compensation_context(pay_compensation(other, cash, by=second_clerk))["signs"]["payee"])


def test_form_3_1_says_what_was_paid_and_to_whom(paid, handling):
    html = sheet_html(COMPLAINT_SHEET, handling)
    assert "壹佰伍拾元整" in html
    assert "收款人签字:杨明静" in html


@pytest.mark.one_database
def test_filled_and_blank_are_one_page_each(paid):
    for record in (paid, None):
        pdf, _ = render(sheet_html(COMPENSATION_SHEET, record), "a4")
        assert page_count(pdf) == 1
