"""What only grows, the version that every desk begins with (the sixteen items of 3.11), and who may do what."""

from django.db import migrations
from django.utils import timezone

from servicedesk.appendonly import AppendOnly
from servicedesk.rights import grant_operation
from surveys.rights import GRANTS

ONLY_GROW = ["surveyversion", "surveyitem", "surveyanswer"]
HISTORIES = ["historicalsurveybatch", "historicalsurveysheet"]
WORDING = {
    "title": "顾客(游客)满意度调研问卷",
    "title_en": "Visitor Satisfaction Survey",
    "greeting": "尊敬的游客:您好!为了改进服务,请用约 2 分钟告诉我们您的感受。问卷不记名,只用于统计;您自愿留下的电话只用于回访。谢谢!",
    "greeting_en": (
        "Dear visitor, please take about two minutes to tell us how your visit was. The survey is anonymous and used "
        "for figures only; a phone number you choose to leave is used to call you back and for nothing else. Thank you!"
    ),
}
ITEMS = [
    ("售票服务(价格公示、秩序)", "Ticketing (posted prices, order)"),
    ("检票/入园引导", "Ticket check and guidance at the entrance"),
    ("游客中心服务(咨询、资料)", "Visitor centre (enquiries, brochures)"),
    ("工作人员服务态度", "Courtesy of the staff"),
    ("标识/导览牌", "Signs and maps"),
    ("讲解/导览", "Guided tours and commentary"),
    ("剧院/演出", "Theatre and shows"),
    ("交通车/乘车便捷", "Shuttle buses"),
    ("停车场", "Parking"),
    ("游览秩序/安全疏导", "Order and crowd safety"),
    ("环境卫生", "Cleanliness"),
    ("卫生间", "Toilets"),
    ("餐饮", "Food and drink"),
    ("购物/纪念品", "Shopping and souvenirs"),
    ("休息/无障碍设施", "Rest areas and barrier-free access"),
    ("医疗救护/应急", "First aid and emergencies"),
]


def add_default_version(apps, schema_editor):  # noqa: ARG001
    version_model = apps.get_model("surveys", "SurveyVersion")
    item_model = apps.get_model("surveys", "SurveyItem")
    if version_model.objects.exists():
        return
    version = version_model.objects.create(number=1, at=timezone.now(), **WORDING)
    item_model.objects.bulk_create([
        item_model(version=version, line=order, order=order, text=text, text_en=english)
        for order, (text, english) in enumerate(ITEMS, start=1)
    ])


class Migration(migrations.Migration):
    dependencies = [
        ("surveys", "0001_initial"),
        ("servicedesk", "0012_visitor_codes"),
    ]
    operations = [
        *[AppendOnly(name) for name in ONLY_GROW],
        *[AppendOnly(name, redactable=True) for name in HISTORIES],
        migrations.RunPython(add_default_version, migrations.RunPython.noop),
        grant_operation("surveys", GRANTS),
    ]
