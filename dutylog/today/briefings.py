"""What the morning briefing tells the start page: what this person has not signed, and today's page not published."""

from django.urls import reverse
from django.utils import timezone

from dutylog.choices import BriefingState
from dutylog.models import Briefing
from servicedesk.services.today import Waiting, sources
from servicedesk.templatetags.said import day


def waiting(user) -> list[Waiting]:
    return [*_unsigned(user), *_draft(user)]


def _unsigned(user) -> list[Waiting]:
    """The pending list: it stands on the first page after sign-in until all is signed."""
    rows = list(Briefing.objects.unsigned_by(user).order_by("on")[:50])
    if not rows:
        return []
    first = rows[0]
    one = reverse("dutylog:briefing_detail", args=[first.pk])
    several = f"{reverse('dutylog:briefing_list')}?pending=true"
    is_old = first.on < timezone.localdate()
    sentence = f"早会记录 {first} 等您审阅签字" if len(rows) == 1 else f"{len(rows)} 份早会记录等您审阅签字"
    return [Waiting(
        sentence=sentence, url=one if len(rows) == 1 else several, button="去签字", weight=len(rows),
        age="" if not is_old else f"最早 {day(first.on)}", tone="cinnabar" if is_old else "ochre",
    )]


def _draft(user) -> list[Waiting]:
    if not user.has_perm("dutylog.publish_briefing"):
        return []
    rows = Briefing.objects.visible_to(user).filter(state=BriefingState.DRAFT, on__lte=timezone.localdate())
    draft = rows.order_by("on").first()
    if draft is None:
        return []
    return [Waiting(
        sentence=f"早会记录 {draft} 还是草稿,发布后大家才能审阅", button="去发布",
        url=reverse("dutylog:briefing_detail", args=[draft.pk]), weight=1,
    )]


sources.waiting.append(waiting)
