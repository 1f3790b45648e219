"""The month archive, which only grows, and who makes and reads it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from reports.rights import GRANTS
from servicedesk.appendonly import AppendOnly
from servicedesk.db.migrating import ManyTables
from servicedesk.rights import grant_operation


class Migration(ManyTables):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('servicedesk', '0013_closed_months'),
    ]

    operations = [
        migrations.CreateModel(
            name='MonthArchive',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField(verbose_name='月份')),
                ('version', models.PositiveSmallIntegerField(verbose_name='版')),
                ('made_at', models.DateTimeField(verbose_name='归档时间')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='原因')),
                ('manifest', models.TextField(verbose_name='清单')),
                ('seal', models.CharField(max_length=64)),
                ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='归档人')),
            ],
            options={
                'verbose_name': '月度归档',
                'verbose_name_plural': '月度归档',
                'ordering': ['-month', '-version'],
                'permissions': [('download_montharchive', '下载月度归档')],
                'default_permissions': ('add', 'view', 'print'),
            },
        ),
        migrations.CreateModel(
            name='MonthArchiveFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('workbook', '工作簿(已脱敏)'), ('full', '工作簿(完整号码)'), ('binder', '装订册 PDF'), ('manifest', '清单与校验值')], max_length=8, verbose_name='种类')),
                ('name', models.CharField(max_length=120, verbose_name='文件')),
                ('size', models.PositiveBigIntegerField(verbose_name='大小(字节)')),
                ('sha256', models.CharField(max_length=64)),
                ('stored', models.CharField(max_length=80)),
                ('archive', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='reports.montharchive')),
            ],
            options={
                'verbose_name': '归档文件',
                'verbose_name_plural': '归档文件',
                'ordering': ['archive', 'pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='montharchive',
            constraint=models.UniqueConstraint(fields=('month', 'version'), name='one_archive_per_version'),
        ),
        migrations.AddConstraint(
            model_name='montharchivefile',
            constraint=models.UniqueConstraint(fields=('archive', 'kind'), name='one_file_of_a_kind_per_archive'),
        ),
        AppendOnly('montharchive'),
        AppendOnly('montharchivefile'),
        grant_operation('reports', GRANTS),
    ]
