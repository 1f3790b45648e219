"""How the running log is narrowed."""

import datetime as dt

import django_filters
from django import forms
from django.db.models import Q
from django.utils import timezone

from dutylog.choices import EntryCategory, ShiftKind
from dutylog.models import LogEntry
from servicedesk.filters import RegisterFilter, YesNo
from servicedesk.models import User, Zone
from servicedesk.register import register_of
from servicedesk.services.search import ids_in_register

RECENT = (("today", "今天"), ("week", "近七天"))


class LogEntryFilter(RegisterFilter):
    """Words, category, place, author, shift, what is 补录 or struck, and when it happened."""

    date_field = "happened_at"

    recent = django_filters.ChoiceFilter(label="时段", choices=RECENT, method="filter_recent", empty_label="全部")
    category = django_filters.ChoiceFilter(label="类别", choices=EntryCategory.choices, empty_label="全部")
    zone = django_filters.ModelChoiceFilter(label="地点", queryset=Zone.objects.all(), empty_label="全部")
    created_by = django_filters.ModelChoiceFilter(label="记录人", queryset=User.objects.active(), empty_label="全部")
    shift = django_filters.ChoiceFilter(
        label="班次", choices=ShiftKind.choices, field_name="shift__kind", empty_label="全部"
    )
    is_late_entry = django_filters.BooleanFilter(label="补录", widget=YesNo)
    struck = django_filters.BooleanFilter(label="已划去", method="filter_struck", widget=YesNo)
    day = django_filters.NumberFilter(label="值班日", field_name="day_id", widget=forms.HiddenInput)

    class Meta:
        model = LogEntry
        fields = ["recent", "category", "zone", "created_by", "shift", "is_late_entry", "struck"]

    def filter_words(self, queryset, name, value):  # noqa: ARG002
        """A register's line is found by its record's number; one by hand by its words."""
        register = register_of(LogEntry)
        ids = ids_in_register(value, register) if register else []
        return queryset.filter(Q(pk__in=ids) | Q(record_number=value.strip().upper()))

    def filter_recent(self, queryset, name, value):  # noqa: ARG002
        today = timezone.localdate()
        first = today if value == "today" else today - dt.timedelta(days=6)
        return queryset.filter(happened_at__gte=timezone.make_aware(dt.datetime.combine(first, dt.time())))

    def filter_struck(self, queryset, name, value):  # noqa: ARG002
        return queryset.filter(struck_at__isnull=not value)
