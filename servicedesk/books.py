"""Books of the house: tables a manager keeps. As registers they have columns, list and page; unlike them no number."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.urls import reverse

from servicedesk.book_filters import (
    ChannelFilter,
    NameFilter,
    PersonFilter,
    PlaceFilter,
    StorageFilter,
    VisitorCodeFilter,
)
from servicedesk.choices import Tone
from servicedesk.models import Channel, Department, ServicePoint, StoragePlace, User, VisitorCode, Zone
from servicedesk.register import Column
from servicedesk.services.sending import topic_label
from servicedesk.templatetags.said import day_in_full


@dataclass(frozen=True, kw_only=True)
class Book:
    """One table of the house. `key` begins its addresses: `zone_list`, `zone_create`, `zone_detail`, `zone_edit`.

    A book of a register says its `app`, whose namespace its addresses have, and `is_rule` when the manager
    finds it on the settings screen.
    """

    key: str
    model: type[models.Model]
    label: str
    icon: str
    permission: str
    columns: tuple[Column, ...]
    filterset: Any
    empty_text: str
    facts: Callable[[Any], list[tuple[str, Any]]]
    related: tuple[str, ...] = ()
    prefetch: tuple[str, ...] = ()
    start_key: str = ""
    app: str = ""
    is_rule: bool = False

    def url_name(self, page: str) -> str:
        """`zone_list`, `lostfound:itemcategory_list`; pages: list, create, detail, edit."""
        return f"{self.app}:{self.key}_{page}" if self.app else f"{self.key}_{page}"

    def rows(self) -> models.QuerySet:
        rows = self.model._default_manager.select_related(*self.related)
        return rows.prefetch_related(*self.prefetch)

    def list_url(self) -> str:
        return reverse(self.url_name("list"))

    def detail_url(self, pk: int) -> str:
        return reverse(self.url_name("detail"), args=[pk])


def state_of(row: Any) -> dict[str, str]:
    """The badge of a row that is open or closed."""
    if row.is_active:
        return {"label": "在职" if isinstance(row, User) else "在用", "icon": "check-circle", "tone": str(Tone.JADE)}
    return {"label": "停用", "icon": "slash-circle", "tone": str(Tone.GREY)}


def _joined(rows: Any) -> str:
    return "、".join(str(row) for row in rows)


def _text(key: str, label: str, value: Any = "", *, order: str | None = "", kind: Any = "text") -> Column:
    order_by = () if order is None else (order or key,)
    return Column(key=key, label=label, value=value, kind=kind, order_by=order_by)


OPEN = Column(key="is_active", label="状态", value=lambda row: state_of(row)["label"], order_by=("is_active",))

PEOPLE = Book(
    key="person", model=User, label="人员与岗位", icon="people", permission="servicedesk.manage_people",
    related=("department",), prefetch=("groups", "service_points"), filterset=PersonFilter,
    empty_text="还没有人员。",
    columns=(
        _text("staff_no", "工号", kind="serial"), _text("name", "姓名", kind="link"),
        _text("department", "部门", "department.name", order="department__name"), _text("position", "职务"),
        _text("roles", "岗位", lambda u: _joined(u.groups.all()), order=None),
        _text("points", "服务点", lambda u: _joined(u.service_points.all()), order=None),
        _text("can_sign_in", "可登录", order=None, kind="yesno"), OPEN,
    ),
    facts=lambda u: [
        ("工号", u.staff_no), ("姓名", u.name), ("部门", u.department), ("职务", u.position), ("电话", u.phone),
        ("岗位", _joined(u.groups.all())), ("服务点", _joined(u.service_points.all())),
        ("上次登录", u.last_login), ("下次登录须改密码", u.must_change_password),
    ],
)
DEPARTMENTS = Book(
    key="department", model=Department, label="部门", icon="building", permission="servicedesk.manage_places",
    columns=(_text("name", "名称", kind="link"), _text("phone", "电话"), OPEN), filterset=NameFilter,
    empty_text="还没有部门。人员、回执和好人好事按部门列出。",
    facts=lambda d: [("名称", d.name), ("电话", d.phone)],
)
SERVICE_POINTS = Book(
    key="servicepoint", model=ServicePoint, label="服务点", icon="geo-alt", permission="servicedesk.manage_places",
    columns=(
        _text("name", "名称", kind="link"), _text("serial_mark", "编号标记"), _text("phone", "电话"),
        _text("address", "地址"), OPEN,
    ),
    filterset=NameFilter, empty_text="还没有服务点。每份登记都属于一个服务点。",
    facts=lambda p: [("名称", p.name), ("编号标记", p.serial_mark), ("电话", p.phone), ("地址", p.address),
                     ("启用日期", day_in_full(p.opened_on, with_year=True) if p.opened_on else "")],
)
ZONES = Book(
    key="zone", model=Zone, label="园区地点", icon="map", permission="servicedesk.manage_places",
    prefetch=("neighbours",), filterset=PlaceFilter,
    columns=(
        _text("number", "编号", kind="serial"), _text("name", "名称", kind="link"), _text("initials", "拼音首字母"),
        _text("neighbours", "相邻地点", lambda z: _joined(z.neighbours.all()), order=None), OPEN,
    ),
    empty_text="还没有园区地点。拾获和丢失的地方从这里选。",
    facts=lambda z: [
        ("编号", z.number), ("名称", z.name), ("拼音", z.pinyin), ("拼音首字母", z.initials),
        ("相邻地点", _joined(z.neighbours.all())),
    ],
)
STORAGE = Book(
    key="storageplace", model=StoragePlace, label="存放处", icon="archive", permission="servicedesk.manage_places",
    related=("service_point",), filterset=StorageFilter,
    columns=(
        _text("code", "格位", kind="link"), _text("name", "名称"),
        _text("kind", "类型", lambda s: s.get_kind_display()),
        _text("service_point", "服务点", "service_point.name", order="service_point__name"), OPEN,
    ),
    empty_text="还没有存放处。物品入库时从这里选格位。",
    facts=lambda s: [
        ("服务点", s.service_point), ("格位", s.code), ("名称", s.name), ("类型", s.get_kind_display()),
    ],
)
CHANNELS = Book(
    key="channel", model=Channel, label="通知渠道", icon="megaphone", permission="servicedesk.manage_channels",
    filterset=ChannelFilter,
    columns=(
        _text("name", "名称", kind="link"), _text("kind", "方式", lambda c: c.get_kind_display()),
        _text("topics", "发送内容", lambda c: _joined(topic_label(t) for t in c.topics), order=None),
        _text("address", "地址", lambda c: c.masked_address, order=None), OPEN,
    ),
    empty_text="还没有对外通知渠道。没有渠道时,通知只在系统里。",
    facts=lambda c: [
        ("名称", c.name), ("方式", c.get_kind_display()), ("地址", c.masked_address),
        ("密钥", "已保存" if c.secret else "无"), ("发信服务器", c.server), ("发信账号", c.account),
        ("发送内容", _joined(topic_label(t) for t in c.topics)),
    ],
)
VISITOR_CODES = Book(
    key="visitorcode", model=VisitorCode, label="游客二维码", icon="qr-code", permission="servicedesk.manage_places",
    related=("service_point", "zone"), filterset=VisitorCodeFilter,
    columns=(
        _text("name", "张贴位置", kind="link"), _text("code", "代码", kind="serial"),
        _text("service_point", "服务点", "service_point.name", order="service_point__name"),
        _text("zone", "园区地点", "zone.name", order="zone__number"), _text("is_kiosk", "自助机", kind="yesno"), OPEN,
    ),
    empty_text="还没有游客二维码。每个张贴位置一个,游客扫码答问卷、报失物,不用登录。",
    facts=lambda c: [
        ("张贴位置", c.name), ("代码", c.code), ("服务点", c.service_point), ("园区地点", c.zone),
        ("自助机", "是" if c.is_kiosk else "否"),
    ],
)
BOOKS = [PEOPLE, DEPARTMENTS, SERVICE_POINTS, ZONES, STORAGE, VISITOR_CODES, CHANNELS]


def add_book(book: Book) -> Book:
    """Make a register's own table known to the settings screen. Called once per app at start-up."""
    BOOKS.append(book)
    return book
