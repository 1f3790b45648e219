"""Accidents and emergencies, those who were hurt, and how it went on."""

import django.db.models.deletion
import servicedesk.sealing
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from dutylog.rights.accidents import GRANTS
from servicedesk.appendonly import AppendOnly
from servicedesk.rights import grant_operation
from servicedesk.db.migrating import ManyTables


class Migration(ManyTables):

    dependencies = [
        ('dutylog', '0008_headcounts'),
        ('servicedesk', '0008_purge_reaches_evidence'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Accident',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(editable=False, max_length=32, unique=True, verbose_name='编号')),
                ('created_at', models.DateTimeField(verbose_name='登记时间')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='版本')),
                ('state', models.CharField(choices=[('open', '处置中'), ('handled', '已处置,跟踪中'), ('closed', '已结'), ('void', '作废')], default='open', max_length=7, verbose_name='状态')),
                ('kind', models.CharField(max_length=20, verbose_name='类别')),
                ('happened_at', models.DateTimeField(verbose_name='发生时间')),
                ('place_detail', models.CharField(blank=True, max_length=100, verbose_name='具体位置')),
                ('weather', models.CharField(blank=True, max_length=40, verbose_name='天气')),
                ('what', models.TextField(max_length=2000, verbose_name='经过')),
                ('first_aid', models.CharField(blank=True, max_length=500, verbose_name='现场处置')),
                ('witnesses', models.CharField(blank=True, max_length=300, verbose_name='证人')),
                ('told_at', models.DateTimeField(verbose_name='接报时间')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='响应时间')),
                ('arrived_at', models.DateTimeField(blank=True, null=True, verbose_name='到场时间')),
                ('ambulance_called_at', models.DateTimeField(blank=True, null=True, verbose_name='呼叫急救')),
                ('ambulance_arrived_at', models.DateTimeField(blank=True, null=True, verbose_name='急救到场')),
                ('ambulance_left_at', models.DateTimeField(blank=True, null=True, verbose_name='急救离开')),
                ('police', models.CharField(blank=True, max_length=200, verbose_name='报警情况')),
                ('insurance', models.CharField(blank=True, max_length=200, verbose_name='保险报案')),
                ('result', models.CharField(blank=True, max_length=500, verbose_name='处理结果')),
                ('handled_at', models.DateTimeField(blank=True, null=True, verbose_name='处置完毕')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='结案时间')),
                ('void_reason', models.CharField(blank=True, max_length=200, verbose_name='作废原因')),
                ('anonymised_at', models.DateTimeField(blank=True, null=True, verbose_name='个人信息清除时间')),
                ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='结案人')),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='登记人')),
                ('service_point', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='servicedesk.servicepoint', verbose_name='服务点')),
                ('zone', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='servicedesk.zone', verbose_name='地点')),
            ],
            options={
                'verbose_name': '意外伤害及突发事件',
                'verbose_name_plural': '意外伤害及突发事件',
                'permissions': [('close_accident', '意外事件结案与重新打开'), ('void_accident', '作废意外事件')],
                'default_permissions': ('add', 'change', 'delete', 'view', 'export', 'print'),
            },
        ),
        migrations.CreateModel(
            name='AccidentUpdate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=300, verbose_name='跟踪')),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('accident', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='updates', to='dutylog.accident')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='记录人')),
            ],
            options={
                'verbose_name': '意外跟踪',
                'verbose_name_plural': '意外跟踪',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='HistoricalAccident',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('number', models.CharField(db_index=True, editable=False, max_length=32, verbose_name='编号')),
                ('created_at', models.DateTimeField(verbose_name='登记时间')),
                ('state', models.CharField(choices=[('open', '处置中'), ('handled', '已处置,跟踪中'), ('closed', '已结'), ('void', '作废')], default='open', max_length=7, verbose_name='状态')),
                ('kind', models.CharField(max_length=20, verbose_name='类别')),
                ('happened_at', models.DateTimeField(verbose_name='发生时间')),
                ('place_detail', models.CharField(blank=True, max_length=100, verbose_name='具体位置')),
                ('weather', models.CharField(blank=True, max_length=40, verbose_name='天气')),
                ('what', models.TextField(max_length=2000, verbose_name='经过')),
                ('first_aid', models.CharField(blank=True, max_length=500, verbose_name='现场处置')),
                ('witnesses', models.CharField(blank=True, max_length=300, verbose_name='证人')),
                ('told_at', models.DateTimeField(verbose_name='接报时间')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='响应时间')),
                ('arrived_at', models.DateTimeField(blank=True, null=True, verbose_name='到场时间')),
                ('ambulance_called_at', models.DateTimeField(blank=True, null=True, verbose_name='呼叫急救')),
                ('ambulance_arrived_at', models.DateTimeField(blank=True, null=True, verbose_name='急救到场')),
                ('ambulance_left_at', models.DateTimeField(blank=True, null=True, verbose_name='急救离开')),
                ('police', models.CharField(blank=True, max_length=200, verbose_name='报警情况')),
                ('insurance', models.CharField(blank=True, max_length=200, verbose_name='保险报案')),
                ('result', models.CharField(blank=True, max_length=500, verbose_name='处理结果')),
                ('handled_at', models.DateTimeField(blank=True, null=True, verbose_name='处置完毕')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='结案时间')),
                ('void_reason', models.CharField(blank=True, max_length=200, verbose_name='作废原因')),
                ('anonymised_at', models.DateTimeField(blank=True, null=True, verbose_name='个人信息清除时间')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.TextField(null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('closed_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='结案人')),
                ('created_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='登记人')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('service_point', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='servicedesk.servicepoint', verbose_name='服务点')),
                ('zone', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='servicedesk.zone', verbose_name='地点')),
            ],
            options={
                'verbose_name': 'historical 意外伤害及突发事件',
                'verbose_name_plural': 'historical 意外伤害及突发事件',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalInjuredPerson',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('name', models.CharField(blank=True, max_length=60, verbose_name='姓名')),
                ('sex', models.CharField(blank=True, choices=[(None, '未填'), ('m', '男'), ('f', '女')], max_length=1, verbose_name='性别')),
                ('age', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='年龄')),
                ('phone', servicedesk.sealing.SealedField(blank=True, default='', verbose_name='电话')),
                ('phone_tail', servicedesk.sealing.TailField(blank=True, default='', editable=False, max_length=4, of='phone', verbose_name='电话后四位')),
                ('phone_digest', servicedesk.sealing.DigestField(blank=True, db_index=True, default='', editable=False, max_length=64, of='phone')),
                ('injury', models.CharField(max_length=200, verbose_name='伤情')),
                ('treatment', models.CharField(blank=True, max_length=200, verbose_name='救治')),
                ('hospital', models.CharField(blank=True, max_length=100, verbose_name='送往医院')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.TextField(null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('accident', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='dutylog.accident')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical 伤者',
                'verbose_name_plural': 'historical 伤者',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='InjuredPerson',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(blank=True, max_length=60, verbose_name='姓名')),
                ('sex', models.CharField(blank=True, choices=[(None, '未填'), ('m', '男'), ('f', '女')], max_length=1, verbose_name='性别')),
                ('age', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='年龄')),
                ('phone', servicedesk.sealing.SealedField(blank=True, default='', verbose_name='电话')),
                ('phone_tail', servicedesk.sealing.TailField(blank=True, default='', editable=False, max_length=4, of='phone', verbose_name='电话后四位')),
                ('phone_digest', servicedesk.sealing.DigestField(blank=True, db_index=True, default='', editable=False, max_length=64, of='phone')),
                ('injury', models.CharField(max_length=200, verbose_name='伤情')),
                ('treatment', models.CharField(blank=True, max_length=200, verbose_name='救治')),
                ('hospital', models.CharField(blank=True, max_length=100, verbose_name='送往医院')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='版本')),
                ('accident', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='injured', to='dutylog.accident')),
            ],
            options={
                'verbose_name': '伤者',
                'verbose_name_plural': '伤者',
                'ordering': ['pk'],
            },
        ),
        migrations.AddIndex(
            model_name='accident',
            index=models.Index(fields=['-happened_at', '-id'], name='accident_happened'),
        ),
        migrations.AddIndex(
            model_name='accident',
            index=models.Index(fields=['service_point', 'state'], name='accident_point_state'),
        ),
        AppendOnly("accidentupdate", redactable=True),
        AppendOnly("historicalaccident", redactable=True),
        AppendOnly("historicalinjuredperson", redactable=True),
        grant_operation("dutylog", GRANTS),
    ]
