"""投诉 on screen: taken in one form, handed over from a call, masked for whom it must be, each step by its button."""

import io

import openpyxl
import pytest
from django.urls import reverse

from complaints.models import Complaint
from complaints.services.offers import offer_case
from complaints.today import waiting
from dutylog.models import NoticeStep
from dutylog.services.chain import note_answer, steps_of
from dutylog.services.enquiries import EnquiryFacts, register_enquiry
from servicedesk.models import Disclosure, Message, Signature
from servicedesk.services.today import answered

pytestmark = pytest.mark.one_database

PHONE = "13812341234"


def url(name: str, *args) -> str:
    return reverse(f"complaints:complaint_{name}", args=args)


def typed(zone, **more) -> dict:
    return {
        "occurred_at": "1000", "zone": zone.pk, "kind": "服务态度|推诿", "is_reachable": "yes",
        "words": "检票口没有人理我们", "received_at": "1020", "channel": "visit", "language": "zh",
        "severity": "ordinary", **more,
    }


def sentences(user) -> list[str]:
    return [line.sentence for line in answered(waiting(user))[0]]


def test_five_fields_make_a_complaint_and_its_page_says_what_is_owed(as_user, clerk, supervisor, zone, day):
    answer = as_user(clerk).post(url("create"), typed(zone), follow=True)
    case = Complaint.objects.get()
    page = answer.content.decode()
    assert f"已登记 {case},请于 明天 10:20 前首次答复" in page
    assert "服务态度 · 推诿" in page
    assert "加 72 小时,昼夜连续计算" in page
    assert supervisor.name in page
    assert not Signature.objects.exists()


@pytest.mark.parametrize("name", ["occurred_at", "zone", "kind", "is_reachable", "words"])
def test_a_complaint_without_one_of_the_five_is_not_saved(as_user, clerk, zone, day, name):
    data = typed(zone)
    del data[name]
    answer = as_user(clerk).post(url("create"), data)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [name]
    assert not Complaint.objects.exists()


def test_a_form_sent_twice_is_one_complaint(as_user, clerk, zone, day):
    browser, key = as_user(clerk), "3f0e1c9e-6f0e-4b7e-9d5e-0f5a4d1c2b3a"
    for _ in range(2):
        browser.post(url("create"), typed(zone, submission_key=key))
    assert Complaint.objects.count() == 1


def test_a_call_becomes_a_complaint_with_its_fields_and_its_clock(as_user, clerk, point, zone, day, moment):
    call = register_enquiry(EnquiryFacts(
        direction="incoming", kind="complaint", received_at=moment("09:40"), summary="要求退票", phone=PHONE,
        caller_name="杨明静",
    ), by=clerk, point=point)
    browser = as_user(clerk)
    assert "转为投诉" in browser.get(reverse("dutylog:enquiry_detail", args=[call.pk])).content.decode()
    address = f"{url('create')}?enquiry={call.pk}"
    form = browser.get(address).context["form"]
    assert (form["words"].value(), form["phone"].value(), form["channel"].value()) == ("要求退票", PHONE, "call")
    browser.post(address, typed(zone, received_at="0940", occurred_at="0930", channel="call", phone=PHONE))
    call.refresh_from_db()
    case = Complaint.objects.get()
    assert (call.became_number, case.received_at) == (case.number, moment("09:40"))


def test_typing_a_number_shows_the_repeat_and_what_else_is_known(as_user, clerk, hear):
    case = hear()
    page = as_user(clerk).post(url("hints"), {"phone": PHONE}).content.decode()
    assert "重复投诉:这个电话近期已投诉 1 次" in page
    assert page.count(case.number) == 2
    assert PHONE not in page


def test_no_list_page_or_workbook_shows_the_whole_number(as_user, clerk, hear):
    case = hear(document_number="E12345678")
    browser = as_user(clerk)
    for address in (url("list"), url("detail", case.pk), url("edit", case.pk)):
        page = browser.get(address).content.decode()
        assert not any(number in page for number in (PHONE, "E12345678"))
    rows = list(openpyxl.load_workbook(io.BytesIO(browser.get(url("export")).content)).active.values)
    cells = [str(cell) for row in rows for cell in row]
    assert "138****1234" in cells
    assert PHONE not in cells


def test_who_may_opens_the_number_with_a_reason_that_is_kept(as_user, clerk, supervisor, hear):
    case = hear()
    assert as_user(clerk).post(url("phone_reveal", case.pk), {"reason": "回电"}).status_code == 403
    browser = as_user(supervisor)
    assert browser.post(url("phone_reveal", case.pk), {"reason": ""}).status_code == 422
    assert PHONE in browser.post(url("phone_reveal", case.pk), {"reason": "回电"}).content.decode()
    assert Disclosure.objects.get().reason == "回电"


def test_an_edit_keeps_the_number_it_does_not_show(as_user, clerk, hear, zone):
    case = hear(document_number="E12345678")
    browser = as_user(clerk)
    data = typed(zone, visitor_name="杨明静", origin="杭州", version=case.version)
    browser.post(url("edit", case.pk), data)
    case.refresh_from_db()
    assert (case.phone, case.document_number, case.origin) == (PHONE, "E12345678", "杭州")
    browser.post(url("edit", case.pk), data | {"document_number": "无", "version": case.version})
    case.refresh_from_db()
    assert (case.phone, case.document_number) == (PHONE, "")


def test_the_supervisor_accepts_and_a_clerk_may_not(as_user, clerk, supervisor, hear):
    case = hear()
    assert as_user(clerk).post(url("accept", case.pk)).status_code == 403
    as_user(supervisor).post(url("accept", case.pk))
    case.refresh_from_db()
    assert case.get_state_display() == "已受理"
    assert "开始处理" in as_user(clerk).get(url("detail", case.pk)).content.decode()


def test_the_person_who_was_told_notes_the_answer_on_the_page_of_the_case(as_user, hear, duty_manager, outsider):
    case = hear(severity="major", major_reasons=("群体",))
    step = steps_of([case])[case.pk][0]
    address = reverse("dutylog:noticestep_answered", args=[step.pk])
    assert as_user(outsider).post(address).status_code == 404
    assert Message.objects.filter(person=duty_manager).unread().exists()
    assert as_user(duty_manager).post(address).url == url("detail", case.pk)
    assert not Message.objects.filter(person=duty_manager).unread().exists()
    step.refresh_from_db()
    assert step.answered_at is not None


def test_a_hand_over_shows_its_buttons_to_whom_it_waits_for_alone(as_user, hear, clerk, second_clerk):
    case = hear()
    offer_case(case, second_clerk, by=clerk)
    assert url("take", case.pk) not in as_user(clerk).get(url("detail", case.pk)).content.decode()
    assert url("take", case.pk) in as_user(second_clerk).get(url("detail", case.pk)).content.decode()
    as_user(second_clerk).post(url("take", case.pk))
    case.refresh_from_db()
    assert case.handler == second_clerk


def test_the_start_page_says_what_is_owed_without_any_job(hear, supervisor, clerk, second_clerk, clock, moment):
    case = hear()
    assert sentences(supervisor) == [f"{case} 服务态度投诉已通报您,请应答", "1 件投诉等您受理"]
    note_answer(steps_of([case])[case.pk][0], moment("10:30"), by=supervisor)
    assert sentences(supervisor) == ["1 件投诉等您受理"]
    NoticeStep.objects.update(answered_at=None)
    offer_case(case, second_clerk, by=clerk)
    clock.move_to(moment("10:46"))
    assert sentences(second_clerk) == [
        f"{case.number} 服务态度投诉(观景台)没有应答,应在 11-24 10:45 通报部室负责人", "1 件投诉移交给您,等您接收",
    ]


@pytest.mark.parametrize(("query", "found"), [
    ("wait=running", 3), ("wait=reply", 3), ("wait=overdue", 0), ("wait=outside", 1), ("severity=major", 1),
    ("wait=mine", 3), ("category=态度", 2), ("q=1234", 3), ("wait=solution_late", 0),
])
def test_the_book_is_narrowed(as_user, clerk, hear, query, found):
    hear()
    hear(channel="12345", outside_number="HZ-1")
    hear(severity="major", major_reasons=("群体",), category="票务")
    page = as_user(clerk).get(f"{url('list')}?{query}")
    assert len(page.context["table"].rows) == found


def test_a_colleague_of_another_desk_sees_nothing(as_user, outsider, hear):
    case = hear()
    browser = as_user(outsider)
    assert browser.get(url("detail", case.pk)).status_code == 404
    assert case.number not in browser.get(url("list")).content.decode()


def test_a_serious_slip_comes_back_at_its_field_with_what_was_typed(as_user, clerk, zone, day):
    answer = as_user(clerk).post(url("create"), typed(zone, words="电话 13812341234"))
    assert answer.status_code == 422
    assert "138****" in str(answer.context["form"].errors["words"])
