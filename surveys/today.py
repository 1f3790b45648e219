"""The surveys on the start page: low answers that wait, and the answers of today."""

import datetime as dt

from django.urls import reverse
from django.utils import timezone

from servicedesk.services.asking import Tally
from servicedesk.services.today import Alarm, Number, Waiting, sources
from servicedesk.templatetags.said import when
from surveys.models import SurveySheet

LIST = "surveys:surveysheet_list"


def waiting(user) -> list[Alarm]:
    """Low answers of visitors who may be called."""
    if not user.has_perm("surveys.pass_on_surveysheet"):
        return []

    def line(tally: Tally) -> Waiting:
        return Waiting(
            sentence=f"{tally.count} 份问卷有低分,游客愿意接受回访,请登记抱怨", button="去处理", weight=tally.count,
            url=f"{reverse(LIST)}?care=waiting", age=f"最早 {when(tally.oldest)}" if tally.oldest else "",
        )

    rows = SurveySheet.objects.visible_to(user).waiting().filter(shows_scores=True)
    return [Alarm(rows=rows, line=line, oldest="answered_at")]


def numbers(user) -> list[Number]:
    """How many answered today."""
    if not user.has_perm("surveys.see_results"):
        return []
    today = timezone.localdate()
    midnight = timezone.make_aware(dt.datetime.combine(today, dt.time()))
    rows = SurveySheet.objects.visible_to(user).counted().filter(answered_at__gte=midnight)
    return [Number(label="今日问卷", rows=rows, url=f"{reverse(LIST)}?since={today}")]


sources.waiting.append(waiting)
sources.numbers.append(numbers)
