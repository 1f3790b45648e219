"""The form of a notice: which finds, where it goes up."""

from typing import Any

from django import forms

from lostfound.choices import NoticeChannel
from lostfound.models import FoundItem
from lostfound.services.notices import ANNOUNCEABLE_STATES, why_not_announceable
from servicedesk.forms.base import DeskForm
from servicedesk.forms.fields import RowsField

MOST_SHOWN = 200


class NoticeForm(DeskForm):
    """`rows` is what the page lists: picked items first, then what was never announced, oldest first."""

    channel = forms.ChoiceField(label="公告方式", choices=NoticeChannel.choices, initial=NoticeChannel.BOARD)
    items = RowsField(
        label="物品", queryset=FoundItem.objects.none(),
        error_messages={"required": "请至少选一件物品。", "invalid_choice": "所选物品已不能公告,请刷新后再选。",
                        "invalid_pk_value": "所选物品已不能公告,请刷新后再选。"},
    )

    def __init__(self, *args: Any, picked: list[int], **kwargs: Any):
        super().__init__(*args, **kwargs)
        everything = FoundItem.objects.filter(
            service_point=self.point, state__in=ANNOUNCEABLE_STATES, category__is_forbidden=False
        ).select_related("category", "zone", "service_point")
        self.fields["items"].queryset = everything
        self.everything, self.picked = everything, picked
        self.lay_out("channel")

    def rows(self) -> list[dict[str, Any]]:
        """Each item that may be chosen: the item, whether it is ticked, why it cannot be."""
        chosen = self._chosen()
        mine = list(self.everything.filter(pk__in=chosen).order_by("number"))
        waiting = self.everything.filter(announced_at__isnull=True).exclude(pk__in=chosen).order_by("handed_in_at")
        return [self._row(item, chosen) for item in [*mine, *waiting[:MOST_SHOWN]]]

    def _chosen(self) -> set[int]:
        if not self.is_bound:
            return set(self.picked)
        typed = self.data.getlist("items") if hasattr(self.data, "getlist") else self.data.get("items", [])
        return {int(key) for key in typed if str(key).isdecimal() and len(str(key)) < 19}

    @staticmethod
    def _row(item: FoundItem, chosen: set[int]) -> dict[str, Any]:
        why = why_not_announceable(item)
        return {"item": item, "is_ticked": item.pk in chosen and not why, "why": why}
