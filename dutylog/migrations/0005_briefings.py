"""The morning briefing with its versions, readers and receipts."""

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from dutylog.rights.briefings import GRANTS
from servicedesk.appendonly import AppendOnly
from servicedesk.rights import grant_operation
from servicedesk.db.migrating import ManyTables

ONLY_GROW = ["briefingversion", "briefingreader", "briefingreceipt", "briefingnote"]
HISTORIES = ["historicalbriefing", "historicalbriefingdocument", "historicalbriefingtask"]


class Migration(ManyTables):

    dependencies = [
        ('dutylog', '0004_followup_rights'),
        ('servicedesk', '0007_notices_jobs'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Briefing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(editable=False, max_length=32, unique=True, verbose_name='编号')),
                ('created_at', models.DateTimeField(verbose_name='登记时间')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='版本')),
                ('state', models.CharField(choices=[('draft', '草稿'), ('published', '已发布'), ('amended', '已修改'), ('closed', '已检查')], default='draft', max_length=9, verbose_name='状态')),
                ('on', models.DateField(verbose_name='日期')),
                ('edition', models.PositiveSmallIntegerField(default=0, verbose_name='版次')),
                ('starts_at', models.TimeField(verbose_name='开始')),
                ('ends_at', models.TimeField(blank=True, null=True, verbose_name='结束')),
                ('expected', models.PositiveSmallIntegerField(default=0, verbose_name='应到')),
                ('present', models.PositiveSmallIntegerField(default=0, verbose_name='实到')),
                ('absences', models.CharField(blank=True, max_length=300, verbose_name='缺席及原因')),
                ('operations', models.TextField(blank=True, verbose_name='当日运营信息')),
                ('yesterday', models.TextField(blank=True, verbose_name='昨日工作总结')),
                ('checks', models.JSONField(blank=True, default=list, verbose_name='岗前检查')),
                ('check_problems', models.CharField(blank=True, max_length=300, verbose_name='检查问题')),
                ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='发布时间')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='检查时间')),
                ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='检查人')),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='登记人')),
                ('day', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='briefing', to='dutylog.dutyday', verbose_name='值班日')),
                ('host', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='主持人')),
                ('recorder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='记录人')),
                ('service_point', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='servicedesk.servicepoint', verbose_name='服务点')),
            ],
            options={
                'verbose_name': '早会记录',
                'verbose_name_plural': '早会记录',
                'ordering': ['-on', 'service_point'],
                'permissions': [('publish_briefing', '发布早会记录'), ('close_briefing', '检查早会记录')],
                'default_permissions': ('add', 'change', 'delete', 'view', 'export', 'print'),
            },
        ),
        migrations.CreateModel(
            name='BriefingDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(verbose_name='序号')),
                ('number', models.CharField(blank=True, max_length=60, verbose_name='文号')),
                ('title', models.CharField(max_length=120, verbose_name='标题')),
                ('points', models.TextField(blank=True, verbose_name='要点')),
                ('briefing', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='documents', to='dutylog.briefing')),
            ],
            options={
                'verbose_name': '文件精神',
                'verbose_name_plural': '文件精神',
                'ordering': ['briefing', 'order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='BriefingNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(verbose_name='补记号')),
                ('text', models.CharField(max_length=500, verbose_name='内容')),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('briefing', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='dutylog.briefing')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='补记人')),
            ],
            options={
                'verbose_name': '早会补记',
                'verbose_name_plural': '早会补记',
                'ordering': ['briefing', 'order'],
            },
        ),
        migrations.CreateModel(
            name='BriefingReader',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(verbose_name='序号')),
                ('duty', models.CharField(max_length=20, verbose_name='班次')),
                ('briefing', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='readers', to='dutylog.briefing')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='briefings_to_read', to=settings.AUTH_USER_MODEL, verbose_name='人员')),
            ],
            options={
                'verbose_name': '审阅人',
                'verbose_name_plural': '审阅人',
                'ordering': ['briefing', 'order'],
            },
        ),
        migrations.CreateModel(
            name='BriefingTask',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(verbose_name='序号')),
                ('matter', models.CharField(max_length=200, verbose_name='事项')),
                ('due_at', models.TimeField(blank=True, null=True, verbose_name='时限')),
                ('done_at', models.DateTimeField(blank=True, null=True, verbose_name='完成时间')),
                ('briefing', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tasks', to='dutylog.briefing')),
                ('done_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='完成人')),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='责任人')),
            ],
            options={
                'verbose_name': '工作安排',
                'verbose_name_plural': '工作安排',
                'ordering': ['briefing', 'order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='BriefingVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('edition', models.PositiveSmallIntegerField(verbose_name='版次')),
                ('content', models.JSONField(verbose_name='内容')),
                ('digest', models.CharField(max_length=64, verbose_name='校验')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='修改原因')),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('briefing', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='dutylog.briefing')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='发布人')),
            ],
            options={
                'verbose_name': '早会版本',
                'verbose_name_plural': '早会版本',
                'ordering': ['briefing', 'edition'],
            },
        ),
        migrations.CreateModel(
            name='BriefingReceipt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('delivered', '已送达'), ('opened', '已打开'), ('signed', '已签字'), ('reminded', '已催办')], max_length=9, verbose_name='事实')),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('reader', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='receipts', to='dutylog.briefingreader')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='receipts', to='dutylog.briefingversion')),
            ],
            options={
                'verbose_name': '审阅回执',
                'verbose_name_plural': '审阅回执',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='HistoricalBriefing',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('number', models.CharField(db_index=True, editable=False, max_length=32, verbose_name='编号')),
                ('created_at', models.DateTimeField(verbose_name='登记时间')),
                ('state', models.CharField(choices=[('draft', '草稿'), ('published', '已发布'), ('amended', '已修改'), ('closed', '已检查')], default='draft', max_length=9, verbose_name='状态')),
                ('on', models.DateField(verbose_name='日期')),
                ('edition', models.PositiveSmallIntegerField(default=0, verbose_name='版次')),
                ('starts_at', models.TimeField(verbose_name='开始')),
                ('ends_at', models.TimeField(blank=True, null=True, verbose_name='结束')),
                ('expected', models.PositiveSmallIntegerField(default=0, verbose_name='应到')),
                ('present', models.PositiveSmallIntegerField(default=0, verbose_name='实到')),
                ('absences', models.CharField(blank=True, max_length=300, verbose_name='缺席及原因')),
                ('operations', models.TextField(blank=True, verbose_name='当日运营信息')),
                ('yesterday', models.TextField(blank=True, verbose_name='昨日工作总结')),
                ('checks', models.JSONField(blank=True, default=list, verbose_name='岗前检查')),
                ('check_problems', models.CharField(blank=True, max_length=300, verbose_name='检查问题')),
                ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='发布时间')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='检查时间')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.TextField(null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('closed_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='检查人')),
                ('created_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='登记人')),
                ('day', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='dutylog.dutyday', verbose_name='值班日')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('host', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='主持人')),
                ('recorder', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='记录人')),
                ('service_point', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='servicedesk.servicepoint', verbose_name='服务点')),
            ],
            options={
                'verbose_name': 'historical 早会记录',
                'verbose_name_plural': 'historical 早会记录',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalBriefingDocument',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(verbose_name='序号')),
                ('number', models.CharField(blank=True, max_length=60, verbose_name='文号')),
                ('title', models.CharField(max_length=120, verbose_name='标题')),
                ('points', models.TextField(blank=True, verbose_name='要点')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.TextField(null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('briefing', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='dutylog.briefing')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical 文件精神',
                'verbose_name_plural': 'historical 文件精神',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalBriefingTask',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(verbose_name='序号')),
                ('matter', models.CharField(max_length=200, verbose_name='事项')),
                ('due_at', models.TimeField(blank=True, null=True, verbose_name='时限')),
                ('done_at', models.DateTimeField(blank=True, null=True, verbose_name='完成时间')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.TextField(null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('briefing', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='dutylog.briefing')),
                ('done_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='完成人')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('owner', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='责任人')),
            ],
            options={
                'verbose_name': 'historical 工作安排',
                'verbose_name_plural': 'historical 工作安排',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AddIndex(
            model_name='briefing',
            index=models.Index(fields=['-on', '-id'], name='briefing_on'),
        ),
        migrations.AddIndex(
            model_name='briefing',
            index=models.Index(fields=['service_point', '-on'], name='briefing_point_on'),
        ),
        migrations.AddConstraint(
            model_name='briefing',
            constraint=models.UniqueConstraint(fields=('on', 'service_point'), name='one_briefing_per_date_and_point'),
        ),
        migrations.AddConstraint(
            model_name='briefingnote',
            constraint=models.UniqueConstraint(fields=('briefing', 'order'), name='one_note_per_order'),
        ),
        migrations.AddConstraint(
            model_name='briefingreader',
            constraint=models.UniqueConstraint(fields=('briefing', 'person'), name='one_reader_per_person'),
        ),
        migrations.AddConstraint(
            model_name='briefingversion',
            constraint=models.UniqueConstraint(fields=('briefing', 'edition'), name='one_version_per_edition'),
        ),
        migrations.AddConstraint(
            model_name='briefingreceipt',
            constraint=models.UniqueConstraint(fields=('version', 'reader', 'kind'), name='one_receipt_of_a_kind'),
        ),
        *[AppendOnly(name) for name in ONLY_GROW],
        *[AppendOnly(name, redactable=True) for name in HISTORIES],
        grant_operation("dutylog", GRANTS),
    ]
