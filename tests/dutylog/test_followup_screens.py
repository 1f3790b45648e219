"""Follow-ups on screen, on the start page and on paper."""

import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from dutylog.choices import FollowUpKind, FollowUpState
from dutylog.models import FollowUp
from dutylog.papers.followups import SHEET, of_month, of_week
from dutylog.services.followup_steps import add_progress, finish_follow_up, verify_follow_up
from dutylog.services.followups import FollowUpFacts, make_follow_up
from dutylog.today.followups import waiting
from servicedesk.models import Photo
from servicedesk.paper import Ledger
from servicedesk.services import today
from servicedesk.services.demo import at
from servicedesk.services.printing.sheets import sheet_html

pytestmark = pytest.mark.one_database


def url(name: str, *args) -> str:
    return reverse(f"dutylog:followup_{name}", args=args)


@pytest.fixture
def make(clerk, point, zone, safety_officer):
    def make(problem="栏杆松动", **more) -> FollowUp:
        facts = {"kind": FollowUpKind.HAZARD, "zone": zone, "owner": safety_officer, **more}
        return make_follow_up(FollowUpFacts(problem=problem, **facts), by=clerk, point=point)

    return make


def picture() -> SimpleUploadedFile:
    stream = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(stream, "JPEG")
    return SimpleUploadedFile("hazard.jpg", stream.getvalue(), "image/jpeg")


def test_a_clerk_writes_a_problem_with_a_photo(as_user, clerk, zone, safety_officer):
    answer = as_user(clerk).post(url("create"), {
        "kind": "hazard", "problem": "栏杆松动", "zone": zone.pk, "owner": safety_officer.pk, "photos": [picture()],
    })
    follow_up = FollowUp.objects.get()
    assert answer.headers["Location"] == url("detail", follow_up.pk)
    assert [photo.caption for photo in Photo.objects.of(follow_up)] == ["整改前"]


def test_a_problem_that_is_known_is_said_to_be(as_user, clerk, zone, make):
    known = make()
    typed = {"kind": "hazard", "problem": "栏杆松动", "zone": zone.pk}
    page = as_user(clerk).post(url("create"), typed, follow=True).content.decode()
    assert f"同一问题正在跟进,已记在 {known} 下" in page
    assert FollowUp.objects.count() == 1


def test_the_steps_follow_each_other_from_found_to_closed(as_user, clerk, safety_officer, supervisor, make):
    follow_up = make()

    def labels(person) -> list[str]:
        return [s["label"] for s in as_user(person).get(url("detail", follow_up.pk)).context["steps"]]

    assert labels(clerk) == ["整改完成", "记进展"]
    assert labels(supervisor) == ["整改完成", "记进展", "改派", "作废"]
    as_user(safety_officer).post(url("done", follow_up.pk), {"measure": "已加固", "photos": [picture()]})
    assert labels(supervisor) == ["复查销号", "退回", "记进展", "改派"]
    as_user(supervisor).post(url("verify", follow_up.pk), {"note": "现场看过"})
    assert labels(clerk) == ["重新打开"]
    follow_up.refresh_from_db()
    assert follow_up.state == FollowUpState.VERIFIED
    assert [photo.caption for photo in Photo.objects.of(follow_up)] == ["整改后"]


def test_a_refusal_comes_back_in_the_form_with_what_was_typed(as_user, clerk, make):
    answer = as_user(clerk).post(url("done", make().pk), {"measure": "已加固"})
    assert answer.status_code == 422
    assert "由冯涛负责" in answer.content.decode()
    assert "已加固" in answer.content.decode()


def test_the_list_narrows_by_whose_due_and_kind(as_user, supervisor, safety_officer, make):
    with at(timezone.now() - dt.timedelta(days=10)):
        late = make("灯不亮", due_on=timezone.localdate())
    loose = make("栏杆松动", owner=None, kind=FollowUpKind.RECTIFICATION, due_on=timezone.localdate())

    def listed(query: str, person=supervisor) -> list[FollowUp]:
        page = as_user(person).get(f"{url('list')}?{query}")
        return [row.record for row in page.context["table"].paginated_rows]

    assert listed("due=overdue") == [late]
    assert listed("due=this") == [loose]
    assert listed("mine=nobody") == [loose]
    assert listed("mine=1", safety_officer) == [late]
    assert listed("kind=rectification") == [loose]
    assert listed("q=fengtao") == [late]
    finish_follow_up(late, "换了灯管", by=safety_officer)
    assert listed("mine=check") == [late]
    assert listed("mine=check", safety_officer) == []


def test_the_list_costs_the_same_with_one_and_with_three(as_user, supervisor, make, django_assert_max_num_queries):
    browser = as_user(supervisor)
    make("一")

    def cost() -> int:
        with django_assert_max_num_queries(24) as counted:
            assert browser.get(f"{url('list')}?all=1").status_code == 200
        return len(counted.captured_queries)

    cost()
    alone = cost()
    make("二")
    make("三")
    assert cost() == alone


def test_the_start_page_tells_owner_checker_and_who_assigns(make, safety_officer, supervisor, clerk, monkeypatch):
    monkeypatch.setattr(today.sources, "waiting", [waiting])

    def said(person) -> list[str]:
        return [line.sentence for line in today.waiting(person)]

    assert said(safety_officer) == []
    follow_up = make()
    make("没人管", owner=None)
    assert said(safety_officer) == ["1 项整改由您负责"]
    assert said(supervisor) == ["1 项跟进还没有责任人"]
    finish_follow_up(follow_up, "已加固", by=safety_officer)
    assert said(supervisor) == ["1 项跟进还没有责任人", "1 项整改已完成,等您复查销号"]
    assert said(clerk) == []


def test_a_follow_up_of_another_desk_is_not_there(as_user, outsider, make):
    assert as_user(outsider).get(url("detail", make().pk)).status_code == 404


def test_the_week_holds_what_ran_in_it_and_not_what_came_later(make, safety_officer, supervisor):
    monday = dt.date(2026, 11, 16)
    with at(timezone.make_aware(dt.datetime(2026, 11, 18, 9, 0))):
        follow_up = make()
        add_progress(follow_up, "已报修", by=safety_officer)
    with at(timezone.make_aware(dt.datetime(2026, 11, 24, 9, 0))):
        finish_follow_up(follow_up, "已加固", by=safety_officer)
        verify_follow_up(follow_up, by=supervisor)
    rows = FollowUp.objects.all()
    assert [list(of_week(rows, monday + dt.timedelta(weeks=w))) for w in (-1, 0, 1, 2)] == [
        [], [follow_up], [follow_up], [],
    ]
    assert list(of_month(rows, dt.date(2026, 11, 1))) == [follow_up]


def test_the_sheet_prints_a_week_a_month_and_blank(as_user, supervisor, make, point):
    follow_up = make()
    week = f"{timezone.localdate():%G-W%V}"
    for query in (f"week={week}", "", "blank=1"):
        assert as_user(supervisor).get(f"{reverse('paper_pdf', args=[SHEET.key])}?{query}").status_code == 200
    month = timezone.localdate().replace(day=1)
    rows = list(of_month(FollowUp.objects.all(), month))
    html = sheet_html(SHEET, Ledger(month=month, rows=rows, all_rows=rows, place=point.name))
    assert follow_up.number in html
    assert "未销号" in html


def test_a_week_that_is_no_week_is_not_there(as_user, supervisor):
    assert as_user(supervisor).get(f"{reverse('paper_pdf', args=[SHEET.key])}?week=2026-W99").status_code == 404
