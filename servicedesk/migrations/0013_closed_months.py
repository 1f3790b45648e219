"""Months that are closed, and what was changed in them afterwards: tables that only grow."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from servicedesk.appendonly import AppendOnly


class Migration(migrations.Migration):

    dependencies = [
        ('contenttypes', '0002_remove_content_type_name'),
        ('servicedesk', '0012_visitor_codes'),
    ]

    operations = [
        migrations.CreateModel(
            name='ClosedMonth',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField(unique=True, verbose_name='月份')),
                ('closed_at', models.DateTimeField(verbose_name='封账时间')),
                ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='封账人')),
            ],
            options={
                'verbose_name': '已封账的月份',
                'verbose_name_plural': '已封账的月份',
                'ordering': ['-month'],
            },
        ),
        migrations.CreateModel(
            name='LateChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('object_id', models.PositiveBigIntegerField()),
                ('month', models.DateField(verbose_name='月份')),
                ('register', models.CharField(max_length=40, verbose_name='登记簿')),
                ('number', models.CharField(max_length=40, verbose_name='编号')),
                ('is_new', models.BooleanField(default=False, verbose_name='补登记')),
                ('reason', models.CharField(max_length=200, verbose_name='更正原因')),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='更正人')),
                ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contenttypes.contenttype')),
            ],
            options={
                'verbose_name': '封账后的更正',
                'verbose_name_plural': '封账后的更正',
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['month', 'at'], name='late_change_month'), models.Index(fields=['content_type', 'object_id'], name='late_change_record')],
            },
        ),
        AppendOnly('closedmonth'),
        AppendOnly('latechange', redactable=True),
    ]
