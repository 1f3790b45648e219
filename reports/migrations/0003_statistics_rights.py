"""Who looks at the figures of the house, and who takes them out."""

from django.db import migrations

from servicedesk.choices import Role
from servicedesk.rights import grant_operation

GRANTS = {
    Role.MANAGER: ["reports.view_statistics", "reports.export_statistics"],
    Role.DUTY_MANAGER: ["reports.view_statistics"],
}


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0002_old_books"),
    ]
    operations = [
        migrations.AlterModelOptions(
            name="montharchive",
            options={
                "default_permissions": ("add", "view", "print"), "ordering": ["-month", "-version"],
                "permissions": [
                    ("download_montharchive", "下载月度归档"), ("view_statistics", "看统计分析"),
                    ("export_statistics", "导出统计分析"),
                ],
                "verbose_name": "月度归档", "verbose_name_plural": "月度归档",
            },
        ),
        grant_operation("reports", GRANTS),
    ]
