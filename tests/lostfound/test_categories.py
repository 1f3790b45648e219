"""物品类别: kept by the manager on a screen, with terms that law and drawer can keep."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from lostfound.choices import ItemState
from lostfound.errors import categories as refusals
from lostfound.errors.items import StorageUnfit
from lostfound.models import ItemCategory
from lostfound.services.categories import add_category, change_category
from lostfound.services.custody import store_item
from servicedesk.choices import StorageKind
from servicedesk.errors import AlreadyThere
from servicedesk.models import StoragePlace

TYPED = {
    "code": "30", "name": "乐器", "keywords": "吉他、笛子", "term_kind": "days", "term_number": "14",
    "term_end": "finance", "order": "60",
}


def of(name: str) -> ItemCategory:
    return ItemCategory.objects.get(name=name)


def test_a_category_typed_on_screen_is_chosen_and_guessed_from_then_on(as_user, manager, clerk):
    page = as_user(manager).post(reverse("lostfound:itemcategory_create"), TYPED)
    made = of("乐器")
    assert page.url == reverse("lostfound:itemcategory_detail", args=[made.pk])
    assert (made.code, made.keywords, made.term, made.is_active) == ("30", "吉他 笛子", "14 天", True)
    assert "乐器" in as_user(clerk).get(reverse("lostfound:founditem_create")).content.decode()


def test_the_list_shows_terms_and_what_is_special(as_user, manager):
    page = as_user(manager).get(reverse("lostfound:itemcategory_list")).content.decode()
    for words in ("72 小时", "7 天", "当月末", "不保管(即时移交)", "须放防火处", "贵重、现金"):
        assert words in page
    assert page.count(reverse("lostfound:itemcategory_create")) == 1


def test_the_settings_screen_leads_to_the_categories(as_user, manager):
    assert reverse("lostfound:itemcategory_list") in as_user(manager).get(reverse("settings")).content.decode()


@pytest.mark.parametrize("who", ["clerk", "supervisor", "admin"])
def test_only_who_keeps_the_rules_keeps_the_categories(request, as_user, who):
    client = as_user(request.getfixturevalue(who))
    assert client.get(reverse("lostfound:itemcategory_list")).status_code == 403
    assert client.post(reverse("lostfound:itemcategory_create"), TYPED).status_code == 403
    assert not ItemCategory.objects.filter(name="乐器").exists()


@pytest.mark.parametrize(("changes", "refusal"), [
    ({"term_kind": "days", "term_number": 0}, refusals.TermNumberWrong),
    ({"term_kind": "days", "term_number": 367}, refusals.TermNumberWrong),
    ({"term_kind": "hours", "term_number": 721}, refusals.TermNumberWrong),
    ({"is_forbidden": True}, refusals.ForbiddenGoesToPolice),
    ({"is_forbidden": True, "term_kind": "none"}, refusals.ForbiddenGoesToPolice),
    ({"term_kind": "none"}, refusals.NotKeptGoesToPolice),
    ({"term_end": "destroy"}, refusals.DestroyOnlyPerishable),
    ({"term_kind": "hours", "term_number": 72, "term_end": "destroy", "is_valuable": True},
     refusals.DestroyOnlyPerishable),
    ({"needs_fire_safe": True, "needs_cold": True}, refusals.OnePlaceOnly),
])
def test_what_law_or_drawer_cannot_keep_is_refused(manager, changes, refusal):
    before = ItemCategory.history.count()
    with pytest.raises(refusal):
        change_category(of("雨具"), by=manager, **changes)
    assert ItemCategory.history.count() == before


@pytest.mark.parametrize("changes", [
    {"term_kind": "days", "term_number": 366}, {"term_kind": "hours", "term_number": 1},
    {"is_forbidden": True, "term_kind": "none", "term_end": "police"},
    {"term_kind": "same_day", "term_end": "destroy"}, {"needs_cold": True},
])
def test_what_can_be_kept_is_taken_with_history(manager, changes):
    category = of("雨具")
    change_category(category, by=manager, reason="改规则", **changes)
    assert {name: getattr(of("雨具"), name) for name in changes} == changes
    assert (category.history.first().history_user, category.history.first().history_change_reason) == (
        manager, "改规则",
    )


def test_a_refused_term_stands_at_its_field_in_one_sentence(as_user, manager):
    page = as_user(manager).post(reverse("lostfound:itemcategory_create"), {**TYPED, "term_number": "400"})
    assert page.status_code == 422
    assert page.context["form"].errors["term_number"] == ["保管期选“若干天”时,期限请填 1 到 366。"]


@pytest.mark.parametrize(("typed", "field"), [({"code": "01"}, "code"), ({"name": "手机"}, "name")])
def test_two_categories_never_share_code_or_name(manager, typed, field):
    with pytest.raises(AlreadyThere) as refusal:
        add_category(by=manager, **{"code": "30", "name": "乐器", **typed})
    assert refusal.value.facts["field"] == field


def test_cash_is_valuable_whatever_was_ticked(manager):
    assert add_category(by=manager, code="31", name="外币", is_cash=True, is_valuable=False).is_valuable is True


def test_a_code_stays_once_a_record_bears_it(manager, item):
    with pytest.raises(refusals.CodeInUse, match="类别码“12”已印在登记表上"):
        change_category(of("雨具"), by=manager, code="77")
    change_category(of("雨具"), by=manager, code="12", name="雨伞雨衣")
    change_category(of("眼镜"), by=manager, code="78")
    assert (of("雨伞雨衣").code, of("眼镜").code) == ("12", "78")


def test_the_category_of_what_fits_nowhere_cannot_be_closed(manager):
    with pytest.raises(refusals.OtherStays):
        change_category(of("其他"), by=manager, is_active=False)
    with pytest.raises(refusals.OtherStays):
        change_category(of("其他"), by=manager, code="98")
    assert of("其他").is_active is True


def test_a_closed_category_is_offered_no_more_but_stays_with_its_things(as_user, manager, clerk, item):
    change_category(of("雨具"), by=manager, is_active=False)
    client = as_user(clerk)
    new = client.get(reverse("lostfound:founditem_create")).context["form"]
    edited = client.get(reverse("lostfound:founditem_edit", args=[item.pk])).context["form"]
    assert of("雨具") not in new.fields["category"].queryset
    assert of("雨具") in edited.fields["category"].queryset
    assert edited["category"].value() == of("雨具").pk


def test_a_changed_term_moves_the_due_day_of_what_lies_at_the_desk_alone(manager, make_find):
    here, gone = make_find(days=3), make_find(days=3, state=ItemState.FINANCE)
    before, handed_in = gone.desk_due_on, timezone.localdate(here.handed_in_at)
    change_category(of("雨具"), by=manager, term_kind="days", term_number=10)
    for item in (here, gone):
        item.refresh_from_db()
    assert (here.desk_due_on, gone.desk_due_on) == (handed_in + dt.timedelta(days=10), before)
    assert here.history.first().history_change_reason == "类别“雨具”的保管期改为10 天"


def test_the_second_of_two_editors_of_a_category_is_told(as_user, manager):
    category = of("雨具")
    client, address = as_user(manager), reverse("lostfound:itemcategory_edit", args=[category.pk])
    seen = client.get(address).context["form"]["version"].value()
    change_category(category, by=manager, name="伞")
    page = client.post(address, {**TYPED, "code": "12", "name": "雨衣", "is_active": "on", "version": seen})
    assert page.status_code == 422
    assert ItemCategory.objects.get(code="12").name == "伞"


def test_cells_go_into_the_fire_safe_place_where_the_desk_has_one(register, clerk, counter, point):
    item = register("充电宝及锂电池", thing="充电宝", storage=counter)
    box = StoragePlace.objects.create(service_point=point, code="F-01", kind=StorageKind.FIRE_SAFE)
    shelf = StoragePlace.objects.create(service_point=point, code="K-01", kind=StorageKind.STORE)
    with pytest.raises(StorageUnfit, match="充电宝及锂电池须放防火箱,请改选F-01。"):
        store_item(item, shelf, by=clerk)
    with pytest.raises(StorageUnfit):
        register("充电宝及锂电池", thing="充电宝", storage=counter)
    store_item(item, box, by=clerk)
    item.refresh_from_db()
    assert item.storage == box
