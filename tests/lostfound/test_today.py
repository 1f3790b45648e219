"""The start page: who is told what, when it becomes urgent, and numbers that agree with their lists."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from lostfound import today as lostfound_today
from lostfound.choices import BatchKind, ClaimState, IntakeKind, ItemState, MatchState, NoticeChannel, OfferState
from lostfound.models import Claim, CustodyOffer, GoodDeed, LostReport, Match
from lostfound.services.batches import approve_batch, prepare_batch, review_batch
from lostfound.services.notices import draft_notice, publish_notice
from lostfound.services.police import hand_to_police
from lostfound.services.stocktakes import Count, record_counts, sign_stock_take, start_stock_take
from servicedesk.services import preferences, today

NOON = dt.datetime(2026, 11, 22, 4, tzinfo=dt.UTC)  # 12:00 in Shanghai
EVENING = dt.datetime(2026, 11, 22, 10, 30, tzinfo=dt.UTC)  # 18:30, after the shift


@pytest.fixture(autouse=True)
def _lost_and_found_alone(monkeypatch):
    """What other apps have to say on the start page is theirs to test."""
    monkeypatch.setattr(today.sources, "waiting", [lostfound_today.waiting])


@pytest.fixture
def noon():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def lines_of(user) -> dict[str, str]:
    """Sentence → tone."""
    return {line.sentence: line.tone for line in today.waiting(user)}


def told(user, part: str) -> bool:
    return any(part in sentence for sentence in lines_of(user))


def open_report(clerk, point, category, now) -> LostReport:
    return LostReport.objects.create(
        number="SS-1", service_point=point, created_at=now, created_by=clerk, owner_name="杨明静",
        phone="13812345678", lost_from=now, lost_to=now, category=category, thing="伞", expires_on=now.date(),
    )


def test_a_desk_in_order_waits_for_nothing(clerk, custodian, supervisor, manager, foreman, cashier, admin):
    for person in (clerk, custodian, supervisor, manager, foreman, cashier, admin):
        assert today.waiting(person) == []


def test_a_loose_valuable_is_due_tonight_and_urgent_after_the_shift(noon, make_find, clerk):
    make_find("手机")
    assert lines_of(clerk) == {"1 件贵重物品还没有交给失物招领负责人,今晚下班前须交接": "ochre"}
    noon.move_to(EVENING)
    assert lines_of(clerk)["1 件贵重物品还没有交给失物招领负责人,已过交接时限,请马上交接"] == "cinnabar"


def test_a_valuable_left_over_from_yesterday_is_urgent_all_day(noon, make_find, clerk):
    make_find("手机", days=1)
    assert lines_of(clerk)["1 件贵重物品还没有交给失物招领负责人,已过交接时限,请马上交接"] == "cinnabar"


def test_the_end_of_the_shift_is_a_setting(noon, make_find, clerk, manager):
    make_find("手机")
    preferences.choose("lostfound.shift_ends", "11:30", manager)
    assert "cinnabar" in lines_of(clerk).values()


def test_a_valuable_that_the_custodian_took_is_no_alarm(make_find, clerk, custodian):
    make_find("手机", holder=custodian, custodian_took_at=timezone.now())
    assert not told(clerk, "失物招领负责人")


def test_field_items_and_unfiled_sheets_are_called_in(noon, make_find, clerk, foreman):
    spot = {"intake_kind": IntakeKind.ON_SPOT, "foreman": foreman}
    make_find("雨具", state=ItemState.FIELD_HELD, **spot)
    make_find("雨具", state=ItemState.RETURNED, ended_at=timezone.now(), **spot)
    assert lines_of(clerk) == {
        "1 件现场拾物还在拾物员工手里,下班前须交服务台或失主": "ochre", "1 张现场发还单还没有交服务台备案": "ochre",
    }
    assert lines_of(foreman) == {"您有 2 张现场拾物单今天要交服务台备案": "ochre"}
    noon.move_to(EVENING)
    assert set(lines_of(clerk).values()) == {"cinnabar"}
    assert set(lines_of(foreman).values()) == {"cinnabar"}


def test_a_forbidden_thing_is_called_until_the_police_have_it(make_find, clerk, supervisor):
    item = make_find("违禁涉密军用物品")
    assert lines_of(clerk)["1 件违禁、涉密或军用物品还在园内,须立即报公安移交"] == "cinnabar"
    hand_to_police(item, by=supervisor, officer="李警官", unit="西湖派出所", receipt_number="1")
    assert not told(clerk, "违禁")


def test_an_item_without_notice_is_called_after_the_days_of_the_setting(make_find, clerk, custodian, manager):
    make_find("雨具", days=1)
    make_find("违禁涉密军用物品", days=9)
    assert not told(clerk, "没有公告")
    item = make_find("雨具", days=2)
    assert told(clerk, "1 件物品入库满 2 天还没有公告")
    line = next(line for line in today.waiting(custodian) if "公告" in line.sentence)
    assert line.url == f"{reverse('lostfound:founditem_list')}?waiting=silent"
    publish_notice(draft_notice([item], NoticeChannel.BOARD, by=custodian, point=item.service_point), by=custodian)
    assert not told(clerk, "没有公告")
    preferences.choose("lostfound.notice_days", 1, manager)
    assert told(clerk, "1 件物品入库满 1 天还没有公告")


def test_a_draft_notice_waits_for_who_may_publish(make_find, custodian, clerk):
    draft_notice([make_find()], NoticeChannel.BOARD, by=custodian, point=make_find().service_point)
    assert told(custodian, "1 份招领公告还是草稿")
    assert not told(clerk, "草稿")


def test_a_term_that_ends_today_is_over(make_find, clerk):
    day = timezone.localdate()
    make_find("雨具", desk_due_on=day + dt.timedelta(days=1))
    assert not told(clerk, "保管期已满")
    make_find("雨具", desk_due_on=day)
    make_find("雨具", desk_due_on=day, state=ItemState.FINANCE)
    assert told(clerk, "1 件物品的本处保管期已满")


def test_a_match_waits_until_it_is_judged(make_find, clerk, point, now):
    item = make_find("雨具")
    match = Match.objects.create(item=item, report=open_report(clerk, point, item.category, now), score=70)
    assert told(clerk, "1 对拾物和失物可能对得上")
    Match.objects.filter(pk=match.pk).update(state=MatchState.REJECTED)
    assert not told(clerk, "对得上")


def test_an_offer_waits_for_the_one_it_is_made_to(make_find, clerk, custodian):
    item = make_find("雨具")
    CustodyOffer.objects.create(
        item=item, from_person=clerk, to_person=custodian, at=timezone.now(), state=OfferState.WAITING
    )
    assert told(custodian, "1 件物品已交给您,等您接收")
    assert not told(clerk, "等您接收")


def test_disputes_and_good_deeds_wait_for_the_supervisor(make_find, clerk, supervisor, point, guard, now):
    Claim.objects.create(
        number="R1", service_point=point, created_at=now, created_by=clerk, item=make_find("雨具"),
        claimant_name="杨明静", phone="13812345678", state=ClaimState.ESCALATED,
    )
    GoodDeed.objects.create(
        number="HR-1", service_point=point, created_at=now, created_by=clerk, person=guard, on=now.date(),
        summary="拾金不昧",
    )
    assert lines_of(supervisor)["1 份认领有争议,等您裁定"] == "cinnabar"
    assert told(supervisor, "1 条好人好事等您核实")
    assert not told(clerk, "裁定")
    assert not told(clerk, "核实")


def test_a_list_waits_for_the_next_person_and_never_for_its_preparer(
    make_find, custodian, supervisor, manager, cashier, point
):
    batch = prepare_batch(BatchKind.FINANCE, [make_find(days=60)], by=custodian, point=point)
    assert told(supervisor, "1 份移交、处置清单等您复核")
    assert not told(custodian, "清单等您")
    review_batch(batch, by=supervisor)
    assert told(manager, "清单等您批准")
    assert not told(supervisor, "清单等您")
    approve_batch(batch, by=manager)
    assert told(custodian, "清单等您移交")
    assert not told(cashier, "清单等您")
    type(batch).objects.filter(pk=batch.pk).update(state="executed")
    assert told(cashier, "清单等您结清")
    assert not told(custodian, "清单等您")


def test_a_preparer_with_two_roles_is_not_asked_to_check_the_own_list(make_find, point, make_person):
    both = make_person("1701", "钱通", "失物招领负责人", "部门经理")
    prepare_batch(BatchKind.FINANCE, [make_find(days=60)], by=both, point=point)
    assert not told(both, "清单等您")


def test_the_count_of_valuables_is_owed_after_the_shift_and_done_once(
    noon, make_find, clerk, second_clerk, custodian, point
):
    make_find("手机", holder=custodian, custodian_took_at=timezone.now())
    assert not told(clerk, "盘点")
    noon.move_to(EVENING)
    assert told(clerk, "在库 1 件贵重物品,今天交接班还没有盘点")
    take = start_stock_take(by=clerk, point=point)
    assert told(clerk, f"贵重物品盘点 {take} 还没有双方签字")
    record_counts(take, {take.lines.get().pk: Count(result="present")}, by=clerk)
    sign_stock_take(take, by=clerk, taken_over_by=second_clerk)
    assert not told(clerk, "盘点")


def test_another_desks_things_wait_for_nobody_here(make_find, clerk, outsider, other_point):
    make_find("手机", days=5, at=other_point)
    assert today.waiting(clerk) == []
    assert told(outsider, "1 件贵重物品")


def test_the_gravest_comes_first(noon, make_find, clerk):
    make_find("雨具", days=5)
    make_find("手机", days=1)
    assert [line.tone for line in today.waiting(clerk)][0] == "cinnabar"


def test_each_alarm_and_each_number_leads_to_exactly_its_rows(noon, make_find, clerk, as_user, point):
    make_find("手机")
    make_find("雨具", days=40)
    make_find("雨具", state=ItemState.CLAIMING)
    make_find("雨具", days=3, state=ItemState.RETURNED, ended_at=timezone.now())
    make_find("雨具", days=3, state=ItemState.RETURNED, ended_at=timezone.now() - dt.timedelta(days=1))
    make_find("雨具", intake_kind=IntakeKind.ON_SPOT, state=ItemState.FIELD_HELD)
    item = make_find("雨具")
    Match.objects.create(item=item, report=open_report(clerk, point, item.category, timezone.now()), score=70)
    client = as_user(clerk)
    numbers = {n.label: n for n in today.numbers(clerk)}
    assert {label: n.value for label, n in numbers.items()} == {
        "今日拾物": "4", "今日认领": "1", "在库": "4", "贵重未交负责人": "1", "寻找中": "1", "今日值班记录": "0",
    }
    for number in numbers.values():
        assert len(client.get(number.url).context["table"].rows) == int(number.value), number.label
    waiting = [line for line in today.waiting(clerk) if "waiting=" in line.url]
    assert len(waiting) == 4
    for line in waiting:
        assert len(client.get(line.url).context["table"].rows) == int(line.sentence.split()[0]), line.sentence


def rows_behind(client, line) -> int:
    """How many rows the page of an alarm shows."""
    context = client.get(line.url).context
    if "table" in context:
        return len(context["table"].rows)
    return len(context["items"] if "items" in context else context["mine"])


@pytest.fixture
def busy(make_find, clerk, custodian, supervisor, foreman, guard, point, other_point, now):
    """Two desks at the end of a day, with something of everything waiting."""
    make_find("手机")
    make_find("手机", days=5, at=other_point)
    make_find("雨具", days=40, state=ItemState.CLAIMING)
    spot = {"intake_kind": IntakeKind.ON_SPOT, "finder": guard}
    make_find("雨具", state=ItemState.FIELD_HELD, foreman=foreman, **spot)
    make_find("雨具", state=ItemState.RETURNED, ended_at=now, **spot)
    for state, count in ((ClaimState.ESCALATED, 2), (ClaimState.OPENED, 1)):
        item = make_find("雨具", days=1, state=ItemState.CLAIMING)
        for order in range(count):
            Claim.objects.create(
                number=f"{item.number}-R{order}", service_point=point, created_at=now, created_by=clerk, item=item,
                state=state, claimant_name="杨明静", phone="13800001234",
            )
    GoodDeed.objects.create(number="HR-1", service_point=point, created_at=now, created_by=clerk, person=guard,
                            on=now.date(), summary="拾到雨伞")
    offered = make_find("雨具", announced_at=now)
    CustodyOffer.objects.create(item=offered, from_person=clerk, to_person=custodian, at=now)
    draft_notice([make_find("雨具")], NoticeChannel.BOARD, by=custodian, point=point)
    prepare_batch(BatchKind.FINANCE, [make_find(days=60)], by=custodian, point=point)
    prepare_batch(BatchKind.POLICE, [make_find("身份证护照", days=9)], by=supervisor, point=point)


@pytest.mark.parametrize("who", ["clerk", "custodian", "supervisor", "manager", "foreman", "cashier", "duty_manager"])
def test_whoever_follows_an_alarm_finds_as_many_rows_as_it_says(request, noon, busy, as_user, who):
    person = request.getfixturevalue(who)
    noon.move_to(EVENING)
    lines = today.waiting(person)
    client = as_user(person)
    said = {line.sentence: line for line in lines}
    found = {sentence: rows_behind(client, line) for sentence, line in said.items()}
    assert found == {sentence: line.weight for sentence, line in said.items()}
    assert len(lines) == {"clerk": 6, "custodian": 8, "supervisor": 10, "manager": 10, "foreman": 1}.get(who, 0)


def test_disputed_claims_lead_to_the_claims(busy, supervisor):
    line = next(line for line in today.waiting(supervisor) if "等您裁定" in line.sentence)
    assert (line.sentence, line.url) == (
        "2 份认领有争议,等您裁定", f"{reverse('lostfound:claim_list')}?state=escalated",
    )


def test_a_count_at_one_desk_does_not_excuse_the_other(
    noon, make_find, manager, clerk, second_clerk, point, other_point
):
    make_find("手机")
    make_find("手机", at=other_point)
    noon.move_to(EVENING)
    take = start_stock_take(by=clerk, point=point)
    record_counts(take, {take.lines.get().pk: Count(result="present")}, by=clerk)
    sign_stock_take(take, by=clerk, taken_over_by=second_clerk)
    assert not told(clerk, "还没有盘点")
    assert told(manager, "在库 1 件贵重物品,今天交接班还没有盘点")


def test_the_start_page_costs_the_same_for_one_thing_and_for_many(make_find, manager, as_user, point, clerk):
    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert as_user(manager).get("/").status_code == 200
        return len(caught)

    make_find("手机", days=40)
    queries()
    few = queries()
    for _ in range(4):
        make_find("手机", days=40)
    assert queries() == few


def test_a_clerk_starts_the_six_things_first_and_finance_none(clerk, cashier):
    assert [start.label for start in today.starts(clerk)][:6] == [
        "拾物登记", "失物登记", "投诉登记", "记一笔", "找物认领", "员工拾物",
    ]
    assert today.starts(cashier) == []
    assert today.numbers(cashier) == []
