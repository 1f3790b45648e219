"""Struck lines, the tables that only grow, the official calendar, the roles."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from dutylog.calendar_data import official_days
from dutylog.rights import GRANTS
from servicedesk.appendonly import AppendOnly
from servicedesk.rights import grant_operation
from servicedesk.db.migrating import ManyTables

ONLY_GROW = ["addendum", "dayseal", "openitemupdate", "followupupdate"]
HISTORIES = [
    "historicalcalendarday", "historicaldutyday", "historicaloperation", "historicalshift", "historicalshiftpost",
    "historicallogentry", "historicalnoticestep", "historicalopenitem", "historicalfollowup",
]


def add_calendar(apps, schema_editor):
    calendar_day = apps.get_model("dutylog", "CalendarDay")
    calendar_day.objects.bulk_create(
        [calendar_day(date=date, mark=mark, name=name) for date, mark, name in official_days()],
        ignore_conflicts=True,
    )


class Migration(ManyTables):

    dependencies = [
        ('contenttypes', '0002_remove_content_type_name'),
        ('dutylog', '0001_initial'),
        ('servicedesk', '0006_inbox'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='historicallogentry',
            name='struck_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='划去时间'),
        ),
        migrations.AddField(
            model_name='historicallogentry',
            name='struck_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='划去人'),
        ),
        migrations.AddField(
            model_name='historicallogentry',
            name='struck_reason',
            field=models.CharField(blank=True, max_length=200, verbose_name='划去原因'),
        ),
        migrations.AddField(
            model_name='logentry',
            name='struck_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='划去时间'),
        ),
        migrations.AddField(
            model_name='logentry',
            name='struck_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='划去人'),
        ),
        migrations.AddField(
            model_name='logentry',
            name='struck_reason',
            field=models.CharField(blank=True, max_length=200, verbose_name='划去原因'),
        ),
        migrations.AlterField(
            model_name='historicalnoticestep',
            name='channel',
            field=models.CharField(choices=[('phone', '电话'), ('radio', '对讲机'), ('face', '当面'), ('chat', '群消息'), ('inbox', '系统通知')], max_length=6, verbose_name='方式'),
        ),
        migrations.AlterField(
            model_name='historicalnoticestep',
            name='role',
            field=models.CharField(choices=[('supervisor', '督导'), ('section_head', '部室负责人'), ('manager', '部门经理'), ('duty_manager', '值班经理'), ('other', '其他')], max_length=12, verbose_name='层级'),
        ),
        migrations.AlterField(
            model_name='noticestep',
            name='channel',
            field=models.CharField(choices=[('phone', '电话'), ('radio', '对讲机'), ('face', '当面'), ('chat', '群消息'), ('inbox', '系统通知')], max_length=6, verbose_name='方式'),
        ),
        migrations.AlterField(
            model_name='noticestep',
            name='role',
            field=models.CharField(choices=[('supervisor', '督导'), ('section_head', '部室负责人'), ('manager', '部门经理'), ('duty_manager', '值班经理'), ('other', '其他')], max_length=12, verbose_name='层级'),
        ),
        migrations.AddIndex(
            model_name='logentry',
            index=models.Index(fields=['-happened_at', '-id'], name='entry_happened'),
        ),
        migrations.AddIndex(
            model_name='logentry',
            index=models.Index(fields=['record_number'], name='entry_record_number'),
        ),
        migrations.RunPython(add_calendar, migrations.RunPython.noop),
        *[AppendOnly(name) for name in ONLY_GROW],
        *[AppendOnly(name, redactable=True) for name in HISTORIES],
        grant_operation("dutylog", GRANTS),
    ]
