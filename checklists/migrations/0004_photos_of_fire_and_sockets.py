"""The second version of the equipment round: sockets and fire gear are photographed. Whoever edited keeps their own."""

from django.db import migrations
from django.utils import timezone

NOTE = "断电和消防两项须拍照"
# What burns a closed hall down, and what would put it out: a tick alone does not show that somebody stood there.
PHOTOGRAPHED = ("饮水机/充电设备/插排", "灭火器/通道/应急灯")
NAME, KIND = "班后设施设备安全检查", "equipment"
SAME = (
    "line", "order", "text", "area", "category", "expected", "answer_kind", "expected_number", "told_role",
    "told_person_id",
)


def ask_for_photos(apps, schema_editor):  # noqa: ARG001
    """Only where the first version still stands as the house began it; a manager may take the photos away again."""
    version_model = apps.get_model("checklists", "TemplateVersion")
    item_model = apps.get_model("checklists", "TemplateItem")
    first = version_model.objects.filter(template__name=NAME, template__kind=KIND, number=1, by=None)
    for version in first.exclude(template__versions__number__gt=1):
        items = list(version.items.order_by("order"))
        if not any(item.text in PHOTOGRAPHED for item in items):
            continue
        second = version_model.objects.create(
            template=version.template, number=2, told_role=version.told_role, told_person=version.told_person,
            note=NOTE, at=timezone.now(),
        )
        item_model.objects.bulk_create([
            item_model(
                version=second, photo_required=item.photo_required or item.text in PHOTOGRAPHED,
                **{name: getattr(item, name) for name in SAME},
            )
            for item in items
        ])


class Migration(migrations.Migration):
    dependencies = [("checklists", "0003_default_templates_rights")]
    operations = [migrations.RunPython(ask_for_photos, migrations.RunPython.noop)]
