"""Parts of the day screen that other nouns and other apps give: headcounts, hand-over, rounds, briefing.

    add_panel(Panel(key="headcounts", title="报送人数", order=30, place="side",
                    template="dutylog/_headcounts.html", context=lambda day, user: {...}, right="dutylog.view_…"))
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from django.db.models import QuerySet

from dutylog.models import DutyDay

Place = Literal["main", "side"]


@dataclass(frozen=True, kw_only=True)
class Panel:
    """A titled part below the log (`main`) or beside it (`side`), in the order of `order`.

    `context(day, user)` gives the facts of `template`, which sees them as `facts.…`; None leaves the panel out
    for that day. `facts.day`, `facts.user` and `facts.can_change` (the day is not closed) are there besides.
    Lists that it shows are named in `questions(day, user)`: they come with the page's own by one query, and
    `context(day, user, found)` gets them.
    """

    key: str
    title: str
    order: int
    template: str
    context: Callable[..., dict[str, Any] | None]
    questions: Callable[[DutyDay, Any], dict[str, QuerySet]] | None = None
    place: Place = "side"
    right: str = ""

    def facts(self, day: DutyDay, user: Any, found: dict[str, list[Any]]) -> dict[str, Any] | None:
        if self.questions is None:
            return self.context(day, user)
        return self.context(day, user, {name: found[f"{self.key}.{name}"] for name in self.questions(day, user)})


_panels: dict[str, Panel] = {}


def add_panel(panel: Panel) -> Panel:
    """Make a panel known to the day screen; called when the module that declares it is read."""
    _panels[panel.key] = panel
    return panel


def _shown_to(user: Any) -> list[Panel]:
    panels = sorted(_panels.values(), key=lambda panel: panel.order)
    return [panel for panel in panels if not panel.right or user.has_perm(panel.right)]


def panel_questions(day: DutyDay, user: Any) -> dict[str, QuerySet]:
    """The lists that the panels of a person show, each named after its panel."""
    return {
        f"{panel.key}.{name}": rows
        for panel in _shown_to(user) if panel.questions for name, rows in panel.questions(day, user).items()
    }


def panels_of(day: DutyDay, user: Any, place: Place, found: dict[str, list[Any]]) -> list[dict[str, Any]]:
    """The panels that a person sees on a day, each with its facts; `found` answers `panel_questions`."""
    shown = []
    for panel in _shown_to(user):
        facts = panel.facts(day, user, found) if panel.place == place else None
        if facts is not None:
            more = {"day": day, "user": user, "can_change": not day.is_locked}
            shown.append({"panel": panel, "facts": {**facts, **more}})
    return shown
