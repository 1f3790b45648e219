"""One fact of a record's page."""

from typing import Any


def fact(label: str, value: Any, kind: str = "", **more: Any) -> dict[str, Any]:
    """A row of `includes/_facts.html`: `kind` long, wide, number, date …; `url` makes it a link."""
    return {"label": label, "value": value, "kind": kind, **more}


def step(label: str, url: str, icon: str, **more: Any) -> dict[str, Any]:
    """A button of `includes/_steps.html`: `method="post"`, `tone="cinnabar"`, `confirm="…"`."""
    return {"label": label, "url": url, "icon": icon, **more}


def first_is_primary(steps: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The likely step comes first and stands out."""
    return [{**each, "is_primary": place == 0} for place, each in enumerate(steps)]
