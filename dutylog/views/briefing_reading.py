"""早会 as its readers see it: the newest version, the board of who has not signed, signing, earlier versions."""

import uuid
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView

from dutylog.choices import BriefingState
from dutylog.forms.briefings import SignForm
from dutylog.models import Briefing, BriefingTask
from dutylog.registers.briefings import BRIEFINGS
from dutylog.services.briefing_readers import Standing, board, board_questions, note_opened, sign_briefing
from dutylog.services.briefing_versions import compare, content_of, parts_of, shown_content
from servicedesk.services.photos import photos_of
from servicedesk.services.pins import has_pin
from servicedesk.views.facts import first_is_primary, step
from servicedesk.views.registers import RegisterDetailView, RegisterView
from servicedesk.views.steps import RecordStepView, get_record

LIVE = (BriefingState.PUBLISHED, BriefingState.AMENDED)


class BriefingDetailView(RegisterDetailView):
    """The page: its newest version in the order of the paper, and who has read it."""

    def questions(self, record: Briefing) -> dict[str, QuerySet]:
        return board_questions(record) | {
            "versions": record.versions.select_related("by"), "tasks": record.tasks.select_related("owner", "done_by"),
            "notes": record.notes.select_related("by"), "photos": photos_of(record),
        }

    @cached_property
    def board(self) -> list[Standing]:
        return board(self.record, self.found)

    def fact_groups(self, record: Briefing) -> list[dict]:  # noqa: ARG002
        return []

    @property
    def own(self) -> Standing | None:
        user = self.request.user
        return next((line for line in self.board if line.reader.person_id == user.pk), None)

    def steps(self, record: Briefing) -> list[dict]:
        mine = self.own
        found = [_sign_step(record)] if mine is not None and mine.signed_at is None else []
        user = self.request.user
        return first_is_primary([*found, *(s for s in _possible(record) if user.has_perm(s.pop("right")))])

    def events(self, record: Briefing) -> list[dict]:  # noqa: ARG002
        return [
            {"at": v.at, "who": v.by.name, "title": f"第 {v.edition} 版(校验 {v.short_code})", "changes": [],
             "reason": v.reason}
            for v in self.found["versions"]
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        record, lines, mine, found = self.record, self.board, self.own, self.found
        newest = next((version for version in found["versions"] if version.edition == record.edition), None)
        return context | {
            "parts": parts_of(newest.content if newest else content_of(record)), "board": lines, "mine": mine,
            "unsigned": [line for line in lines if line.signed_at is None],
            "signed_count": sum(line.signed_at is not None for line in lines),
            "must_note_opened": mine is not None and mine.opened_at is None,
            "tasks": _tasks(record, found["tasks"], self.request.user),
            "notes": found["notes"], "photos": [_photo(photo) for photo in found["photos"]],
            "record_what": f"{record.on.month}月{record.on.day}日 {record.service_point.name}",
        }


def _tasks(record: Briefing, tasks: list[BriefingTask], user: Any) -> list[dict[str, Any]]:
    may_all = user.has_perm("dutylog.change_briefing")
    return [
        {"task": t, "may_finish": record.is_published and t.done_at is None and (may_all or t.owner_id == user.pk)}
        for t in tasks
    ]


def _photo(photo: Any) -> dict[str, str]:
    return {
        "caption": photo.caption, "full_url": reverse("photo", args=[photo.pk, "full"]),
        "thumb_url": reverse("photo", args=[photo.pk, "thumb"]),
    }


def _url(record: Briefing, name: str) -> str:
    return reverse(f"dutylog:briefing_{name}", args=[record.pk])


def _sign_step(record: Briefing) -> dict[str, Any]:
    return step("审阅签字", _url(record, "sign"), "pen")


def _possible(record: Briefing) -> list[dict[str, Any]]:
    change = "dutylog.change_briefing"
    if record.state == BriefingState.DRAFT:
        ask = f"{record} 发布后,审阅名单就固定下来,名单里的人都会收到通知。现在发布吗?"
        publish = step("发布", _url(record, "publish"), "megaphone", method="post", confirm=ask)
        return [
            {**publish, "right": "dutylog.publish_briefing"},
            step("修改", _url(record, "edit"), "pencil", right=change),
        ]
    compared = []
    if record.edition > 1:
        compared = [step("对照版本", _url(record, "compare"), "arrow-left-right", right="dutylog.view_briefing")]
    note = step("补记", _url(record, "note"), "journal-plus", right=change)
    if record.state not in LIVE:
        return [note, *compared]
    check = step("检查签字", _url(record, "close"), "patch-check", right="dutylog.close_briefing")
    return [check, step("修改并重发", _url(record, "edit"), "pencil", right=change), note, *compared]


class BriefingSignView(RecordStepView):
    """审阅签字: the words again, then password or PIN. No right is needed; who is not asked is told so."""

    permission_required = ()
    register = BRIEFINGS
    form_class: Any = SignForm
    step = "审阅签字"
    done = "您已签字:{record}"
    template_name = "dutylog/briefing_sign.html"

    def draft_key(self) -> str:
        return ""

    def initial(self) -> dict[str, Any]:
        return {"edition": self.record.edition}

    def show(self, form: SignForm, key: uuid.UUID, status: int = 200) -> HttpResponse:
        """A refused form comes back under the words that stand now, and signs those."""
        if form.is_bound:
            self.record.refresh_from_db()
            form.data = {**form.data.dict(), "edition": self.record.edition}
        return super().show(form, key, status)

    def act(self, data: dict[str, Any]) -> None:
        sign_briefing(self.record, by=self.request.user, edition=data["edition"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {
            "parts": parts_of(shown_content(self.record)), "has_pin": has_pin(self.request.user),
            "must_note_opened": self.record.readers.filter(person=self.request.user).exists(),
        }


class BriefingCompareView(RegisterView, TemplateView):
    """Two versions beside each other: the newest with the one before, or the two of `?old=…&new=…`."""

    template_name = "dutylog/briefing_compare.html"
    register = BRIEFINGS

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        record = self.get_record()
        versions = list(record.versions.select_related("by").order_by("edition"))
        if len(versions) < 2:
            raise Http404
        by_edition = {str(v.edition): v for v in versions}
        new = by_edition.get(self.request.GET.get("new", ""), versions[-1])
        old = by_edition.get(self.request.GET.get("old", ""), versions[max(versions.index(new) - 1, 0)])
        return super().get_context_data(
            record=record, register=BRIEFINGS, versions=versions, old=old, new=new, parts=compare(old, new), **kwargs
        )


@require_POST
def briefing_opened(request: HttpRequest, pk: int) -> HttpResponse:
    """The page tells that it was shown to its reader; whoever is not asked leaves no trace."""
    note_opened(get_record(BRIEFINGS, request, pk), request.user)
    return HttpResponse(status=204)
