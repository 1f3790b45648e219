"""Figures by their definitions, without a single sheet being told."""

import datetime as dt
import io

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from surveys.choices import Channel
from surveys.models import SurveyBatch, SurveySheet
from surveys.services.results import FEWEST, by_place, over_time, results_of
from surveys.services.sheets import void_sheet
from tests.surveys.conftest import facts


def results(viewer=None):
    return results_of(SurveySheet.objects.all(), SurveyBatch.objects.all(), viewer=viewer)


def test_an_empty_period_shows_dashes_and_not_a_hundred_percent(db):
    found = results()
    assert (found.valid, found.overall.mean, found.overall.pleased) == (0, None, None)
    assert (found.net_promoters, found.points, found.return_rate, found.valid_rate) == (None, None, None, None)


def test_satisfaction_counts_only_who_judged(scan):
    for score in (5, 4, 3, 0, 0):
        scan(facts(Channel.QR, low=score))
    item = next(item for item in results().items if item.label == "卫生间")
    assert (item.n, item.unknown, item.mean) == (3, 2, 4.0)
    assert item.pleased == pytest.approx(200 / 3)
    assert item.scores() == [1, 1, 1, 0, 0]


def test_promoters_less_detractors(scan):
    for nps in (10, 9, 8, 7, 6, 0, None):
        scan(facts(Channel.QR, nps=nps))
    assert results().net_promoters == pytest.approx(0)
    scan(facts(Channel.QR, nps=9))
    assert results().net_promoters == pytest.approx(100 / 7)


def test_the_score_of_a_hundred_takes_twenty_for_the_whole_and_the_mean_where_nobody_judged(scan):
    scan(facts(Channel.QR, scores={1: 5, 2: 3}, overall=4))
    assert results().points == pytest.approx(20 * 4 / 5 + 80 * 4 / 5)


def test_what_went_out_came_back_and_was_valid(batch, enter, scan, manager):
    enter(facts(serial="1"))
    enter(facts(serial="2", is_valid=False))
    void_sheet(enter(facts(serial="3")), by=manager, reason="重复")
    found = results()
    assert (found.handed_out, found.returned, found.valid, found.collected) == (3, 2, 1, 2)
    assert (found.return_rate, found.valid_rate) == (pytest.approx(200 / 3), 50)


def test_places_and_days_are_told_apart(scan, kiosk):
    scan()
    scan(at=kiosk)
    rows, today = SurveySheet.objects.all(), timezone.localdate()
    assert sorted((place.label, place.n) for place in by_place(rows)) == [("大厅自助机", 1), ("观景台", 1)]
    assert [(day.label, day.n) for day in over_time(rows, today, today)] == [(f"{today:%m-%d}", 2)]
    assert over_time(rows, today - dt.timedelta(days=90), today)[0].label == f"{today:%Y-%m}"


def test_few_sheets_with_ones_own_among_them_tell_nothing(enter, scan, supervisor, manager):
    enter(facts(Channel.PHONE), by=supervisor)
    for _ in range(FEWEST - 2):
        scan()
    assert (results(supervisor).is_closed, results(manager).is_closed) == (True, False)
    scan()
    assert results(supervisor).valid == FEWEST
    own = next(place for place in by_place(SurveySheet.objects.all(), supervisor) if "不显示" in place.label)
    assert own.n == 0


def test_the_page_shows_bars_and_the_same_as_numbers(as_user, scan, manager):
    scan(facts(Channel.QR, low=1))
    answer = as_user(manager).get(reverse("surveys:results"))
    html = answer.content.decode()
    assert 'class="score-1"' in html
    assert "总体满意率" in html
    assert "style=" not in html.partition("<main")[2]
    listed = as_user(manager).get(answer.context["sheets_url"])
    assert listed.status_code == 200
    assert SurveySheet.objects.get().number in listed.content.decode()


def test_another_desks_answers_are_not_counted(as_user, scan, make_person, other_point):
    scan()
    elsewhere = make_person("1302", "徐岩", "督导", at=other_point)
    assert as_user(elsewhere).get(reverse("surveys:results")).context["results"].valid == 0


def test_the_workbook_holds_the_same_figures(as_user, scan, manager):
    scan(facts(Channel.QR, low=1))
    content = as_user(manager).get(reverse("surveys:results_export")).content
    rows = list(openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True))
    toilets = next(row for row in rows if row[1] == "卫生间")
    assert toilets[2:] == (0, 0, 0, 0, 1, 0, 1, "1.00", "0.0")
    assert "样本率 —" in rows[1][0]
