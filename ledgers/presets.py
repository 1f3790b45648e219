"""The ledgers that come with the program: the desk's six, and those of a mall's service desk to switch on."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ledgers.choices import FieldType, Service, Width
from ledgers.definitions import SLOTS, LedgerField

QUARTER, THIRD, HALF, FULL = Width.QUARTER, Width.THIRD, Width.HALF, Width.FULL


@dataclass(frozen=True, kw_only=True)
class Preset:
    """A ledger as it is delivered; a manager may change it afterwards."""

    prefix: str
    name: str
    label: str
    icon: str
    title: str
    fields: Sequence[LedgerField]
    service: str = Service.PLAIN
    retention_months: int = 12
    is_logged: bool = False
    signatures: Sequence[str] = ("经办人", "审核")
    footnotes: Sequence[str] = ()
    summary_by: str = ""
    order: int = 100
    audience: Sequence[str] = field(default=())

    @property
    def code(self) -> str:
        return self.prefix.lower()


def ask(key: str, label: str, type_: str = FieldType.TEXT, width: str = THIRD, *, must: bool = False,
        **more: Any) -> LedgerField:
    """A field of a delivered ledger."""
    return LedgerField(key=key, label=label, type=type_, width=width, is_required=must, **more)


NAME, PHONE, TEXT, LONG = FieldType.NAME, FieldType.PHONE, FieldType.TEXT, FieldType.LONG
NUMBER, MONEY, DATE, CHOICE = FieldType.NUMBER, FieldType.MONEY, FieldType.DATE, FieldType.CHOICE
YESNO, STAFF, ZONE, CHOICES = FieldType.YESNO, FieldType.STAFF, FieldType.ZONE, FieldType.CHOICES
REMARK = ask("remark", "备注", TEXT, FULL, in_list=False)

BUILT_IN = (
    Preset(
        prefix="JC", name="寄存登记", label="寄存", icon="luggage", title="物品寄存登记表", service=Service.DEPOSIT, order=1,
        retention_months=3, signatures=("寄存人", "收件人", "取件人", "发件人"),
        fields=(
            ask("owner", "寄存人", NAME, QUARTER, must=True), ask("phone", "电话", PHONE, QUARTER, must=True),
            ask("pieces", "件数", NUMBER, QUARTER, must=True), ask("shelf", "存放位置", TEXT, QUARTER),
            ask("look", "物品及外观", TEXT, HALF, must=True, help="如 黑色双肩包、24 寸红色拉杆箱"),
            ask("declared", "已声明无现金、贵重物品和违禁品", YESNO, HALF, must=True, in_list=False, in_table=False),
            REMARK,
        ),
        footnotes=(
            "本处不接受现金、证件、贵重物品、易燃易爆、易碎和鲜活物品。",
            "凭寄存单取件;单据遗失的,凭有效证件由两名工作人员核对后取件。请在当日闭园前取走。",
        ),
    ),
    Preset(
        prefix="JY", name="便民借用", label="便民借用", icon="umbrella", title="便民用品借用登记表", service=Service.LOAN, order=2,
        retention_months=3, signatures=("借用人", "经办人", "归还经办"),
        fields=(
            ask("borrower", "借用人", NAME, THIRD, must=True), ask("phone", "电话", PHONE, THIRD, must=True),
            ask("place", "使用地点", TEXT, THIRD, in_list=False, in_table=False), REMARK,
        ),
        footnotes=("请爱护用品,按时归还;损坏或遗失的,按公示价格赔偿。押金、证件在归还时当面退还。",),
    ),
    Preset(
        prefix="GB", name="广播登记", label="广播", icon="broadcast", title="广播登记表", service=Service.BROADCAST, order=3,
        retention_months=12, is_logged=True, signatures=("要求人", "播报人"),
        fields=(
            ask("category", "类别", CHOICE, QUARTER, must=True,
                choices=("寻人", "寻物", "失物招领", "通知", "安全提示", "车辆", "其他")),
            ask("asker", "要求人", NAME, QUARTER, must=True), ask("unit", "部门/来自", TEXT, QUARTER, in_list=False),
            ask("phone", "电话", PHONE, QUARTER, in_table=False),
            ask("text", "播报内容", LONG, FULL, must=True, is_personal=True, in_list=False),
            ask("area", "播报区域", ZONE, THIRD, help="空着是全园"), ask("planned", "计划遍数", NUMBER, THIRD),
            ask("about", "相关编号", TEXT, THIRD, help="如 失物登记 SS-20261122-001"),
        ),
    ),
    Preset(
        prefix="ZP", name="赠品发放", label="赠品发放", icon="gift", title="赠品发放登记表", service=Service.GIFT, order=4,
        retention_months=6, signatures=("领取人", "发放人"),
        fields=(
            ask("receiver", "领取人", NAME, THIRD, must=True), ask("phone", "电话", PHONE, THIRD),
            ask("occasion", "事由", CHOICE, THIRD, must=True, choices=("活动", "会员", "生日", "安抚", "接待", "其他")),
            REMARK,
        ),
    ),
    Preset(
        prefix="LF", name="来访登记", label="来访", icon="person-walking", title="来访登记表", service=Service.VISIT, order=5,
        retention_months=6, signatures=("来访人", "接待人"),
        fields=(
            ask("visitor", "来访人", NAME, QUARTER, must=True), ask("unit", "单位", TEXT, QUARTER),
            ask("phone", "电话", PHONE, QUARTER), ask("people", "人数", NUMBER, QUARTER),
            ask("purpose", "事由", TEXT, FULL, must=True), REMARK,
        ),
    ),
    Preset(
        prefix="ZG", name="转告记录", label="转告", icon="envelope", title="转告记录", service=Service.MESSAGE, order=6,
        retention_months=6, signatures=("记录人", "被转告人"),
        fields=(
            ask("caller", "来人", NAME, THIRD, must=True, help="谁托转告"), ask("phone", "电话", PHONE, THIRD),
            ask("wants_call", "请回电", YESNO, THIRD),
            ask("text", "转告内容", LONG, FULL, must=True, is_personal=True, in_list=False),
        ),
    ),
)

MALL = (
    Preset(
        prefix="TH", name="退货登记", label="退货", icon="bag-dash", title="退货登记表", service=Service.DUE, summary_by="reason",
        order=11, signatures=("顾客", "经办人", "柜组", "审核"),
        fields=(
            ask("customer", "顾客姓名", NAME, THIRD, must=True), ask("phone", "电话", PHONE, THIRD),
            ask("receipt", "小票号", TEXT, THIRD, in_list=False, in_table=False), ask("bought_on", "购买日期", DATE, THIRD, in_list=False, in_table=False),
            ask("counter", "柜组/商户", TEXT, THIRD, must=True), ask("goods", "商品、规格", TEXT, THIRD, must=True),
            ask("pieces", "数量", NUMBER, QUARTER, must=True), ask("amount", "金额", MONEY, QUARTER, must=True),
            ask("reason", "退货原因", CHOICE, QUARTER, must=True,
                choices=("质量问题", "七天无理由", "错发漏发", "价格差异", "与宣传不符", "其他")),
            ask("how", "处理方式", CHOICE, QUARTER, choices=("退款", "换货", "维修", "不予受理")),
            ask("refund", "退款金额", MONEY, QUARTER), REMARK,
        ),
        footnotes=("退货凭小票和商品;七天无理由退货不含定制、鲜活易腐和拆封后影响安全卫生的商品。",),
    ),
    Preset(
        prefix="BF", name="上门拜访", label="上门拜访", icon="door-open", title="上门拜访记录表", service=Service.DUE, order=12,
        signatures=("客户", "拜访人", "审核"),
        fields=(
            ask("customer", "客户姓名", NAME, THIRD, must=True), ask("phone", "电话", PHONE, THIRD),
            ask("planned_on", "约定日期", DATE, THIRD), ask("address", "地址", TEXT, FULL, is_personal=True, in_list=False, in_table=False),
            ask("cause", "拜访事由", CHOICE, THIRD, must=True, choices=("投诉回访", "退换货", "会员关怀", "质量确认", "其他")),
            ask("about", "相关编号", TEXT, THIRD, in_table=False),
            ask("visitor", "拜访人", STAFF, THIRD, must=True),
            ask("talk", "拜访情况", LONG, FULL, is_personal=True, in_list=False),
            ask("opinion", "客户意见", LONG, FULL, is_personal=True, in_list=False),
            ask("remark", "备注", TEXT, FULL, in_list=False, in_table=False),
        ),
    ),
    Preset(
        prefix="TJ", name="特价牌发放收费", label="特价牌", icon="tags", title="特价牌发放收费登记表", service=Service.DUE,
        summary_by="size", order=13, signatures=("领取人", "发放人", "收款人"),
        fields=(
            ask("counter", "商户/柜组", TEXT, THIRD, must=True), ask("receiver", "领取人", NAME, THIRD, must=True),
            ask("phone", "电话", PHONE, THIRD, in_table=False),
            ask("size", "种类", CHOICE, QUARTER, must=True, choices=("大牌", "中牌", "小牌", "吊旗", "其他")),
            ask("pieces", "数量", NUMBER, QUARTER, must=True), ask("price", "单价", MONEY, QUARTER),
            ask("amount", "收费金额", MONEY, QUARTER, must=True),
            ask("paid", "收款方式", CHOICE, QUARTER, choices=("现金", "扫码", "转账", "挂账", "免收")),
            ask("back_on", "应交回日期", DATE, QUARTER), REMARK,
        ),
    ),
    Preset(
        prefix="DD", name="销售定单发放", label="销售定单", icon="file-earmark-text", title="销售定单发放登记表",
        service=Service.DUE, order=14, signatures=("领用人", "发放人", "回收人"),
        fields=(
            ask("counter", "商户/柜组", TEXT, THIRD, must=True), ask("receiver", "领用人", NAME, THIRD, must=True),
            ask("phone", "电话", PHONE, THIRD, in_table=False),
            ask("first", "起始号", TEXT, QUARTER, must=True), ask("last", "终止号", TEXT, QUARTER, must=True),
            ask("books", "本数", NUMBER, QUARTER, must=True), ask("back_on", "应交回日期", DATE, QUARTER), REMARK,
        ),
    ),
    Preset(
        prefix="HB", name="商品环保检测", label="环保检测", icon="clipboard-check", title="商品环保检测登记表", service=Service.DUE,
        summary_by="verdict", order=15, signatures=("送检人", "审核"),
        fields=(
            ask("counter", "商户", TEXT, THIRD, must=True), ask("goods", "商品名称、规格", TEXT, THIRD, must=True),
            ask("lot", "批次", TEXT, THIRD), ask("items", "检测项目", CHOICES, HALF, must=True,
                                                choices=("甲醛", "苯系物", "TVOC", "重金属", "放射性", "其他")),
            ask("agency", "检测机构", TEXT, QUARTER), ask("sent_on", "送检日期", DATE, QUARTER),
            ask("report", "报告编号", TEXT, QUARTER),
            ask("verdict", "结论", CHOICE, QUARTER, choices=("合格", "不合格", "待复检")),
            ask("measure", "处理", TEXT, HALF, in_list=False), REMARK,
        ),
    ),
    Preset(
        prefix="ZJ", name="质保金使用", label="质保金", icon="cash-coin", title="质保金使用登记表", service=Service.DUE,
        summary_by="cause", order=16, signatures=("经办人", "部门经理", "财务"),
        fields=(
            ask("counter", "商户", TEXT, THIRD, must=True), ask("contract", "合同号", TEXT, THIRD),
            ask("cause", "使用事由", CHOICE, THIRD, must=True, choices=("先行赔付", "维修", "退款", "违约扣款", "其他")),
            ask("before", "原有余额", MONEY, THIRD), ask("amount", "使用金额", MONEY, THIRD, must=True),
            ask("after", "使用后余额", MONEY, THIRD), ask("payee", "收款人", NAME, THIRD),
            ask("about", "相关编号", TEXT, THIRD, help="投诉、退货编号"), ask("approved_by", "批准人", STAFF, THIRD), REMARK,
        ),
    ),
)


def preset_of(code: str) -> Preset | None:
    """A ledger to switch on, by its code."""
    return next((preset for preset in MALL if preset.code == code), None)


def version_columns(fields: Sequence[LedgerField], **more: Any) -> dict[str, Any]:
    """The columns of a version: its fields with the sorted columns of lists dealt out, and what it differs by."""
    kept = dealt([each.kept() for each in fields])
    told = json.dumps([kept, more], ensure_ascii=False, sort_keys=True, default=str)
    return {**more, "fields": kept, "mark": hashlib.sha256(told.encode()).hexdigest()}


def dealt(fields: Sequence[dict[str, Any]], used: Mapping[str, int] | None = None) -> list[dict[str, Any]]:
    """The fields with their slots: a key keeps the one it ever had, the first others that are listed get a free one."""
    taken = dict(used or {})
    for each in fields:
        if each["key"] not in taken and is_sorted(each) and len(taken) < SLOTS:
            taken[each["key"]] = len(taken) + 1
    return [{**each, "slot": taken.get(each["key"], 0) if is_sorted(each) else 0} for each in fields]


def is_sorted(kept: Mapping[str, Any]) -> bool:
    """Whether a field has a sorted column: what is shown in the list, and personal to nobody."""
    return LedgerField.of(kept).may_sort


def kind_columns(preset: Preset) -> dict[str, Any]:
    """The columns of a delivered ledger."""
    return {
        "code": preset.code, "prefix": preset.prefix, "name": preset.name, "label": preset.label, "icon": preset.icon,
        "service": preset.service, "retention_months": preset.retention_months, "is_logged": preset.is_logged,
        "order": preset.order, "audience": list(preset.audience), "is_active": True,
    }


def first_version(preset: Preset) -> dict[str, Any]:
    """The columns of the version that a delivered ledger begins with."""
    return version_columns(
        preset.fields, title=preset.title, signatures=list(preset.signatures), footnotes=list(preset.footnotes),
        summary_by=preset.summary_by,
    )
