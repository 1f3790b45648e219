"""The default categories, the tables that only grow, the roles."""

from django.db import migrations

from lostfound.rights import GRANTS
from servicedesk.appendonly import AppendOnly
from servicedesk.rights import grant_operation

ONLY_GROW = ["custodymove", "namecorrection", "contactattempt", "measure"]
HISTORIES = [
    "historicalitemcategory", "historicalfounditem", "historicalcontentline", "historicalcashline",
    "historicalslip", "historicalstocktake", "historicallostreport", "historicalreportline", "historicalmatch",
    "historicalclaim", "historicalclaimstatement", "historicalnotice", "historicalbatch", "historicalbatchline",
    "historicalgooddeed", "historicalbooklet", "historicalbookletsheet",
]
# code, name, keywords, term kind, number, end, flags
CATEGORIES = [
    ("01", "手机", "手机 电话 iPhone 华为 小米 荣耀 OPPO vivo 苹果", "month_end", 0, "finance", "valuable phone"),
    ("02", "钱包现金", "现金 钱 钞票 钱包 零钱 人民币 红包", "month_end", 0, "finance", "valuable cash"),
    ("03", "首饰", "戒指 项链 手镯 耳环 耳钉 玉佩 金饰 手链 吊坠", "month_end", 0, "finance", "valuable"),
    ("04", "相机", "相机 单反 微单 摄像机 镜头 云台 无人机", "month_end", 0, "finance", "valuable"),
    ("05", "电脑平板", "电脑 笔记本电脑 平板 iPad 手提电脑", "month_end", 0, "finance", "valuable"),
    ("06", "数码配件", "耳机 手表 手环 充电器 数据线 键盘 读卡器 自拍杆", "month_end", 0, "finance", ""),
    ("07", "身份证护照", "身份证 护照 通行证 居住证 户口簿", "days", 1, "police", "valuable identity"),
    ("08", "银行卡及其他证件", "银行卡 信用卡 驾驶证 社保卡 学生证 工作证 老年证 医保卡", "month_end", 0, "finance",
     "valuable identity"),
    ("09", "包袋", "背包 双肩包 手提包 挎包 行李箱 拉杆箱 书包 腰包 购物袋", "month_end", 0, "finance", ""),
    ("10", "衣物", "外套 衣服 帽子 围巾 手套 鞋 裤子 羽绒服 披肩 袜子", "month_end", 0, "finance", ""),
    ("11", "眼镜", "眼镜 墨镜 太阳镜 老花镜 眼镜盒", "month_end", 0, "finance", ""),
    ("12", "雨具", "雨伞 伞 雨衣 阳伞 遮阳伞", "month_end", 0, "finance", ""),
    ("13", "钥匙", "钥匙 车钥匙 门禁卡 钥匙串", "month_end", 0, "finance", ""),
    ("14", "儿童用品", "玩具 奶瓶 婴儿车 推车 水杯带 毛绒玩具 公仔 滑板车", "month_end", 0, "finance", ""),
    ("15", "水杯", "水杯 保温杯 杯子 水壶 水瓶", "days", 30, "dispose", ""),
    ("16", "充电宝及锂电池", "充电宝 移动电源 锂电池 电池", "days", 7, "dispose", "fire"),
    ("17", "拆封或鲜活食品、鲜花", "水果 面包 鲜花 熟食 蛋糕 奶茶 盒饭", "same_day", 0, "destroy", ""),
    ("18", "包装食品", "零食 饼干 茶叶 特产 酒 饮料 糖果 牛奶", "hours", 72, "destroy", ""),
    ("19", "药品及医疗器械", "药 药品 血压计 拐杖 助听器 轮椅 血糖仪", "month_end", 0, "finance", ""),
    ("20", "书籍文件", "书 文件 合同 笔记本 票据 门票 地图", "month_end", 0, "finance", ""),
    ("90", "违禁涉密军用物品", "枪 子弹 管制刀具 刀具 毒品 涉密 军用 爆竹 炸药", "none", 0, "police", "forbidden"),
    ("99", "其他", "", "month_end", 0, "finance", ""),
]


def add_categories(apps, schema_editor):
    category = apps.get_model("lostfound", "ItemCategory")
    for order, (code, name, keywords, kind, number, end, flags) in enumerate(CATEGORIES):
        category.objects.get_or_create(code=code, defaults={
            "name": name, "keywords": keywords, "term_kind": kind, "term_number": number, "term_end": end,
            "order": order, "is_valuable": "valuable" in flags, "is_phone": "phone" in flags,
            "is_cash": "cash" in flags, "is_identity": "identity" in flags, "is_forbidden": "forbidden" in flags,
            "needs_fire_safe": "fire" in flags,
        })


class Migration(migrations.Migration):
    dependencies = [
        ("lostfound", "0001_initial"),
        ("servicedesk", "0002_search_roles_append_only"),
    ]
    operations = [
        migrations.RunPython(add_categories, migrations.RunPython.noop),
        *[AppendOnly(name) for name in ONLY_GROW],
        *[AppendOnly(name, redactable=True) for name in HISTORIES],
        grant_operation("lostfound", GRANTS),
    ]
