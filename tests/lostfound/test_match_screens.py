"""The worklist of matches and the two columns side by side."""

import pytest
from django.urls import reverse

from lostfound.choices import ItemState, MatchState, ReportState
from lostfound.models import FoundItem, LostReport, LostReportZone, Match
from lostfound.services.claims import open_claim

pytestmark = pytest.mark.one_database


def url(name: str, *args) -> str:
    return reverse(f"lostfound:match_{name}", args=args)


@pytest.fixture
def pair(item, make_report, zone) -> Match:
    report = make_report(colour="黑色", features="伞骨弯了一根")
    LostReportZone.objects.create(report=report, zone=zone, order=1)
    return Match.objects.create(item=item, report=report, score=70, reasons=["同类", "同色"])


def listed(browser, query: str = "") -> list[Match]:
    return [row.record for row in browser.get(f"{url('list')}{query}").context["table"].paginated_rows]


def test_opened_bare_the_list_shows_what_waits_the_likeliest_first(as_user, clerk, pair, make_report, make_item):
    best = Match.objects.create(item=pair.item, report=make_report(), score=90)
    Match.objects.create(item=make_item(), report=pair.report, score=95, state=MatchState.REJECTED)
    Match.objects.create(item=make_item(state=ItemState.RETURNED), report=make_report(), score=99)
    browser = as_user(clerk)
    assert listed(browser) == [best, pair]
    assert [m.state for m in listed(browser, "?state=rejected")] == [MatchState.REJECTED]
    assert len(listed(browser, "?state=")) == 4
    assert listed(browser, "?state=suggested&least=80") == [best]


def test_the_list_costs_the_same_with_one_and_with_three(
    as_user, clerk, pair, make_item, make_report, django_assert_num_queries, django_assert_max_num_queries
):
    browser = as_user(clerk)
    listed(browser, "?state=suggested")  # the first look is remembered in the session
    with django_assert_max_num_queries(20) as counted:
        assert len(listed(browser, "?state=suggested")) == 1
    for _ in range(2):
        Match.objects.create(item=make_item(), report=make_report(), score=60)
    with django_assert_num_queries(len(counted.captured_queries)):
        assert len(listed(browser, "?state=suggested")) == 3


def test_the_two_columns_say_what_agrees(as_user, clerk, pair):
    page = as_user(clerk).get(url("detail", pair.pk))
    rows = {row["label"]: (row["found"], row["lost"], row["agrees"]) for row in page.context["rows"]}
    assert rows["物品"] == ("雨伞 1件", "雨伞 1件", True)
    assert rows["颜色"] == ("黑色", "黑色", True)
    assert rows["地点"] == ("观景台", "观景台", True)
    assert rows["品牌/型号"] == ("", "", None)
    text = page.content.decode()
    assert "伞柄内侧刻有 M" not in text
    assert "13800001234" not in text


def test_while_a_claimant_still_has_to_speak_the_found_side_is_closed(as_user, clerk, supervisor, pair, facts):
    open_claim(pair.item, facts(), by=clerk)
    page = as_user(supervisor).get(url("detail", pair.pk))
    rows = {row["label"]: row["found"] for row in page.context["rows"]}
    assert rows["特征/内装物"] == "盲核验中,暂时关闭"
    assert "第三根伞骨弯" not in page.content.decode()


def test_the_side_of_another_desk_stays_with_that_desk(as_user, outsider, pair, other_point):
    FoundItem.objects.filter(pk=pair.item_id).update(service_point=other_point)
    page = as_user(outsider).get(url("detail", pair.pk)).content.decode()
    assert "失物由主服务中心登记,请致电 0571-88880001 核对。" in page
    assert "第三根伞骨弯" in page
    assert "伞骨弯了一根" not in page
    assert reverse("lostfound:lostreport_detail", args=[pair.report_id]) not in page


def test_confirming_leads_to_the_telephone(as_user, clerk, pair):
    answer = as_user(clerk).post(url("confirm", pair.pk))
    assert answer.headers["Location"] == reverse("lostfound:lostreport_contact", args=[pair.report_id])
    assert LostReport.objects.get(pk=pair.report_id).state == ReportState.MATCHED
    assert "138****1234" in as_user(clerk).get(answer.headers["Location"]).content.decode()


def test_the_second_desk_reads_who_was_faster(as_user, clerk, second_clerk, pair, make_report):
    other = Match.objects.create(item=pair.item, report=make_report(), score=60)
    as_user(clerk).post(url("confirm", pair.pk))
    answer = as_user(second_clerk).post(url("confirm", other.pk))
    assert answer.status_code == 409
    assert f"刚刚已由王芳确认为 {pair.report.number} 的失物" in answer.content.decode()


def test_rejecting_needs_a_reason_and_leads_back_to_the_list(as_user, clerk, pair):
    refused = as_user(clerk).post(url("reject", pair.pk), {"reason": " "})
    assert refused.status_code == 400
    assert "请写明原因。" in refused.content.decode()
    answer = as_user(clerk).post(url("reject", pair.pk), {"reason": "失主说伞是木柄"})
    assert answer.headers["Location"] == url("list")
    pair.refresh_from_db()
    assert (pair.state, pair.decision_reason) == (MatchState.REJECTED, "失主说伞是木柄")


def test_a_match_is_decided_by_post_alone_and_not_by_a_stranger(as_user, clerk, outsider, duty_manager, pair):
    assert as_user(clerk).get(url("confirm", pair.pk)).status_code == 405
    assert as_user(outsider).post(url("confirm", pair.pk)).status_code == 404
    assert as_user(duty_manager).post(url("confirm", pair.pk)).status_code == 403
    pair.refresh_from_db()
    assert pair.state == MatchState.SUGGESTED


def test_the_rail_counts_what_waits(as_user, clerk, pair, make_report, make_item):
    Match.objects.create(item=make_item(state=ItemState.POLICE), report=make_report(), score=99)
    rail = as_user(clerk).get(url("list")).context["desk"].rail
    lines = [line for group in rail for line in group["items"]]
    assert [line["badge"] for line in lines if line["label"] == "匹配核对"] == ["1"]
