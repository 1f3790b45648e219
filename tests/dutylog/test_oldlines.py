"""旧日志: read by whoever reads the log, with numbers masked, changed by nobody, forgotten in its time."""

import datetime as dt
import io

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from dutylog.models import OldLogLine
from dutylog.papers.oldlines import LONGEST_IN_ROW, OLD_LOG, ledger_context
from dutylog.personal import OLD_LOG_MONTHS
from dutylog.services.days import duty_day
from servicedesk.sealing import CLEARED
from servicedesk.services.printing.parts import ledgers_of
from servicedesk.services.printing.sheets import sheet_html
from servicedesk.services.purging import purge
from servicedesk.services.search import index_record, search
from servicedesk.services.transitions import note_history

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
MARCH = dt.date(2025, 3, 1)
PHONE, CARD = "13812345678", "11010519491231002X"


@pytest.fixture
def old(point, manager):
    """An old line as the import writes it: `old("问路", on=…, category="lost")`."""

    def make(text="游客询问末班车", *, on=dt.date(2025, 3, 5), at=point, **more) -> OldLogLine:
        count = OldLogLine.objects.count() + 1
        line = OldLogLine.objects.create(
            number=f"RZ-{on:%Y%m%d}-{count:03d}", service_point=at, on=on, text=text, created_by=manager,
            created_at=timezone.make_aware(dt.datetime.combine(on, dt.time())), **more,
        )
        note_history(line, manager)
        index_record(line)
        return line

    return make


def listed(client, **query) -> list[str]:
    table = client.get(reverse("dutylog:oldlogline_list"), {"all": 1, **query}).context["table"]
    return [row.record.text for row in table.rows]


def test_the_list_is_narrowed_by_words_days_category_shift_and_recorder(old, as_user, clerk):
    old("甲处漏水", on=dt.date(2025, 3, 5), category="equipment", shift="早班", recorder="老王")
    old("乙处停电", on=dt.date(2025, 3, 6), category="equipment", shift="晚班", recorder="小李")
    old("丙处问路", on=dt.date(2025, 3, 7), category="enquiry", shift="早班", recorder="老王")
    client = as_user(clerk)
    assert listed(client) == ["丙处问路", "乙处停电", "甲处漏水"]
    assert listed(client, q="停电") == ["乙处停电"]
    assert listed(client, since="2025-03-06", until="2025-03-06") == ["乙处停电"]
    assert listed(client, category="equipment") == ["乙处停电", "甲处漏水"]
    assert listed(client, shift="早") == ["丙处问路", "甲处漏水"]
    assert listed(client, recorder="小李") == ["乙处停电"]


def test_a_desk_reads_its_own_old_diary_alone(old, as_user, clerk, manager, other_point):
    old("本台")
    there = old("东门", at=other_point)
    assert listed(as_user(clerk)) == ["本台"]
    assert as_user(clerk).get(reverse("dutylog:oldlogline_detail", args=[there.pk])).status_code == 404
    assert listed(as_user(manager)) == ["东门", "本台"]


def test_numbers_in_an_old_line_are_masked_on_screen_paper_and_search(old, as_user, clerk):
    line = old(f"游客电话{PHONE}来问", handling=f"证件{CARD}", result=f"回电{PHONE}")
    client = as_user(clerk)
    seen = [
        client.get(reverse("dutylog:oldlogline_list"), {"all": 1, "columns": ["text", "handling", "result"]}),
        client.get(reverse("dutylog:oldlogline_detail", args=[line.pk])),
        client.get(reverse("search"), {"q": "来问"}, follow=True),
    ]
    month = next(iter(ledgers_of(OLD_LOG, OldLogLine.objects.all(), MARCH)))
    for page in [*(answer.content.decode() for answer in seen), sheet_html(OLD_LOG, month)]:
        assert "138****5678" in page
        assert PHONE not in page
        assert CARD not in page


def exported(client, **post) -> str:
    url = f"{reverse('dutylog:oldlogline_export')}?all=1&columns=text&columns=result"
    answer = client.post(url, post) if post else client.get(url)
    assert answer.status_code == 200
    rows = load_workbook(io.BytesIO(answer.content)).active.iter_rows(min_row=4, values_only=True)
    return " ".join(str(cell) for row in rows for cell in row)


def test_the_workbook_is_masked_and_whole_only_with_the_right_and_a_reason(old, as_user, clerk, manager):
    old(f"游客电话{PHONE}来问", result=CARD)
    assert "138****5678" in exported(as_user(clerk))
    assert PHONE not in exported(as_user(clerk))
    whole = exported(as_user(manager), reason="核对旧账")
    assert PHONE in whole
    assert CARD in whole


def test_the_lists_of_days_and_lines_lead_to_the_old_diary(as_user, clerk):
    way = f'href="{reverse("dutylog:oldlogline_list")}"'
    for name in ("dutyday_list", "logentry_list"):
        assert way in as_user(clerk).get(reverse(f"dutylog:{name}"), {"all": 1}).content.decode()


def test_a_sheet_that_was_made_later_leads_to_the_old_lines_of_its_day_and_desk(
    old, as_user, clerk, point, other_point
):
    old(on=dt.date(2025, 3, 5))
    old(on=dt.date(2025, 3, 6), at=other_point)
    way = f"{reverse('dutylog:oldlogline_list')}?since=2025-03-05&amp;until=2025-03-05"
    for on, leads in ((dt.date(2025, 3, 5), True), (dt.date(2025, 3, 6), False)):
        sheet = duty_day(on, point, by=clerk)
        page = as_user(clerk).get(reverse("dutylog:dutyday_detail", args=[sheet.pk])).content.decode()
        assert (way in page, "当天的旧日志" in page) == (leads, leads)


def test_a_line_leads_to_all_of_its_day_and_offers_no_change(old, as_user, manager):
    line = old()
    page = as_user(manager).get(reverse("dutylog:oldlogline_detail", args=[line.pk]))
    assert [step["url"] for step in page.context["steps"]] == [
        f"{reverse('dutylog:oldlogline_list')}?since=2025-03-05&until=2025-03-05",
    ]


def test_its_history_is_changed_by_nobody(old):
    line = old()
    with pytest.raises(DatabaseError), transaction.atomic():
        line.history.update(text="没有的事")


def test_the_month_on_paper_holds_the_days_in_their_order_and_what_they_come_to(old, point, other_point):
    old("后一天", on=dt.date(2025, 3, 6), category="lost")
    old("前一天", on=dt.date(2025, 3, 5), category="found", clock=dt.time(9, 5), shift="早班", recorder="老王")
    old("四月", on=dt.date(2025, 4, 1))
    old("东门", at=other_point)
    rows = OldLogLine.objects.filter(service_point=point)
    ledger = next(iter(ledgers_of(OLD_LOG, rows, MARCH, point)))
    context = ledger_context(ledger)
    assert [(row["order"], row["text"]) for row in context["rows"]] == [(1, "前一天"), (2, "后一天")]
    assert context["totals"] == {"count": 2, "days": 2, "kinds": [("失物", 1), ("拾物", 1)]}
    sheet = sheet_html(OLD_LOG, ledger)
    for part in ("旧值班日志", "2025年03月", "03-05<br>09:05", "早班", "老王", "RZ-20250305-002", point.name):
        assert part in sheet, part


def test_a_very_long_line_goes_on_over_the_page(old, point):
    old("长" * (LONGEST_IN_ROW + 1))
    old("短")
    ledger = next(iter(ledgers_of(OLD_LOG, OldLogLine.objects.all(), MARCH, point)))
    assert [row["is_long"] for row in ledger_context(ledger)["rows"]] == [True, False]
    assert sheet_html(OLD_LOG, ledger).count('<tr class="long">') == 1


def test_the_blank_sheet_has_rows_to_write_into():
    sheet = sheet_html(OLD_LOG, None)
    assert sheet.count("<tr>" + "<td></td>" * 10 + "</tr>") == len(ledger_context(None)["room"])
    assert "共 ____ 条" in sheet


def test_past_its_term_an_old_line_forgets_its_words_and_keeps_day_category_place_and_recorder(
    old, choose, manager, clerk
):
    choose(OLD_LOG_MONTHS, 12)
    today = timezone.localdate()
    kept = old("游客李某问路", on=today - dt.timedelta(days=300))
    line = old(
        "游客王某遗失手机", on=today - dt.timedelta(days=400), handling="王某已来", result="王某领走", place="检票口",
        recorder="老王", category="lost",
    )
    purge(by=manager, reason="年度清除")
    line.refresh_from_db()
    kept.refresh_from_db()
    assert (line.text, line.handling, line.result) == (CLEARED,) * 3
    assert (line.place, line.recorder, line.get_category_display(), line.get_state_display()) == (
        "检票口", "老王", "失物", "已清除",
    )
    assert {row.text for row in line.history.all()} == {CLEARED}
    assert not search("王某", clerk)
    assert [entry.number for entry in search("检票口", clerk)] == [line.number]
    assert (kept.text, kept.get_state_display()) == ("游客李某问路", "旧账")
