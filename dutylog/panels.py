"""Parts of the day screen that other nouns and other apps give: headcounts, hand-over, rounds, briefing.

    add_panel(Panel(key="headcounts", title="报送人数", order=30, place="side",
                    template="dutylog/_headcounts.html", context=lambda day, user: {...}, right="dutylog.view_…"))
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from dutylog.models import DutyDay

Place = Literal["main", "side"]


@dataclass(frozen=True, kw_only=True)
class Panel:
    """A titled part below the log (`main`) or beside it (`side`), in the order of `order`.

    `context(day, user)` gives the facts of `template`, which sees them as `facts.…`; None leaves the panel out
    for that day. `facts.day`, `facts.user` and `facts.can_change` (the day is not closed) are there besides.
    """

    key: str
    title: str
    order: int
    template: str
    context: Callable[[DutyDay, Any], dict[str, Any] | None]
    place: Place = "side"
    right: str = ""


_panels: dict[str, Panel] = {}


def add_panel(panel: Panel) -> Panel:
    """Make a panel known to the day screen; called when the module that declares it is read."""
    _panels[panel.key] = panel
    return panel


def panels_of(day: DutyDay, user: Any, place: Place) -> list[dict[str, Any]]:
    """The panels that a person sees on a day, each with its facts."""
    found = []
    for panel in sorted(_panels.values(), key=lambda panel: panel.order):
        if panel.place != place or (panel.right and not user.has_perm(panel.right)):
            continue
        facts = panel.context(day, user)
        if facts is not None:
            more = {"day": day, "user": user, "can_change": not day.is_locked}
            found.append({"panel": panel, "facts": {**facts, **more}})
    return found
