"""Rows of the ground floor: session, start, search, drafts."""

from tests.access.row import Row, everyone, only

ROWS = [
    Row("start", get=everyone(200)),
    Row("start_board", get=everyone(200)),
    Row("search", get=everyone(200), query={"q": "手机"}),
    Row("draft", ("founditem_create",), get=everyone(200), post=everyone(400), also=("PUT", "DELETE")),
    # no register shows photos yet: closed to everyone
    Row("photo", (1, "thumb"), get=only(200), denied=404),
    # session
    Row("signin", get=everyone(200), post=everyone(422), is_open=True),
    Row("switch_person", get=everyone(200), post=everyone(422), is_open=True),
    Row("signout", post=everyone(302)),
    Row("lock", get=everyone(200), post=everyone(302)),
    Row("unlock", post=everyone(422)),
    Row("password_change", get=everyone(200), post=everyone(422)),
    Row("preferences", post=everyone(302), data={"theme": "dark", "text_size": "l"}),
    Row("point_switch", post=everyone(302), data={"point": "@point"}, of_desk="strictly"),
]
