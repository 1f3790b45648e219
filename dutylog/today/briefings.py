"""What the morning briefing tells the start page: what this person has not signed, and today's page not published."""

from django.utils import timezone

from dutylog.choices import BriefingState
from dutylog.models import Briefing
from dutylog.registers.briefings import BRIEFINGS
from servicedesk.services.today import Named, Waiting, sources
from servicedesk.templatetags.said import day

MOST_NAMED = 50


def waiting(user) -> list[Named]:
    return [_unsigned(user), *_draft(user)]


def _unsigned(user) -> Named:
    """The pending list: it stands on the first page after sign-in until all is signed."""

    def say(rows: list[Briefing]) -> list[Waiting]:
        if not rows:
            return []
        first, is_one = rows[0], len(rows) == 1
        is_old = first.on < timezone.localdate()
        one, several = BRIEFINGS.detail_url(first.pk), f"{BRIEFINGS.list_url()}?pending=true"
        return [Waiting(
            sentence=f"早会记录 {first} 等您审阅签字" if is_one else f"{len(rows)} 份早会记录等您审阅签字",
            url=one if is_one else several, button="去签字", weight=len(rows),
            age="" if not is_old else f"最早 {day(first.on)}", tone="cinnabar" if is_old else "ochre",
        )]

    return Named(lists=[Briefing.objects.unsigned_by(user).order_by("on")[:MOST_NAMED]], say=say)


def _draft(user) -> list[Named]:
    if not user.has_perm("dutylog.publish_briefing"):
        return []
    rows = Briefing.objects.visible_to(user).filter(state=BriefingState.DRAFT, on__lte=timezone.localdate())

    def say(drafts: list[Briefing]) -> list[Waiting]:
        return [Waiting(
            sentence=f"早会记录 {draft} 还是草稿,发布后大家才能审阅", button="去发布",
            url=BRIEFINGS.detail_url(draft.pk), weight=1,
        ) for draft in drafts]

    return [Named(lists=[rows.order_by("on")[:1]], say=say)]


sources.waiting.append(waiting)
