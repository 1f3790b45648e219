"""Rows of the morning briefing."""

import datetime as dt

from django.utils import timezone

from dutylog.models import Briefing
from dutylog.services.briefings import BriefingFacts, TaskFacts, amend_briefing, draft_briefing, publish_briefing
from servicedesk.choices import Role
from tests.access.row import Row, everyone, only
from tests.access.world import thing

DESK = (Role.CLERK, Role.CUSTODIAN, Role.SUPERVISOR, Role.MANAGER)
HEADS = (Role.SUPERVISOR, Role.MANAGER)
SEES = (*DESK, Role.FOREMAN, Role.DUTY_MANAGER, Role.SAFETY, Role.ASSETS)


def _facts(world, back: int, **more) -> BriefingFacts:
    head = world.person(Role.SUPERVISOR)
    return BriefingFacts(**{
        "on": timezone.localdate() - dt.timedelta(days=back), "starts_at": dt.time(7, 40), "host": head,
        "recorder": head, "operations": "开放项目:缆车", "yesterday": "投诉:无", **more,
    })


@thing
def draft_page(world) -> Briefing:
    return draft_briefing(_facts(world, 0), by=world.person(Role.SUPERVISOR), point=world.point)


@thing
def read_page(world) -> Briefing:
    """Published to the people of the desk and changed once."""
    head = world.person(Role.SUPERVISOR)
    facts = _facts(world, 1, tasks=[TaskFacts(matter="清点雨伞")])
    page = publish_briefing(draft_briefing(facts, by=head, point=world.point), by=head)
    return amend_briefing(page, _facts(world, 1, tasks=[TaskFacts(matter="清点轮椅")]), by=head, reason="改")


@thing
def read_page_task(world):
    return world.read_page.tasks.get()


ROWS = [
    Row("dutylog:briefing_list", get=only(200, *SEES)),
    Row("dutylog:briefing_export", get=only(200, *DESK), post=only(200, Role.MANAGER), data={"reason": "存档"},
        get_writes=("servicedesk_exportlog",)),
    Row("dutylog:briefing_bulk", post=only(404, *SEES)),
    Row("dutylog:briefing_create", get=only(200, *DESK), post=only(422, *DESK)),
    Row("dutylog:briefing_detail", ("@read_page",), of_desk=True, get=only(200, *SEES)),
    Row("dutylog:briefing_edit", ("@draft_page",), of_desk=True, get=only(200, *DESK), post=only(422, *DESK)),
    Row("dutylog:briefing_publish", ("@draft_page",), of_desk=True, post=only(302, *HEADS)),
    # whoever is asked signs: no right is needed, and a wrong form comes back
    Row("dutylog:briefing_opened", ("@read_page",), of_desk=True, post=everyone(204)),
    Row("dutylog:briefing_sign", ("@read_page",), of_desk=True, get=everyone(200), post=everyone(422)),
    Row("dutylog:briefing_close", ("@read_page",), of_desk=True, get=only(200, *HEADS), post=only(422, *HEADS)),
    Row("dutylog:briefing_note", ("@read_page",), of_desk=True, get=only(200, *DESK), post=only(422, *DESK)),
    Row("dutylog:briefing_compare", ("@read_page",), of_desk=True, get=only(200, *SEES)),
    Row("dutylog:briefing_task_done", ("@read_page_task",), of_desk=True, post=only(302, *DESK)),
]
