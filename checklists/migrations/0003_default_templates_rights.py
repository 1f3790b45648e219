"""The checklists that every desk begins with, and what each role may do. A manager edits them on a screen."""

import datetime as dt

from django.db import migrations
from django.utils import timezone

from checklists.rights import GRANTS
from servicedesk.rights import grant_operation

# area of the walk, category, item, expected state, how it is answered
EQUIPMENT = [
    ("大厅", "用电", "照明(留应急灯)", "关闭", "open"),
    ("大厅", "用电", "空调/新风/电暖", "关闭", "tick"),
    ("大厅", "用电", "电脑/打印机/自助机", "关闭或待机", "tick"),
    ("大厅", "用电", "饮水机/充电设备/插排", "断电", "tick"),
    ("大厅", "影视", "LED屏/影视播放/音响", "关闭", "tick"),
    ("后场", "监控", "监控屏关/录像主机按规定", "按本园规定", "open"),
    ("后场", "广播", "广播/对讲机归位充电", "关闭/充电", "open"),
    ("出入口", "门窗", "门窗/卷帘/贵重柜", "锁闭", "tick"),
    ("出入口", "消防", "灭火器/通道/应急灯", "在位畅通", "tick"),
    ("离场", "人员", "无滞留人员、无遗留物", "清空", "tick"),
    ("离场", "钥匙", "钥匙/备用金/门禁", "交存", "tick"),
]
PRE_SHIFT = [
    ("", "到岗", "准时到岗", "提前三十分钟", "tick"),
    ("", "着装", "着装整齐", "按季节工装", "tick"),
    ("", "工牌", "佩戴工牌", "左胸", "tick"),
    ("", "仪容", "仪容仪表", "端正", "tick"),
    ("", "卫生", "岗位卫生", "清洁", "tick"),
]
# name, kind, hour, who is told, items
TEMPLATES = [
    ("岗前检查", "pre_shift", dt.time(8, 30), "督导", PRE_SHIFT),
    ("班后固定资产检查", "assets", dt.time(18, 0), "资产管理员", []),
    ("班后设施设备安全检查", "equipment", dt.time(18, 30), "安全管理员", EQUIPMENT),
]


def add_templates(apps, schema_editor):  # noqa: ARG001
    template_model = apps.get_model("checklists", "RoundTemplate")
    version_model = apps.get_model("checklists", "TemplateVersion")
    item_model = apps.get_model("checklists", "TemplateItem")
    for name, kind, due_at, told, items in TEMPLATES:
        template, is_new = template_model.objects.get_or_create(
            name=name, kind=kind, service_point=None,
            defaults={"due_at": due_at, "valid_from": timezone.localdate()},
        )
        if not is_new:
            continue
        version = version_model.objects.create(template=template, number=1, told_role=told, at=timezone.now())
        item_model.objects.bulk_create([
            item_model(version=version, line=order, order=order, area=area, category=category, text=text,
                       expected=expected, answer_kind=answer)
            for order, (area, category, text, expected, answer) in enumerate(items, start=1)
        ])


class Migration(migrations.Migration):
    dependencies = [("checklists", "0002_append_only")]
    operations = [
        migrations.RunPython(add_templates, migrations.RunPython.noop),
        grant_operation("checklists", GRANTS),
    ]
