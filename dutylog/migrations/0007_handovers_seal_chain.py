"""Hand-overs, explanations of what a day left undone, and the chain of seals per desk."""

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from dutylog.rights import handovers, openitems
from servicedesk.appendonly import AppendOnly
from servicedesk.rights import grant_operation
from servicedesk.db.migrating import ManyTables


class Migration(ManyTables):

    dependencies = [
        ('dutylog', '0006_enquiries'),
        ('servicedesk', '0008_purge_reaches_evidence'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ClosingExplanation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('gate', models.CharField(max_length=60)),
                ('label', models.CharField(max_length=40, verbose_name='关口')),
                ('sentence', models.CharField(max_length=300, verbose_name='未办')),
                ('text', models.CharField(max_length=300, verbose_name='说明')),
                ('at', models.DateTimeField(verbose_name='时间')),
            ],
            options={
                'verbose_name': '未办说明',
                'verbose_name_plural': '未办说明',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='HandOver',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(editable=False, max_length=32, unique=True, verbose_name='编号')),
                ('created_at', models.DateTimeField(verbose_name='登记时间')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='版本')),
                ('state', models.CharField(choices=[('drafted', '清点中'), ('signed', '交班已签'), ('taken', '已交接')], default='drafted', max_length=7, verbose_name='状态')),
                ('frozen_at', models.DateTimeField(blank=True, null=True, verbose_name='交班时刻')),
                ('signed_at', models.DateTimeField(blank=True, null=True, verbose_name='交班签字时间')),
                ('taken_at', models.DateTimeField(blank=True, null=True, verbose_name='接班签字时间')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='交代事项')),
            ],
            options={
                'verbose_name': '交接班',
                'verbose_name_plural': '交接班',
                'ordering': ['-created_at'],
                'default_permissions': ('add', 'change', 'delete', 'view', 'export', 'print'),
            },
        ),
        migrations.CreateModel(
            name='HandOverLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(verbose_name='序号')),
                ('key', models.CharField(max_length=80)),
                ('label', models.CharField(max_length=80, verbose_name='物品')),
                ('unit', models.CharField(blank=True, max_length=8, verbose_name='单位')),
                ('mark', models.CharField(blank=True, max_length=40, verbose_name='封袋号')),
                ('expected', models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='应有')),
                ('counted', models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='实点')),
                ('remark', models.CharField(blank=True, max_length=200, verbose_name='说明')),
            ],
            options={
                'verbose_name': '清点',
                'verbose_name_plural': '清点',
                'ordering': ['hand_over', 'order'],
            },
        ),
        migrations.CreateModel(
            name='HistoricalHandOver',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('number', models.CharField(db_index=True, editable=False, max_length=32, verbose_name='编号')),
                ('created_at', models.DateTimeField(verbose_name='登记时间')),
                ('state', models.CharField(choices=[('drafted', '清点中'), ('signed', '交班已签'), ('taken', '已交接')], default='drafted', max_length=7, verbose_name='状态')),
                ('frozen_at', models.DateTimeField(blank=True, null=True, verbose_name='交班时刻')),
                ('signed_at', models.DateTimeField(blank=True, null=True, verbose_name='交班签字时间')),
                ('taken_at', models.DateTimeField(blank=True, null=True, verbose_name='接班签字时间')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='交代事项')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.TextField(null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical 交接班',
                'verbose_name_plural': 'historical 交接班',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AddField(
            model_name='dutyday',
            name='reopened_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='首次重新打开'),
        ),
        migrations.AddField(
            model_name='historicaldutyday',
            name='reopened_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='首次重新打开'),
        ),
        # The chain stands per desk and holds more than closings. Nothing could write the table before.
        migrations.DeleteModel(name='DaySeal'),
        migrations.CreateModel(
            name='DaySeal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveIntegerField(verbose_name='链上序号')),
                ('kind', models.CharField(choices=[('closing', '闭班'), ('addendum', '补记'), ('review', '审阅'), ('reopening', '重新打开')], max_length=9, verbose_name='类别')),
                ('round', models.PositiveSmallIntegerField(verbose_name='次')),
                ('content', models.TextField(verbose_name='内容')),
                ('previous', models.CharField(blank=True, max_length=64)),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='经办人')),
                ('day', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seals', to='dutylog.dutyday')),
                ('service_point', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='servicedesk.servicepoint')),
            ],
            options={
                'verbose_name': '锁定记录',
                'verbose_name_plural': '锁定记录',
                'ordering': ['service_point', 'place'],
            },
        ),
        migrations.AddIndex(
            model_name='openitem',
            index=models.Index(fields=['owner', 'state'], name='dutylog_ope_owner_i_236d3d_idx'),
        ),
        migrations.AddIndex(
            model_name='openitem',
            index=models.Index(fields=['-created_at', '-id'], name='openitem_created'),
        ),
        migrations.AddConstraint(
            model_name='dayseal',
            constraint=models.UniqueConstraint(fields=('service_point', 'place'), name='one_seal_per_place'),
        ),
        migrations.AddConstraint(
            model_name='dayseal',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'closing')), fields=('day', 'round'), name='one_closing_per_round'),
        ),
        migrations.AddField(
            model_name='closingexplanation',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='说明人'),
        ),
        migrations.AddField(
            model_name='closingexplanation',
            name='day',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='explanations', to='dutylog.dutyday'),
        ),
        migrations.AddField(
            model_name='handover',
            name='created_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='登记人'),
        ),
        migrations.AddField(
            model_name='handover',
            name='day',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hand_overs', to='dutylog.dutyday', verbose_name='值班日'),
        ),
        migrations.AddField(
            model_name='handover',
            name='from_shift',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='hand_over', to='dutylog.shift', verbose_name='交班班次'),
        ),
        migrations.AddField(
            model_name='handover',
            name='incoming',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='接班人'),
        ),
        migrations.AddField(
            model_name='handover',
            name='outgoing',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='交班人'),
        ),
        migrations.AddField(
            model_name='handover',
            name='service_point',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='servicedesk.servicepoint', verbose_name='服务点'),
        ),
        migrations.AddField(
            model_name='handover',
            name='to_shift',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='dutylog.shift', verbose_name='接班班次'),
        ),
        migrations.AddField(
            model_name='handoverline',
            name='hand_over',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='dutylog.handover'),
        ),
        migrations.AddField(
            model_name='historicalhandover',
            name='created_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='登记人'),
        ),
        migrations.AddField(
            model_name='historicalhandover',
            name='day',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='dutylog.dutyday', verbose_name='值班日'),
        ),
        migrations.AddField(
            model_name='historicalhandover',
            name='from_shift',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='dutylog.shift', verbose_name='交班班次'),
        ),
        migrations.AddField(
            model_name='historicalhandover',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalhandover',
            name='incoming',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='接班人'),
        ),
        migrations.AddField(
            model_name='historicalhandover',
            name='outgoing',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='交班人'),
        ),
        migrations.AddField(
            model_name='historicalhandover',
            name='service_point',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='servicedesk.servicepoint', verbose_name='服务点'),
        ),
        migrations.AddField(
            model_name='historicalhandover',
            name='to_shift',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='dutylog.shift', verbose_name='接班班次'),
        ),
        migrations.AddIndex(
            model_name='handover',
            index=models.Index(fields=['-created_at', '-id'], name='handover_created'),
        ),
        migrations.AddConstraint(
            model_name='handoverline',
            constraint=models.UniqueConstraint(fields=('hand_over', 'key'), name='one_line_per_thing'),
        ),
        AppendOnly('dayseal'),
        AppendOnly('closingexplanation'),
        AppendOnly('historicalhandover', redactable=True),
        grant_operation('dutylog', openitems.GRANTS),
        grant_operation('dutylog', handovers.GRANTS),
    ]
