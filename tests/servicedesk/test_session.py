"""At the screen: sign-in, lock, change of person, password, look, service point."""

import json
from urllib.parse import quote, unquote

import pytest
from django.test import Client
from django.urls import reverse

from servicedesk.models import User
from servicedesk.services.heldposts import hold, read_held
from servicedesk.services.passwords import reset_password
from tests.conftest import PASSWORD

NEW = "guanjing-2027-tai"


def sign_in(client: Client, staff_no: str, password: str = PASSWORD, **more):
    return client.post(reverse("signin"), {"staff_no": staff_no, "password": password, **more})


def test_sign_in_leads_to_the_page_that_was_asked_for(client, clerk):
    asked = client.get("/search/?q=手机")
    assert asked.status_code == 302
    answer = client.post(asked.url, {"staff_no": "1001", "password": PASSWORD, "next": "/search/?q=手机"})
    assert (answer.status_code, unquote(answer.url)) == (302, "/search/?q=手机")


def test_full_width_digits_of_a_chinese_keyboard_are_understood(client, clerk):
    assert sign_in(client, "1001 ").status_code == 302


@pytest.mark.parametrize(
    "outside", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/lock/", "/\\e"]
)
def test_sign_in_never_leads_outside_or_to_a_gate(client, clerk, outside):
    assert sign_in(client, "1001", next=outside).url == reverse("start")


def test_a_wrong_password_keeps_the_staff_number_and_says_so_once(client, clerk):
    page = sign_in(client, "1001", "wrong")
    assert page.status_code == 422
    text = page.content.decode()
    assert text.count("工号或密码不对,还可以试 4 次。") == 1
    assert 'value="1001"' in text
    assert "wrong" not in text


def test_a_sign_in_is_noted_in_the_person_but_not_in_the_history(client, clerk):
    lines = clerk.history.count()
    sign_in(client, "1001")
    clerk.refresh_from_db()
    assert clerk.last_login is not None
    assert clerk.history.count() == lines


def test_sign_out_needs_a_post_and_ends_the_session(as_user, clerk):
    client = as_user(clerk)
    assert client.get(reverse("signout")).status_code == 405
    assert client.post(reverse("signout")).url == reverse("signin")
    assert client.get(reverse("start")).status_code == 302


# ---- lock --------------------------------------------------------------------------------


def test_a_session_left_alone_locks_and_returns_to_the_same_page(client, clerk, time_machine):
    page = f"/search/?q={quote('伞')}"
    time_machine.move_to("2026-11-22 10:00:00+08:00", tick=False)
    sign_in(client, "1001")
    time_machine.move_to("2026-11-22 10:09:59+08:00", tick=False)
    assert client.get(page).status_code == 200
    time_machine.move_to("2026-11-22 10:21:00+08:00", tick=False)
    answer = client.get(page)
    assert answer.url == f"{reverse('lock')}?next={quote(page, safe='')}"
    assert "王芳" in client.get(answer.url).content.decode()
    assert client.post(reverse("unlock"), {"password": PASSWORD, "next": page}).url == page
    assert client.get(page).status_code == 200


def test_locking_by_hand_closes_every_page_at_once(as_user, clerk):
    client = as_user(clerk)
    assert client.post(reverse("lock"), {"next": "/search/"}).url == f"{reverse('lock')}?next=%2Fsearch%2F"
    for address in ("/", "/search/?q=1", reverse("draft", args=["x"])):
        assert client.get(address).url.startswith(reverse("lock"))
    page = client.get("/search/?q=1", headers={"HX-Request": "true"})
    assert page.status_code == 204
    assert page["HX-Redirect"].startswith(reverse("lock"))


def test_only_the_same_persons_password_unlocks_and_the_tries_are_counted(as_user, clerk, make_person):
    client = as_user(clerk)
    other = make_person("1009", "钱进")
    other.set_password("another-Pass-77")
    other.save()
    client.post(reverse("lock"))
    pages = [client.post(reverse("unlock"), {"password": "another-Pass-77"}) for _ in range(6)]
    assert [page.status_code for page in pages] == [422] * 4 + [429] * 2
    assert "密码不对,还可以试 4 次。" in pages[0].content.decode()
    assert client.get("/").status_code == 302


def test_a_form_that_arrives_on_a_locked_session_is_kept_and_can_be_saved_after_unlocking(as_user, clerk):
    client = as_user(clerk)
    client.post(reverse("lock"))
    typed = {"thing": "黑色手机 <b>", "note": ["一", "二"], "second_password": "geheim-99"}
    locked = client.post("/my/look/?x=1", typed)
    token = locked.context["held"]
    assert "黑色手机" not in locked.content.decode()
    wrong = client.post(reverse("unlock"), {"password": "wrong", "held": token})
    page = client.post(reverse("unlock"), {"password": PASSWORD, "held": wrong.context["held"]}).content.decode()
    assert 'action="/my/look/?x=1"' in page
    assert '<textarea name="thing" hidden>\n黑色手机 &lt;b&gt;</textarea>' in page
    assert page.count('<textarea name="note" hidden>') == 2
    assert "geheim-99" not in page


def test_a_kept_form_belongs_to_the_person_who_typed_it(clerk, second_clerk):
    token = hold(clerk, "/x/", [("thing", "伞")], had_files=False)
    assert read_held(token, clerk).fields == [("thing", "伞")]
    assert read_held(token, second_clerk) is None
    assert read_held("nonsense", clerk) is None
    assert hold(clerk, "/x/", [("thing", "伞" * 1_000_000)], had_files=False) == ""


def test_a_locked_session_still_keeps_a_draft_but_does_not_show_it(as_user, clerk):
    client, address = as_user(clerk), reverse("draft", args=["founditem"])
    client.post(reverse("lock"))
    saved = client.post(address, json.dumps({"thing": "伞"}), content_type="application/json")
    assert saved.status_code == 200
    assert client.get(address).status_code == 302
    client.post(reverse("unlock"), {"password": PASSWORD})
    assert client.get(address).json()["fields"] == {"thing": "伞"}


# ---- another person ----------------------------------------------------------------------


def test_the_next_person_on_a_shared_computer_gets_a_clean_session(client, clerk, second_clerk):
    sign_in(client, "1001")
    client.post(reverse("lock"))
    session = client.session
    session["list_queries"] = {"founditem": "q=1"}
    session.save()
    old_key = session.session_key
    answer = client.post(
        reverse("switch_person"), {"staff_no": "1002", "password": PASSWORD, "next": "/search/?q=1"}
    )
    assert answer.url == "/search/?q=1"
    assert "list_queries" not in client.session
    assert client.session.session_key != old_key
    assert client.get("/").context["request"].user == second_clerk


def test_a_draft_stays_with_the_person_who_typed_it(client, clerk, second_clerk):
    address = reverse("draft", args=["founditem"])
    sign_in(client, "1001")
    client.post(address, json.dumps({"thing": "伞"}), content_type="application/json")
    sign_in(client, "1002")
    assert client.get(address).json() == {}
    sign_in(client, "1001")
    assert client.get(address).json()["fields"] == {"thing": "伞"}


# ---- password ----------------------------------------------------------------------------


def change(client: Client, old: str = PASSWORD, new: str = NEW, again: str | None = None):
    return client.post(reverse("password_change"), {"old": old, "new": new, "again": again or new, "next": "/search/"})


def test_a_given_password_must_be_changed_before_anything_else(client, clerk, manager):
    given = reset_password(clerk, by=manager)
    sign_in(client, "1001", given)
    assert client.get("/search/?q=1").url == f"{reverse('password_change')}?next=%2Fsearch%2F%3Fq%3D1"
    assert "第一次登录" in client.get(reverse("password_change")).content.decode()
    assert change(client, given).url == "/search/"
    assert client.get("/search/?q=1").status_code == 200
    assert sign_in(Client(), "1001", given).status_code == 422
    assert sign_in(Client(), "1001", NEW).status_code == 302


@pytest.mark.parametrize(("new", "sentence"), [
    ("ab12", "密码必须包含至少 8 个字符"),
    ("password1", "太常见"),
    (PASSWORD, "新密码不能与原密码相同"),
])
def test_a_weak_new_password_is_refused_in_chinese(as_user, clerk, new, sentence):
    page = change(as_user(clerk), new=new)
    assert page.status_code == 422
    assert sentence in page.content.decode()
    clerk.refresh_from_db()
    assert clerk.check_password(PASSWORD)


def test_a_mistyped_repetition_and_a_wrong_old_password_are_refused(as_user, clerk):
    client = as_user(clerk)
    assert "两次输入的新密码不一致" in change(client, again="else-where-9").content.decode()
    assert "原密码不对,还可以试 4 次。" in change(client, old="wrong").content.decode()
    assert [change(client, old="wrong").status_code for _ in range(5)][-1] == 429


def test_a_change_of_password_ends_the_persons_other_sessions(client, clerk):
    elsewhere = Client()
    sign_in(elsewhere, "1001")
    sign_in(client, "1001")
    change(client)
    assert client.get("/").status_code == 200
    assert elsewhere.get("/").url.startswith(reverse("signin"))


def test_history_says_that_the_password_changed_and_never_how(as_user, clerk):
    change(as_user(clerk))
    line = clerk.history.first()
    assert (line.history_change_reason, line.history_user) == ("本人修改密码", clerk)
    assert not hasattr(line, "password")


# ---- look and service point --------------------------------------------------------------


def test_the_look_is_kept_and_nothing_else_of_the_person_changes(as_user, clerk):
    client = as_user(clerk)
    before = User.objects.filter(pk=clerk.pk).values().get()
    answer = client.post(reverse("preferences"), {
        "theme": "dark", "text_size": "l", "is_superuser": "1", "name": "别人", "staff_no": "0", "next": "/search/",
    })
    assert answer.url == "/search/"
    assert User.objects.filter(pk=clerk.pk).values().get() == {**before, "theme": "dark", "text_size": "l"}


def test_a_look_that_does_not_exist_changes_nothing(as_user, clerk):
    as_user(clerk).post(reverse("preferences"), {"theme": "pink", "text_size": "l"})
    clerk.refresh_from_db()
    assert (clerk.theme, clerk.text_size) == ("auto", "m")


def test_a_person_goes_to_another_of_their_own_service_points_only(as_user, clerk, other_point):
    client, address = as_user(clerk), reverse("point_switch")
    assert client.post(address, {"point": other_point.pk}).status_code == 404
    clerk.service_points.add(other_point)
    assert client.post(address, {"point": other_point.pk, "next": "/search/"}).url == "/search/"
    assert client.get("/").context["desk"].point == other_point
    for nonsense in ("", "x", "9" * 40, "²"):
        assert client.post(address, {"point": nonsense}).status_code == 404


def test_behind_our_own_proxy_the_computers_address_counts_and_cannot_be_forged(client, clerk, settings):
    settings.DESK_PROXIES = 1
    knock = {"staff_no": "1001", "password": "wrong"}
    for number in range(5):
        client.post(reverse("signin"), knock, headers={"X-Forwarded-For": f"1.2.3.{number}, 10.0.0.5"})
    answer = client.post(reverse("signin"), knock, headers={"X-Forwarded-For": "9.9.9.9, 10.0.0.5"})
    assert answer.status_code == 429
    answer = client.post(reverse("signin"), knock, headers={"X-Forwarded-For": "10.0.0.6"})
    assert answer.status_code == 422
