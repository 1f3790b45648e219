"""Sign-in tries per person and address without fixed windows; the middle text size is the usual one."""

from django.db import migrations, models

from servicedesk.db.migrating import ManyTables


class Migration(ManyTables):
    dependencies = [("servicedesk", "0002_search_roles_append_only")]
    operations = [
        migrations.DeleteModel("SignInAttempt"),
        migrations.CreateModel(
            name="SignInAttempt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("staff_no", models.CharField(max_length=60)),
                ("address", models.CharField(max_length=45)),
                ("tried_at", models.PositiveBigIntegerField()),
                ("count", models.PositiveIntegerField(default=0)),
            ],
            options={"verbose_name": "登录尝试", "verbose_name_plural": "登录尝试"},
        ),
        migrations.AddConstraint(
            "SignInAttempt",
            models.UniqueConstraint(fields=["staff_no", "address"], name="one_row_per_person_and_address"),
        ),
        migrations.AlterField(
            "User", "text_size",
            models.CharField(choices=[("s", "小"), ("m", "中"), ("l", "大")], default="m", max_length=1,
                             verbose_name="字号"),
        ),
    ]
