"""Imports of old ledgers, and who takes them over."""

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from reports.rights import GRANTS
from servicedesk.appendonly import AppendOnly
from servicedesk.db.migrating import ManyTables
from servicedesk.rights import grant_operation

NEW = {role: [name for name in names if name.endswith('_oldbookimport')] for role, names in GRANTS.items()}


class Migration(ManyTables):

    dependencies = [
        ('reports', '0001_initial'),
        ('servicedesk', '0013_closed_months'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoricalOldBookImport',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('book', models.CharField(max_length=40, verbose_name='账本')),
                ('file_name', models.CharField(max_length=120, verbose_name='文件')),
                ('sha256', models.CharField(max_length=64)),
                ('stored', models.CharField(blank=True, max_length=80)),
                ('year', models.PositiveSmallIntegerField(verbose_name='年份')),
                ('state', models.CharField(choices=[('checking', '核对中'), ('waiting', '待确认'), ('running', '导入中'), ('done', '已导入'), ('undone', '已撤销'), ('dropped', '已放弃')], default='checking', max_length=8, verbose_name='状态')),
                ('rows', models.PositiveIntegerField(default=0, verbose_name='行数')),
                ('bad', models.PositiveIntegerField(default=0, verbose_name='有错的行')),
                ('said', models.CharField(blank=True, max_length=200, verbose_name='说明')),
                ('at', models.DateTimeField(verbose_name='上传时间')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='确认时间')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='导入、撤销或放弃的时间')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.TextField(null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='上传人')),
                ('confirmed_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='确认人')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('service_point', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='servicedesk.servicepoint', verbose_name='服务点')),
            ],
            options={
                'verbose_name': 'historical 旧账导入',
                'verbose_name_plural': 'historical 旧账导入',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='OldBookImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('book', models.CharField(max_length=40, verbose_name='账本')),
                ('file_name', models.CharField(max_length=120, verbose_name='文件')),
                ('sha256', models.CharField(max_length=64)),
                ('stored', models.CharField(blank=True, max_length=80)),
                ('year', models.PositiveSmallIntegerField(verbose_name='年份')),
                ('state', models.CharField(choices=[('checking', '核对中'), ('waiting', '待确认'), ('running', '导入中'), ('done', '已导入'), ('undone', '已撤销'), ('dropped', '已放弃')], default='checking', max_length=8, verbose_name='状态')),
                ('rows', models.PositiveIntegerField(default=0, verbose_name='行数')),
                ('bad', models.PositiveIntegerField(default=0, verbose_name='有错的行')),
                ('said', models.CharField(blank=True, max_length=200, verbose_name='说明')),
                ('at', models.DateTimeField(verbose_name='上传时间')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='确认时间')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='导入、撤销或放弃的时间')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='上传人')),
                ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='确认人')),
                ('service_point', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='servicedesk.servicepoint', verbose_name='服务点')),
            ],
            options={
                'verbose_name': '旧账导入',
                'verbose_name_plural': '旧账导入',
                'ordering': ['-pk'],
                'permissions': [('undo_oldbookimport', '撤销旧账导入')],
                'default_permissions': ('add', 'view'),
            },
        ),
        migrations.CreateModel(
            name='OldBookRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('row', models.PositiveIntegerField(verbose_name='行')),
                ('object_id', models.PositiveBigIntegerField()),
                ('number', models.CharField(max_length=32, verbose_name='编号')),
                ('old_number', models.CharField(blank=True, max_length=40, verbose_name='旧编号')),
                ('old_key', models.CharField(blank=True, db_index=True, max_length=120)),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='written', to='reports.oldbookimport')),
            ],
            options={
                'verbose_name': '旧账的行',
                'verbose_name_plural': '旧账的行',
                'ordering': ['batch', 'row'],
                'constraints': [models.UniqueConstraint(fields=('batch', 'row'), name='one_record_per_old_row'), models.UniqueConstraint(condition=models.Q(('old_key', ''), _negated=True), fields=('old_key',), name='old_number_once')],
            },
        ),
        AppendOnly('historicaloldbookimport'),
        grant_operation('reports', NEW),
    ]
