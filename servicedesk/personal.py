"""What the ground floor itself keeps of people beside the records: drafts that nobody came back to."""

import datetime as dt

from django.db.models import QuerySet

from servicedesk.models import Draft
from servicedesk.personal_data import PersonalData, add_personal_data
from servicedesk.services import preferences

DRAFT_DAYS = "servicedesk.draft_days"


def old_drafts(moment: dt.datetime) -> QuerySet:
    """Drafts not touched for the days of the setting."""
    return Draft.objects.filter(saved_at__lt=moment - dt.timedelta(days=preferences.value(DRAFT_DAYS)))


add_personal_data(PersonalData(
    key="draft", label="没有保存的草稿", model=Draft, is_thrown_away=True, old=old_drafts,
    rule=lambda: f"最后一次填写后满 {preferences.value(DRAFT_DAYS)} 天",
))
