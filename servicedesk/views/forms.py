"""One shape for every form that saves: shown, judged, saved once, and never lost."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views import View
from django.views.generic import TemplateView

from servicedesk.errors import AlreadySent, EditedMeanwhile, Refusal
from servicedesk.forms.base import DeskForm
from servicedesk.services.points import required_point
from servicedesk.services.submissions import discard_draft, finish_submission, take_submission


class RecordFormView(PermissionRequiredMixin, TemplateView, View):
    """GET shows the form. POST judges it, then runs `save(form)` in one transaction.

    A `Refusal` from the service comes back in the form with all that was typed. The hidden
    `submission_key` makes a form that is sent twice one record: the second answer leads to the first.

    Subclasses give `form_class`, `form_title`, `permission_required`, `save`, and where useful
    `form_kwargs`, `initial`, `draft_key`, `side_url`, `saved_sentence`, `next_url`. What `side_url` names
    gets the typed fields by POST (an address would stand in logs) and answers a piece of page.
    """

    raise_exception = True
    template_name = "registers/form.html"
    form_class: type[DeskForm]
    form_title = ""
    save_label = "保存"
    register: Any = None
    can_save_next = False
    needs_point = True

    def form_kwargs(self) -> dict[str, Any]:
        """Further arguments of the form."""
        return {}

    def initial(self) -> dict[str, Any]:
        """What the form shows at first."""
        return {}

    def draft_key(self) -> str:
        """The name under which what is typed is kept; one per form and record."""
        return self.request.path.strip("/").replace("/", "-")

    def side_url(self) -> str:
        return ""

    def save(self, form: Any) -> Any:
        """Call the service; returns the record. Runs in the transaction."""
        raise NotImplementedError

    def saved_sentence(self, record: Any) -> str:
        return f"已登记 {record}"

    def next_url(self, record: Any) -> str:
        """Where to go after saving; by default the record's page."""
        return self.register.detail_url(record.pk)

    def again_url(self) -> str:
        """Where the next one is typed: the same form, without what this one came from."""
        return self.request.path

    def make_form(self, data: Any = None, files: Any = None) -> Any:
        point = required_point(self.request) if self.needs_point else None
        return self.form_class(
            data, files, user=self.request.user, point=point, initial=self.initial(), **self.form_kwargs()
        )

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return self.show(self.make_form(), uuid.uuid4())

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        key = _submission_key(request)
        form = self.make_form(request.POST, request.FILES)
        if not form.is_valid():
            return self.show(form, key, status=422)
        try:
            record, url = self._save_once(form, key)
        except AlreadySent as again:
            messages.info(request, again.sentence)
            return redirect(again.facts["url"] or "start")
        except Refusal as refusal:
            form.refuse(refusal)
            if isinstance(refusal, EditedMeanwhile):
                form.meet(self.initial())
            return self.show(form, key, status=422)
        discard_draft(request.user, self.draft_key()[:120])
        if self.is_as_it_was(form, record):
            messages.info(request, f"没有改动,{record} 和原来一样,没有留下修改记录。")
        else:
            messages.success(request, self.saved_sentence(record))
        return redirect(self.again_url() if self.can_save_next and request.POST.get("after") == "next" else url)

    def edited(self, record: Any) -> Any:
        """Whose version the form bore, where `save` gives back another record."""
        return record

    def is_as_it_was(self, form: Any, record: Any) -> bool:
        """Whether a form for editing was saved as it was shown: the version is still the one that it bore."""
        seen, edited = form.cleaned_data.get("version"), self.edited(record)
        is_edit = seen is not None and set(form.initial) > {"version"} and not self.request.FILES
        if not is_edit or getattr(edited, "version", None) != seen:
            return False
        edited.refresh_from_db(fields=["version"])
        return edited.version == seen

    @transaction.atomic
    def _save_once(self, form: Any, key: uuid.UUID) -> tuple[Any, str]:
        submission = take_submission(key, self.request.user)
        record = self.save(form)
        url = self.next_url(record)
        finish_submission(submission, url)
        return record, url

    def show(self, form: Any, key: uuid.UUID, status: int = 200) -> HttpResponse:
        context = self.get_context_data(
            form=form, form_title=self.form_title, register=self.register, submission_key=key,
            draft_key=self.draft_key()[:120], side_url=self.side_url(), save_label=self.save_label,
            can_save_next=self.can_save_next,
        )
        return self.render_to_response(context, status=status)


def _submission_key(request: HttpRequest) -> uuid.UUID:
    try:
        return uuid.UUID(request.POST.get("submission_key", ""))
    except ValueError:
        return uuid.uuid4()
