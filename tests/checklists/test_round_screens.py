"""Rounds on screen: the day, the walk tap by tap, the record, the start page, the gates of the day."""

import datetime as dt

import pytest
from django.urls import reverse

from checklists import today
from checklists.choices import RoundKind, RoundState
from checklists.gates import misses, questions
from checklists.models import Round, RoundTemplate
from checklists.services.answers import Given, answer_line, lines_of
from checklists.services.assets import AwayFacts, mark_away
from checklists.services.rounds import excuse_round
from dutylog.gates import gates
from dutylog.models import FollowUp
from dutylog.services.days import duty_day
from servicedesk.models import Draft
from servicedesk.services.asking import gathered
from servicedesk.services.today import Waiting, answered
from tests.checklists.conftest import TODAY, local, photo

pytestmark = pytest.mark.one_database

YESTERDAY = TODAY - dt.timedelta(days=1)


def url(name: str, *args) -> str:
    return reverse(f"checklists:{name}", args=args)


def waiting(user) -> list[Waiting]:
    return answered(today.waiting(user))[0]


@pytest.fixture
def alone(equipment) -> RoundTemplate:
    """Only the equipment round is owed, since today."""
    RoundTemplate.objects.exclude(pk=equipment.pk).update(is_active=False)
    RoundTemplate.objects.update(valid_from=TODAY)
    return equipment


def test_a_clerk_starts_walks_and_signs(as_user, clerk, alone):
    browser = as_user(clerk)
    answer = browser.post(url("round_start", alone.pk), {"on": TODAY.isoformat()})
    round_ = Round.objects.get()
    assert answer.headers["Location"] == url("round_walk", round_.pk)
    taps = {f"answer_{line.pk}": "none" if line.needs_photo else "ok" for line in lines_of(round_)}
    answer = browser.post(url("round_walk", round_.pk), {**taps, "after": "finish"})
    assert answer.headers["Location"] == url("round_detail", round_.pk)
    round_.refresh_from_db()
    assert (round_.state, round_.checked_by) == (RoundState.DONE, clerk)


def test_each_tap_is_saved_by_itself(as_user, clerk, start):
    round_ = start()
    first = lines_of(round_)[0]
    answer = as_user(clerk).post(url("round_line", round_.pk, first.pk), {f"answer_{first.pk}": "open"})
    assert answer.status_code == 200
    assert "已存 17:40" in answer.content.decode()
    first.refresh_from_db()
    assert first.sign == "●"


def test_a_failure_tapped_twice_is_reported_once_and_named(as_user, clerk, start, safety_officer):
    round_ = start()
    first = lines_of(round_)[0]
    said = {f"answer_{first.pk}": "failed", f"remark_{first.pk}": "灯没关", f"photo_{first.pk}": photo()}
    browser = as_user(clerk)
    for _ in range(2):
        answer = browser.post(url("round_line", round_.pk, first.pk), {**said, f"photo_{first.pk}": photo()})
    follow_up = FollowUp.objects.get()
    assert f"{follow_up.number}</a> 已报冯涛" in answer.content.decode()


def test_a_failure_without_words_comes_back_with_the_sentence(as_user, clerk, start):
    round_ = start()
    first = lines_of(round_)[0]
    answer = as_user(clerk).post(url("round_line", round_.pk, first.pk), {f"answer_{first.pk}": "failed"})
    assert answer.status_code == 422
    assert "请写明情况" in answer.content.decode()
    assert FollowUp.objects.count() == 0


def test_what_was_good_stays_when_signing_is_refused(as_user, clerk, start):
    round_ = start()
    first, second = lines_of(round_)[:2]
    answer = as_user(clerk).post(url("round_walk", round_.pk), {
        f"answer_{first.pk}": "ok", f"answer_{second.pk}": "failed", f"remark_{second.pk}": "空调没关",
        "after": "finish",
    })
    assert answer.status_code == 422
    assert "还有 9 项没有查" in answer.content.decode()
    assert FollowUp.objects.count() == 1
    assert [line.answer for line in lines_of(round_)][:2] == ["ok", "failed"]


def test_the_button_of_an_area_fills_it_and_leads_to_what_is_left(as_user, clerk, start):
    round_ = start()
    answer = as_user(clerk).post(url("round_walk", round_.pk), {"after": "area:大厅"})
    sockets = lines_of(round_)[3]
    assert answer.headers["Location"] == f"{url('round_walk', round_.pk)}#line-{sockets.pk}"
    assert [line.answer for line in lines_of(round_)].count("ok") == 4


def test_a_number_that_is_typed_says_more_than_the_sign_before_it(as_user, clerk, make_asset, start):
    make_asset("轮椅", 5)
    round_ = start(RoundKind.ASSETS)
    chairs = lines_of(round_)[0]
    answer_line(chairs, Given(quantity=4, remark="在找"), by=clerk)
    page = as_user(clerk).post(url("round_line", round_.pk, chairs.pk), {
        f"quantity_{chairs.pk}": "3", f"remark_{chairs.pk}": "又少一辆",
    })
    assert page.status_code == 200
    chairs.refresh_from_db()
    assert (chairs.quantity, chairs.remark) == (3, "又少一辆")


@pytest.mark.parametrize("quantity", ["-1", "很多", "99999999"])
def test_a_number_that_is_none_is_refused(as_user, clerk, make_asset, start, quantity):
    make_asset("轮椅", 5)
    round_ = start(RoundKind.ASSETS)
    chairs = lines_of(round_)[0]
    answer = as_user(clerk).post(url("round_line", round_.pk, chairs.pk), {f"quantity_{chairs.pk}": quantity})
    assert answer.status_code == 422


def test_a_second_press_after_signing_leads_to_the_record(as_user, clerk, start, walk):
    round_ = walk(start())
    answer = as_user(clerk).post(url("round_walk", round_.pk), {"after": "finish"})
    assert answer.headers["Location"] == url("round_detail", round_.pk)


def test_the_draft_of_a_walk_is_kept_until_it_is_signed(as_user, clerk, start):
    round_ = start()
    browser = as_user(clerk)
    key = browser.get(url("round_walk", round_.pk)).context["draft_key"]
    browser.put(reverse("draft", args=[key]), {"note": ["写到一半"]}, content_type="application/json")
    assert Draft.objects.count() == 1
    taps = {f"answer_{line.pk}": "none" if line.needs_photo else "ok" for line in lines_of(round_)}
    browser.post(url("round_walk", round_.pk), {**taps, "after": "finish"})
    assert Draft.objects.count() == 0


def test_the_walk_costs_the_same_with_one_and_with_forty_things(
    as_user, clerk, make_asset, start, django_assert_max_num_queries, other_point
):
    make_asset()
    few = start(RoundKind.ASSETS)
    browser = as_user(clerk)

    def cost(round_) -> int:
        with django_assert_max_num_queries(30) as counted:
            assert browser.get(url("round_walk", round_.pk)).status_code == 200
        return len(counted.captured_queries)

    cost(few)
    alone = cost(few)
    for number in range(40):
        make_asset(f"雨伞 {number}", 2)
    many = start(RoundKind.ASSETS, on=YESTERDAY)
    assert many.lines.count() == 41
    assert cost(many) == alone


def test_the_books_cost_the_same_with_one_and_with_three(
    as_user, supervisor, make_asset, start, walk, django_assert_max_num_queries
):
    browser = as_user(supervisor)

    def cost(name: str) -> int:
        with django_assert_max_num_queries(30) as counted:
            assert browser.get(f"{url(name)}?all=1").status_code == 200
        return len(counted.captured_queries)

    make_asset()
    walk(start())
    for name in ("round_list", "asset_list"):
        cost(name)
    before = [cost(name) for name in ("round_list", "asset_list")]
    for days in (1, 2):
        make_asset()
        walk(start(on=TODAY - dt.timedelta(days=days)))
    assert [cost(name) for name in ("round_list", "asset_list")] == before


def test_a_round_of_another_desk_is_not_there(as_user, outsider, start):
    round_ = start()
    assert as_user(outsider).get(url("round_detail", round_.pk)).status_code == 404
    assert as_user(outsider).post(url("round_walk", round_.pk), {"after": "save"}).status_code == 404


@pytest.mark.parametrize("on", ["2026-13-01", "gestern", "2026-02-30"])
def test_a_day_that_is_none_is_not_there(as_user, clerk, templates, on):
    assert as_user(clerk).get(f"{url('round_day')}?on={on}").status_code == 404


def test_the_start_page_tells_of_what_is_owed_and_missed(clerk, supervisor, alone, clock, start, walk):
    assert [w.sentence for w in waiting(clerk)] == []
    clock.move_to(local("18:31"))
    assert [w.sentence for w in waiting(clerk)] == ["今天的班后设施设备安全检查已过时刻,还没有查完"]
    assert [(n.label, n.value) for n in answered(today.waiting(clerk))[1]] == [("今日检查", "0/1")]
    clock.move_to(local("09:00", TODAY + dt.timedelta(days=1)))
    assert [w.sentence for w in waiting(clerk)] == ["1 次检查漏查,请补查"]
    assert [w.sentence for w in waiting(supervisor)] == ["1 次检查漏查,请补查或批准"]
    walk(start(on=TODAY))
    assert waiting(supervisor) == []


def test_what_is_not_back_in_time_waits_for_the_asset_manager(asset_manager, clerk, make_asset, alone, clock):
    mark_away(make_asset(), AwayFacts(kind="lent", reason="借用", due_on=TODAY), by=clerk)
    assert waiting(asset_manager) == []
    clock.move_to(local("09:00", TODAY + dt.timedelta(days=1)))
    assert [w.sentence for w in waiting(asset_manager)] == ["1 件资产借出或送修,已过应还日期"]


def test_the_day_cannot_close_before_both_rounds_are_settled(
    clerk, supervisor, point, make_asset, start, walk, assets, equipment
):
    make_asset()
    day = duty_day(TODAY, point, by=clerk)
    ours = [gate for gate in gates() if gate.key.startswith("checklists.")]

    def said() -> list[str]:
        return [miss.sentence for gate in ours for miss in gate.missed(day)]

    assert said() == ["班后固定资产检查还没有检查", "班后设施设备安全检查还没有检查"]
    round_ = start()
    assert said() == ["班后固定资产检查还没有检查", "班后设施设备安全检查还没有查完"]
    walk(round_)
    excuse_round(assets, TODAY, by=supervisor, point=point, reason="停电")
    assert said() == []
    assert misses(RoundKind.PRE_SHIFT, day, gathered(questions(RoundKind.PRE_SHIFT, day))) != []


def test_a_manager_edits_a_template_by_its_lines(as_user, manager, equipment):
    browser = as_user(manager)
    form = browser.get(url("roundtemplate_edit", equipment.pk)).context["form"]
    rows = {}
    for place, line in enumerate(form.lines.forms):
        for name in line.fields:
            value = line[name].value()
            rows[f"items-{place}-{name}"] = "" if value in {None, False} else value
    rows |= {"items-0-text": "照明与应急灯", "items-TOTAL_FORMS": 11, "items-INITIAL_FORMS": 11}
    head = {"name": equipment.name, "due_at": "18:30", "is_active": "on", "told_role": "安全管理员", "change": "改名"}
    answer = browser.post(url("roundtemplate_edit", equipment.pk), {**head, **rows})
    assert answer.headers["Location"] == url("roundtemplate_detail", equipment.pk)
    version = equipment.current()
    assert (version.number, version.by, version.note) == (3, manager, "改名")
    assert version.items.first().text == "照明与应急灯"
    assert version.items.count() == 11
    assert browser.get(f"{url('roundtemplate_detail', equipment.pk)}?version=1").context["shown"].number == 1


def test_the_day_screen_lists_its_rounds_and_how_far_they_are(as_user, clerk, point, start, walk):
    day = duty_day(TODAY, point, by=clerk)
    walk(start(RoundKind.EQUIPMENT))
    page = as_user(clerk).get(reverse("dutylog:dutyday_detail", args=[day.pk]))
    panel = next(each for each in page.context["side_panels"] if each["panel"].key == "rounds")
    assert {owed.template.kind: owed.is_settled for owed in panel["facts"]["owed"]}[RoundKind.EQUIPMENT]
    assert not any(owed.is_missed for owed in panel["facts"]["owed"])
    assert "当日检查" in page.content.decode()
