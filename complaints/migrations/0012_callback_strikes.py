import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from servicedesk.appendonly import AppendOnly
from servicedesk.db.migrating import ManyTables


class Migration(ManyTables):
    dependencies = [
        ("complaints", "0011_figures_append_only_rights"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="CallbackStrike",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("reason", models.CharField(max_length=200, verbose_name="原因")),
                ("attempt", models.OneToOneField(
                    on_delete=django.db.models.deletion.PROTECT, related_name="strike",
                    to="complaints.callbackattempt", verbose_name="回访记录",
                )),
                ("by", models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL,
                    verbose_name="划去人",
                )),
            ],
            options={
                "verbose_name": "回访记录划去", "verbose_name_plural": "回访记录划去", "ordering": ["at", "pk"],
            },
        ),
        AppendOnly("callbackstrike", redactable=True),
    ]
