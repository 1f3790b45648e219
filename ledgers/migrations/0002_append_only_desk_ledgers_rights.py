"""What only grows, the six ledgers that every desk begins with, and who may do what."""

from django.db import migrations
from django.utils import timezone

from ledgers.presets import BUILT_IN, first_version, kind_columns
from ledgers.rights import GRANTS
from servicedesk.appendonly import AppendOnly
from servicedesk.rights import grant_operation

ONLY_GROW = ["ledgerversion", "reading", "stockmove", "historicalledgerkind", "historicalstockthing"]


def add_desk_ledgers(apps, schema_editor):  # noqa: ARG001
    kind_model = apps.get_model("ledgers", "LedgerKind")
    version_model = apps.get_model("ledgers", "LedgerVersion")
    for preset in BUILT_IN:
        kind, is_new = kind_model.objects.get_or_create(
            code=preset.code, defaults={**kind_columns(preset), "is_built_in": True}
        )
        if is_new:
            kind.current = version_model.objects.create(
                kind=kind, number=1, at=timezone.now(), **first_version(preset)
            )
            kind.save()


class Migration(migrations.Migration):
    dependencies = [
        ("ledgers", "0001_initial"),
        ("dutylog", "0009_accidents"),
        ("servicedesk", "0009_table_marks"),
    ]
    operations = [
        *[AppendOnly(name) for name in ONLY_GROW],
        AppendOnly("historicalledgerentry", redactable=True),
        migrations.RunPython(add_desk_ledgers, migrations.RunPython.noop),
        grant_operation("ledgers", GRANTS),
    ]
