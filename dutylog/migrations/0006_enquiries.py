"""Calls and questions with their counters."""

import django.db.models.deletion
import servicedesk.sealing
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from dutylog.rights.enquiries import GRANTS
from servicedesk.appendonly import AppendOnly
from servicedesk.rights import grant_operation
from servicedesk.db.migrating import ManyTables


class Migration(ManyTables):

    dependencies = [
        ('contenttypes', '0002_remove_content_type_name'),
        ('dutylog', '0005_briefings'),
        ('servicedesk', '0008_purge_reaches_evidence'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoricalEnquiry',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('number', models.CharField(db_index=True, editable=False, max_length=32, verbose_name='编号')),
                ('created_at', models.DateTimeField(verbose_name='登记时间')),
                ('state', models.CharField(choices=[('open', '待答复'), ('answered', '已答复'), ('void', '作废')], default='open', max_length=8, verbose_name='状态')),
                ('direction', models.CharField(choices=[('on_site', '现场'), ('incoming', '来电'), ('outgoing', '去电')], max_length=8, verbose_name='方式')),
                ('received_at', models.DateTimeField(verbose_name='时间')),
                ('is_missed', models.BooleanField(default=False, verbose_name='未接来电')),
                ('phone', servicedesk.sealing.SealedField(blank=True, default='', verbose_name='电话')),
                ('phone_tail', servicedesk.sealing.TailField(blank=True, default='', editable=False, max_length=4, of='phone', verbose_name='电话后四位')),
                ('phone_digest', servicedesk.sealing.DigestField(blank=True, db_index=True, default='', editable=False, max_length=64, of='phone')),
                ('caller_name', models.CharField(blank=True, max_length=60, verbose_name='姓名')),
                ('kind', models.CharField(choices=[('question', '咨询'), ('price', '询价'), ('booking', '订票'), ('complaint', '投诉'), ('help', '求助'), ('lost', '失物'), ('praise', '表扬'), ('suggestion', '建议')], max_length=10, verbose_name='类别')),
                ('summary', models.CharField(blank=True, max_length=500, verbose_name='内容')),
                ('answer', models.CharField(blank=True, max_length=500, verbose_name='答复')),
                ('due_at', models.DateTimeField(blank=True, null=True, verbose_name='答复期限')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='答复时间')),
                ('relay_text', models.CharField(blank=True, max_length=300, verbose_name='转告内容')),
                ('relayed_at', models.DateTimeField(blank=True, null=True, verbose_name='转告时间')),
                ('object_id', models.PositiveBigIntegerField(blank=True, null=True)),
                ('became_number', models.CharField(blank=True, max_length=32, verbose_name='已转')),
                ('void_reason', models.CharField(blank=True, max_length=200, verbose_name='作废原因')),
                ('anonymised_at', models.DateTimeField(blank=True, null=True, verbose_name='个人信息清除时间')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.TextField(null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('answered_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='答复人')),
                ('content_type', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='contenttypes.contenttype')),
                ('created_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='登记人')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('relay_to', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='转告')),
                ('service_point', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='servicedesk.servicepoint', verbose_name='服务点')),
            ],
            options={
                'verbose_name': 'historical 来电咨询',
                'verbose_name_plural': 'historical 来电咨询',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Enquiry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(editable=False, max_length=32, unique=True, verbose_name='编号')),
                ('created_at', models.DateTimeField(verbose_name='登记时间')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='版本')),
                ('state', models.CharField(choices=[('open', '待答复'), ('answered', '已答复'), ('void', '作废')], default='open', max_length=8, verbose_name='状态')),
                ('direction', models.CharField(choices=[('on_site', '现场'), ('incoming', '来电'), ('outgoing', '去电')], max_length=8, verbose_name='方式')),
                ('received_at', models.DateTimeField(verbose_name='时间')),
                ('is_missed', models.BooleanField(default=False, verbose_name='未接来电')),
                ('phone', servicedesk.sealing.SealedField(blank=True, default='', verbose_name='电话')),
                ('phone_tail', servicedesk.sealing.TailField(blank=True, default='', editable=False, max_length=4, of='phone', verbose_name='电话后四位')),
                ('phone_digest', servicedesk.sealing.DigestField(blank=True, db_index=True, default='', editable=False, max_length=64, of='phone')),
                ('caller_name', models.CharField(blank=True, max_length=60, verbose_name='姓名')),
                ('kind', models.CharField(choices=[('question', '咨询'), ('price', '询价'), ('booking', '订票'), ('complaint', '投诉'), ('help', '求助'), ('lost', '失物'), ('praise', '表扬'), ('suggestion', '建议')], max_length=10, verbose_name='类别')),
                ('summary', models.CharField(blank=True, max_length=500, verbose_name='内容')),
                ('answer', models.CharField(blank=True, max_length=500, verbose_name='答复')),
                ('due_at', models.DateTimeField(blank=True, null=True, verbose_name='答复期限')),
                ('due_steps', models.JSONField(blank=True, default=list, verbose_name='期限的算法')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='答复时间')),
                ('relay_text', models.CharField(blank=True, max_length=300, verbose_name='转告内容')),
                ('relayed_at', models.DateTimeField(blank=True, null=True, verbose_name='转告时间')),
                ('object_id', models.PositiveBigIntegerField(blank=True, null=True)),
                ('became_number', models.CharField(blank=True, max_length=32, verbose_name='已转')),
                ('void_reason', models.CharField(blank=True, max_length=200, verbose_name='作废原因')),
                ('anonymised_at', models.DateTimeField(blank=True, null=True, verbose_name='个人信息清除时间')),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='答复人')),
                ('content_type', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contenttypes.contenttype')),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='登记人')),
                ('relay_to', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='转告')),
                ('service_point', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='servicedesk.servicepoint', verbose_name='服务点')),
            ],
            options={
                'verbose_name': '来电咨询',
                'verbose_name_plural': '来电咨询',
                'permissions': [('void_enquiry', '作废来电咨询')],
                'default_permissions': ('add', 'change', 'delete', 'view', 'export', 'print'),
                'indexes': [models.Index(fields=['service_point', '-received_at'], name='enquiry_point_received'), models.Index(fields=['-received_at', '-id'], name='enquiry_received'), models.Index(fields=['state', 'due_at'], name='enquiry_state_due'), models.Index(fields=['phone_tail'], name='enquiry_phone_tail')],
            },
        ),
        migrations.CreateModel(
            name='EnquiryTally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('direction', models.CharField(choices=[('on_site', '现场'), ('phone', '电话')], max_length=7, verbose_name='方式')),
                ('topic', models.CharField(max_length=20, verbose_name='主题')),
                ('change', models.SmallIntegerField(verbose_name='增减')),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='记录人')),
                ('day', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tallies', to='dutylog.dutyday')),
                ('undoes', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='undone_by', to='dutylog.enquirytally')),
            ],
            options={
                'verbose_name': '咨询计数',
                'verbose_name_plural': '咨询计数',
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['day', 'direction', 'topic'], name='tally_day_topic')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('change', 1), ('undoes', None)), models.Q(('change', -1), ('undoes__isnull', False)), _connector='OR'), name='a_stroke_adds_one_or_takes_one_back')],
            },
        ),
        AppendOnly("enquirytally"),
        AppendOnly("historicalenquiry", redactable=True),
        grant_operation("dutylog", GRANTS),
    ]
