"""The screens of the month archive: what is missing first, then the making, the files with their rights and reasons."""

import pytest
from django.urls import reverse

from reports.choices import FileKind
from reports.services import store
from reports.services.archiving import archive_month, next_order
from servicedesk.models import ExportLog, LongTask
from servicedesk.services.today import waiting

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
WIZARD = "reports:archive_create"


@pytest.fixture
def full(october, manager):
    return archive_month(next_order(october, by=manager, is_full=True, full_reason="公安调取"))


def file_url(archive, kind: str) -> str:
    return reverse("reports:archive_file", args=[archive.pk, kind])


def test_the_wizard_shows_what_is_missing_with_the_way_to_mend_it(october, day, case, manager, as_user):
    page = as_user(manager).get(reverse(WIZARD, args=["2026-10"])).content.decode()
    assert f"{day.number} 还没有闭班" in page
    assert reverse("complaints:complaint_detail", args=[case.pk]) in page
    assert "照样归档" in page
    assert not LongTask.objects.exists()


def test_a_press_queues_the_making_and_leads_to_its_progress(october, manager, as_user):
    answer = as_user(manager).post(reverse(WIZARD, args=["2026-10"]), {})
    assert (answer.status_code, answer.url) == (302, reverse("longtask_list"))
    assert LongTask.objects.get().facts == {"month": "2026-10", "version": 1, "reason": "", "full_reason": ""}


def test_another_version_asks_why(archived, manager, as_user):
    browser, url = as_user(manager), reverse(WIZARD, args=["2026-10"])
    assert "已有第 1 版" in browser.get(url).content.decode()
    assert browser.post(url, {"reason": ""}).status_code == 422
    assert browser.post(url, {"reason": "更正一处"}).status_code == 302
    assert LongTask.objects.get().facts["version"] == 2


def test_whole_numbers_ask_what_for(october, manager, as_user):
    browser, url = as_user(manager), reverse(WIZARD, args=["2026-10"])
    refused = browser.post(url, {"is_full": "on", "full_reason": ""})
    assert refused.status_code == 422
    assert "请写明用途" in refused.content.decode()
    assert browser.post(url, {"is_full": "on", "full_reason": "公安调取"}).status_code == 302


@pytest.mark.parametrize("month", ["2026-11", "1800-01", "2026-13", "abc"])
def test_a_month_that_is_none_or_not_over_makes_nothing(october, manager, as_user, month):
    answer = as_user(manager).post(reverse(WIZARD, args=[month]), {})
    assert answer.status_code == (422 if month == "2026-11" else 404)
    assert not LongTask.objects.exists()


def test_a_file_is_handed_out_whole_and_noted(archived, manager, as_user):
    answer = as_user(manager).get(file_url(archived, FileKind.BINDER))
    content = b"".join(answer.streaming_content)
    assert content == b"".join(store.read(archived.files.get(kind=FileKind.BINDER)))
    assert answer["Content-Length"] == str(len(content))
    log = ExportLog.objects.get()
    assert (log.register, log.query, log.is_full, log.by) == (
        "montharchive", "2026年10月 第 1 版 装订册 PDF", False, manager,
    )
    page = as_user(manager).get(reverse("reports:archive_detail", args=[archived.pk])).content.decode()
    assert "2026年10月 第 1 版 装订册 PDF" in page


def test_whole_numbers_are_handed_out_with_a_reason_only(full, manager, as_user):
    browser, url = as_user(manager), file_url(full, FileKind.FULL_WORKBOOK)
    assert browser.get(url).status_code == 403
    assert browser.post(url, {"reason": " "}).status_code == 400
    before = ExportLog.objects.count()
    assert browser.post(url, {"reason": "公安 11 月调取"}).status_code == 200
    assert ExportLog.objects.count() == before + 1
    assert ExportLog.objects.latest("pk").reason == "公安 11 月调取"


def test_who_only_reads_takes_nothing_out(archived, duty_manager, clerk, as_user):
    page = as_user(duty_manager).get(reverse("reports:archive_detail", args=[archived.pk])).content.decode()
    assert file_url(archived, FileKind.BINDER) not in page
    assert as_user(duty_manager).get(file_url(archived, FileKind.BINDER)).status_code == 403
    assert as_user(clerk).get(reverse("reports:archive_list")).status_code == 403


def test_a_file_that_was_damaged_is_not_handed_out(archived, manager, as_user):
    (store.folder() / archived.files.get(kind=FileKind.WORKBOOK).stored).write_bytes(
        (store.folder() / archived.files.get(kind=FileKind.MANIFEST).stored).read_bytes())
    assert as_user(manager).get(file_url(archived, FileKind.WORKBOOK)).status_code == 409
    assert not ExportLog.objects.exists()


def test_the_start_page_says_that_last_month_waits(october, manager, clerk):
    said = [line.sentence for line in waiting(manager)]
    assert "2026年10月还没有归档,请先看缺什么" in said
    assert not [line for line in waiting(clerk) if "归档" in line.sentence]


def test_the_start_page_is_quiet_once_it_is_archived(archived, manager):
    assert not [line for line in waiting(manager) if "还没有归档" in line.sentence]
