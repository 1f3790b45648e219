"""Inbox's way out of the house, the job runner, the PIN of a signature."""

import django.db.models.deletion
import servicedesk.sealing
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from servicedesk.appendonly import AppendOnly
from servicedesk.rights import GRANTS, grant_operation
from servicedesk.db.migrating import ManyTables


class Migration(ManyTables):

    dependencies = [
        ('contenttypes', '0002_remove_content_type_name'),
        ('servicedesk', '0006_inbox'),
    ]

    operations = [
        migrations.CreateModel(
            name='Channel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40, unique=True, verbose_name='名称')),
                ('kind', models.CharField(choices=[('wecom', '企业微信群机器人'), ('dingtalk', '钉钉群机器人'), ('feishu', '飞书群机器人'), ('email', '电子邮件')], max_length=8, verbose_name='方式')),
                ('address', servicedesk.sealing.SealedField(verbose_name='地址')),
                ('secret', servicedesk.sealing.SealedField(blank=True, verbose_name='密钥')),
                ('server', models.CharField(blank=True, max_length=120, verbose_name='发信服务器')),
                ('account', models.CharField(blank=True, max_length=120, verbose_name='发信账号')),
                ('topics', models.JSONField(default=list, verbose_name='发送内容')),
                ('is_active', models.BooleanField(default=True, verbose_name='在用')),
            ],
            options={
                'verbose_name': '通知渠道',
                'verbose_name_plural': '通知渠道',
                'ordering': ['name'],
                'permissions': [('manage_channels', '管理对外通知渠道')],
            },
        ),
        migrations.CreateModel(
            name='JobState',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=60, unique=True, verbose_name='任务')),
                ('next_at', models.DateTimeField(verbose_name='下次')),
                ('last_started_at', models.DateTimeField(blank=True, null=True, verbose_name='上次开始')),
                ('last_finished_at', models.DateTimeField(blank=True, null=True, verbose_name='上次结束')),
                ('last_seconds', models.FloatField(blank=True, null=True, verbose_name='用时(秒)')),
                ('last_said', models.CharField(blank=True, max_length=200, verbose_name='结果')),
                ('last_error', models.CharField(blank=True, max_length=200, verbose_name='错误')),
                ('failed_at', models.DateTimeField(blank=True, null=True, verbose_name='出错时间')),
                ('leased_by', models.CharField(blank=True, max_length=80)),
                ('leased_until', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name': '后台任务',
                'verbose_name_plural': '后台任务',
                'ordering': ['key'],
            },
        ),
        migrations.CreateModel(
            name='Runner',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, unique=True, verbose_name='进程')),
                ('started_at', models.DateTimeField(verbose_name='启动')),
                ('beat_at', models.DateTimeField(db_index=True, verbose_name='心跳')),
            ],
            options={
                'verbose_name': '后台进程',
                'verbose_name_plural': '后台进程',
                'ordering': ['-beat_at'],
                'permissions': [('see_jobs', '查看后台任务')],
            },
        ),
        migrations.CreateModel(
            name='HistoricalChannel',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('name', models.CharField(db_index=True, max_length=40, verbose_name='名称')),
                ('kind', models.CharField(choices=[('wecom', '企业微信群机器人'), ('dingtalk', '钉钉群机器人'), ('feishu', '飞书群机器人'), ('email', '电子邮件')], max_length=8, verbose_name='方式')),
                ('address', servicedesk.sealing.SealedField(verbose_name='地址')),
                ('secret', servicedesk.sealing.SealedField(blank=True, verbose_name='密钥')),
                ('server', models.CharField(blank=True, max_length=120, verbose_name='发信服务器')),
                ('account', models.CharField(blank=True, max_length=120, verbose_name='发信账号')),
                ('topics', models.JSONField(default=list, verbose_name='发送内容')),
                ('is_active', models.BooleanField(default=True, verbose_name='在用')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.TextField(null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical 通知渠道',
                'verbose_name_plural': 'historical 通知渠道',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Pin',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digits', models.CharField(max_length=128, verbose_name='PIN(已加密)')),
                ('set_at', models.DateTimeField(verbose_name='设置时间')),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='pin', to=settings.AUTH_USER_MODEL, verbose_name='员工')),
            ],
            options={
                'verbose_name': '签字 PIN',
                'verbose_name_plural': '签字 PIN',
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('topic', models.CharField(max_length=30, verbose_name='内容类别')),
                ('text', models.TextField(verbose_name='内容')),
                ('object_id', models.PositiveBigIntegerField(blank=True, null=True)),
                ('state', models.CharField(choices=[('queued', '待发送'), ('sent', '已发送'), ('failed', '没发出,将重试'), ('given_up', '已放弃')], default='queued', max_length=8, verbose_name='状态')),
                ('tries', models.PositiveSmallIntegerField(default=0, verbose_name='次数')),
                ('next_try_at', models.DateTimeField(verbose_name='下次发送')),
                ('last_try_at', models.DateTimeField(blank=True, null=True, verbose_name='最近一次')),
                ('post', models.UUIDField(blank=True, null=True)),
                ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='发出时间')),
                ('error', models.CharField(blank=True, max_length=200, verbose_name='原因')),
                ('created_at', models.DateTimeField(verbose_name='时间')),
                ('channel', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to='servicedesk.channel', verbose_name='渠道')),
                ('content_type', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contenttypes.contenttype')),
                ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='发起人')),
            ],
            options={
                'verbose_name': '对外通知',
                'verbose_name_plural': '对外通知',
                'ordering': ['-pk'],
                'indexes': [models.Index(fields=['state', 'next_try_at'], name='servicedesk_state_49d8cb_idx'), models.Index(fields=['channel', 'last_try_at'], name='servicedesk_channel_17eae8_idx'), models.Index(fields=['content_type', 'object_id'], name='servicedesk_content_ef2fc0_idx')],
            },
        ),
        AppendOnly('historicalchannel', redactable=True),
        grant_operation('servicedesk', GRANTS),
    ]
