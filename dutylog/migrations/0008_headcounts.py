"""Headcounts with their corrections, and to whom they were told."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from dutylog.rights.headcounts import GRANTS
from servicedesk.appendonly import AppendOnly
from servicedesk.rights import grant_operation
from servicedesk.db.migrating import ManyTables


class Migration(ManyTables):

    dependencies = [
        ('dutylog', '0007_handovers_seal_chain'),
        ('servicedesk', '0008_purge_reaches_evidence'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HeadcountReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(editable=False, max_length=32, unique=True, verbose_name='编号')),
                ('created_at', models.DateTimeField(verbose_name='登记时间')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='版本')),
                ('on', models.DateField(verbose_name='日期')),
                ('slot', models.CharField(max_length=10, verbose_name='时点')),
                ('due_at', models.DateTimeField(verbose_name='应报时间')),
                ('taken_at', models.DateTimeField(verbose_name='统计时间')),
                ('entered', models.PositiveIntegerField(verbose_name='入园累计')),
                ('inside', models.PositiveIntegerField(blank=True, null=True, verbose_name='在园')),
                ('shows', models.JSONField(blank=True, default=list, verbose_name='剧院')),
                ('events', models.CharField(blank=True, max_length=200, verbose_name='活动')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='更正原因')),
                ('corrects', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrected_by', to='dutylog.headcountreport', verbose_name='更正')),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='登记人')),
                ('day', models.ForeignKey(blank=True, help_text='没有的是启用本系统以前的往年数', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='headcounts', to='dutylog.dutyday', verbose_name='值班日')),
                ('service_point', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='servicedesk.servicepoint', verbose_name='服务点')),
            ],
            options={
                'verbose_name': '报送人数',
                'verbose_name_plural': '报送人数',
                'permissions': [('send_headcountreport', '报送接待人数')],
                'default_permissions': ('add', 'change', 'delete', 'view', 'export', 'print'),
            },
        ),
        migrations.CreateModel(
            name='HeadcountSend',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('means', models.CharField(choices=[('channel', '系统发送'), ('copied', '复制到群'), ('phone', '电话'), ('radio', '对讲机'), ('face', '当面')], max_length=7, verbose_name='方式')),
                ('to_whom', models.CharField(max_length=200, verbose_name='报送对象')),
                ('at', models.DateTimeField(verbose_name='报送时间')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='报送人')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sends', to='dutylog.headcountreport')),
            ],
            options={
                'verbose_name': '报送记录',
                'verbose_name_plural': '报送记录',
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.AddIndex(
            model_name='headcountreport',
            index=models.Index(fields=['-on', '-due_at', '-id'], name='headcount_on'),
        ),
        migrations.AddIndex(
            model_name='headcountreport',
            index=models.Index(fields=['service_point', 'on'], name='headcount_point_on'),
        ),
        migrations.AddConstraint(
            model_name='headcountreport',
            constraint=models.UniqueConstraint(condition=models.Q(('corrects', None)), fields=('service_point', 'on', 'slot'), name='one_headcount_per_time'),
        ),
        AppendOnly("headcountreport"),
        AppendOnly("headcountsend"),
        grant_operation("dutylog", GRANTS),
    ]
