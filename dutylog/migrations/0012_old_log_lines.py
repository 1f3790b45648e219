"""旧日志: the diary from before the program, with who may read it."""

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from dutylog.rights.oldlines import GRANTS
from servicedesk.appendonly import AppendOnly
from servicedesk.db.migrating import ManyTables
from servicedesk.rights import grant_operation


class Migration(ManyTables):

    dependencies = [
        ('dutylog', '0011_backdate_enquiry'),
        ('servicedesk', '0013_closed_months'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoricalOldLogLine',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('number', models.CharField(db_index=True, editable=False, max_length=32, verbose_name='编号')),
                ('created_at', models.DateTimeField(verbose_name='登记时间')),
                ('on', models.DateField(verbose_name='日期')),
                ('clock', models.TimeField(blank=True, null=True, verbose_name='时间')),
                ('shift', models.CharField(blank=True, max_length=20, verbose_name='班次')),
                ('category', models.CharField(choices=[('enquiry', '咨询'), ('complaint', '投诉'), ('grievance', '抱怨'), ('lost', '失物'), ('found', '拾物'), ('claim', '认领'), ('accident', '伤害突发'), ('broadcast', '广播'), ('convenience', '便民'), ('rescue', '救助'), ('equipment', '设备'), ('notice', '通知'), ('other', '其他')], default='other', max_length=11, verbose_name='类别')),
                ('place', models.CharField(blank=True, max_length=100, verbose_name='地点')),
                ('text', models.TextField(verbose_name='内容')),
                ('handling', models.TextField(blank=True, verbose_name='处理')),
                ('result', models.CharField(blank=True, max_length=200, verbose_name='结果')),
                ('recorder', models.CharField(blank=True, max_length=60, verbose_name='记录人')),
                ('old_number', models.CharField(blank=True, max_length=40, verbose_name='旧编号')),
                ('anonymised_at', models.DateTimeField(blank=True, null=True, verbose_name='个人信息清除时间')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.TextField(null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('created_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='登记人')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('service_point', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='servicedesk.servicepoint', verbose_name='服务点')),
            ],
            options={
                'verbose_name': 'historical 旧日志',
                'verbose_name_plural': 'historical 旧日志',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='OldLogLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(editable=False, max_length=32, unique=True, verbose_name='编号')),
                ('created_at', models.DateTimeField(verbose_name='登记时间')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='版本')),
                ('on', models.DateField(verbose_name='日期')),
                ('clock', models.TimeField(blank=True, null=True, verbose_name='时间')),
                ('shift', models.CharField(blank=True, max_length=20, verbose_name='班次')),
                ('category', models.CharField(choices=[('enquiry', '咨询'), ('complaint', '投诉'), ('grievance', '抱怨'), ('lost', '失物'), ('found', '拾物'), ('claim', '认领'), ('accident', '伤害突发'), ('broadcast', '广播'), ('convenience', '便民'), ('rescue', '救助'), ('equipment', '设备'), ('notice', '通知'), ('other', '其他')], default='other', max_length=11, verbose_name='类别')),
                ('place', models.CharField(blank=True, max_length=100, verbose_name='地点')),
                ('text', models.TextField(verbose_name='内容')),
                ('handling', models.TextField(blank=True, verbose_name='处理')),
                ('result', models.CharField(blank=True, max_length=200, verbose_name='结果')),
                ('recorder', models.CharField(blank=True, max_length=60, verbose_name='记录人')),
                ('old_number', models.CharField(blank=True, max_length=40, verbose_name='旧编号')),
                ('anonymised_at', models.DateTimeField(blank=True, null=True, verbose_name='个人信息清除时间')),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='登记人')),
                ('service_point', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='servicedesk.servicepoint', verbose_name='服务点')),
            ],
            options={
                'verbose_name': '旧日志',
                'verbose_name_plural': '旧日志',
                'default_permissions': ('add', 'view', 'export', 'print'),
                'indexes': [models.Index(fields=['-on', '-id'], name='oldline_on'), models.Index(fields=['service_point', '-on', '-id'], name='oldline_point_on')],
            },
        ),
        AppendOnly("historicaloldlogline", redactable=True),
        grant_operation("dutylog", GRANTS),
    ]
