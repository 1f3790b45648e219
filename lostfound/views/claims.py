"""The book of claims: opening one, and its page with the four steps as a strip."""

import uuid
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from lostfound.choices import OPEN_CLAIM_STATES, PAPER_OF_KIND, ClaimState, IntakeKind, ItemState
from lostfound.forms.claims import ClaimOpenForm
from lostfound.models import Claim
from lostfound.registers.claims import CLAIMS
from lostfound.services.claim_progress import (
    current_step,
    earlier_claims,
    furthest_step,
    rivals,
    said_in_time,
    strip,
)
from lostfound.services.claim_statements import add_statement, look_at_marks
from lostfound.services.claims import open_claim
from lostfound.services.competing import open_competing_claim
from lostfound.views.claim_facts import checked_side, claim_events, compared, fact_groups, side_questions
from lostfound.views.claim_panels import draft_key, panel_form, panel_url, paths_of
from lostfound.views.items import get_item
from servicedesk.models import PrintedPaper
from servicedesk.paper import papers_for
from servicedesk.services.asking import gathered
from servicedesk.views.forms import RecordFormView
from servicedesk.views.registers import RegisterDetailView


def get_claim(request: HttpRequest, pk: int) -> Claim:
    """The visible claim of the address; 404 for one of another desk as for none."""
    return get_object_or_404(CLAIMS.rows(request.user), pk=pk)


class ClaimOpenView(RecordFormView):
    """受理认领 of the item of the address; with a rival, both wait for the supervisor."""

    permission_required = "lostfound.add_claim"
    register = CLAIMS
    form_class = ClaimOpenForm
    template_name = "lostfound/claim_open.html"
    save_label = "受理认领"
    needs_point = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any):
        self.item = get_item(request, kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    @property
    def form_title(self) -> str:
        return f"受理认领 {self.item.number}"

    def form_kwargs(self) -> dict[str, Any]:
        return {"item": self.item}

    def initial(self) -> dict[str, Any]:
        confirmed = self.item.matches.filter(state="confirmed").first()
        return {"report": confirmed.report_id} if confirmed else {}

    def save(self, form: Any) -> Claim:
        data, by = form.cleaned_data, self.request.user
        begin = open_competing_claim if data.get("is_competing") else open_claim
        claim = begin(self.item, form.facts(), by=by, report=data.get("report"))
        for text in data["statements"]:
            add_statement(claim, text, by=by)
        return claim

    def saved_sentence(self, record: Claim) -> str:
        if record.state == ClaimState.ESCALATED:
            return f"已登记 {record}。有人争领,物品已冻结,请督导裁定。"
        return f"已受理 {record}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            item=self.item, is_claimed=self.item.state == ItemState.CLAIMING,
            cancel_url=reverse("lostfound:founditem_detail", args=[self.item.pk]), **kwargs,
        )


class ClaimDetailView(RegisterDetailView):
    """One claim: the strip, the panel of the step that waits, and everything that happened."""

    def rows(self) -> models.QuerySet:
        return super().rows().select_related(
            "item__zone", "item__holder", "item__storage", "second_person", "certificate_by", "approved_by"
        )

    def fact_groups(self, record: Claim) -> list[dict]:
        return fact_groups(record, self.request.user)

    def steps(self, record: Claim) -> list[dict]:
        return steps_of(record, self.request.user)

    def questions(self, record: Claim) -> dict[str, models.QuerySet]:
        corrections = record.corrections.select_related("by", "reread_by")
        halves = PrintedPaper.objects.filter(number=record.item.number, is_blank=False)
        return {"corrections": corrections, "halves": halves, **page_questions(record, self.request.user)}

    def events(self, record: Claim) -> list[dict]:
        return claim_events(self.found["statements"], self.found["corrections"])

    def papers(self, record: Claim) -> list[dict]:
        """The claim's own sheets, and the item's, whose lower half the claim fills."""
        own = super().papers(record)
        return [*own, *self._halves(record)] if self.request.user.has_perm("lostfound.print_founditem") else own

    def _halves(self, record: Claim) -> list[dict]:
        asked = {"id": record.item_id}
        return [
            {
                "key": paper.key, "label": f"{paper.title}(下联)",
                "reprints": sum(printed.paper == paper.key for printed in self.found["halves"]),
                "preview_url": f"{reverse('paper_pdf', args=[paper.key])}?{urlencode(asked)}",
                "pdf_url": f"{reverse('paper', args=[paper.key])}?{urlencode(asked)}", "blank_url": "",
            }
            for paper in papers_for(record.item, [PAPER_OF_KIND[IntakeKind(record.item.intake_kind)]])
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        claim, user = self.record, self.request.user
        shown = shown_step(claim, self.request.GET.get("step", ""), said_in_time(claim, self.found["statements"]))
        form = panel_form(claim, shown, self.request)
        return context | page_facts(claim, shown, user, self.found) | {
            "claim_facts": context["fact_groups"], "fact_groups": [], "form": form, "submission_key": uuid.uuid4(),
            "panel_url": panel_url(claim, shown, self.request), "paths": paths_of(claim, shown, self.request),
            "draft_key": draft_key(claim, shown, self.request) if form else "",
        }


def page_questions(claim: Claim, user: Any) -> dict[str, models.QuerySet]:
    """The lists that `page_facts` shows."""
    disputed = rivals(claim) if claim.state == ClaimState.ESCALATED else Claim.objects.none()
    return {
        "statements": claim.statements.select_related("typed_by", "judged_by"), "earlier": earlier_claims(claim, user),
        "rivals": disputed.prefetch_related("statements"), **side_questions(claim, user),
    }


def page_facts(claim: Claim, shown: int, user: Any, found: dict[str, list] | None = None) -> dict[str, Any]:
    """What strip and panels show, on the claim's page and after a refusal alike."""
    found = gathered(page_questions(claim, user)) if found is None else found
    said = said_in_time(claim, found["statements"])
    return {
        "claim": claim, "record_what": claim.item.described, "strip": strip(claim, shown, said), "shown_step": shown,
        "current_step": current_step(claim, said), "is_over": claim.state not in OPEN_CLAIM_STATES,
        "comparisons": compared(claim), **{name: found[name] for name in ("earlier", "statements", "rivals")},
        "side": checked_side(claim, found), "may_open_item": user.has_perm("lostfound.view_founditem"),
    }


def shown_step(claim: Claim, asked: str, said: int) -> int:
    """The step asked for, if the claim has come so far; else the one that waits."""
    here = current_step(claim, said)
    wanted = int(asked) if asked in {"1", "2", "3", "4"} else 0
    return wanted if 1 <= wanted <= furthest_step(claim, here) else here


def _step(claim: Claim, label: str, name: str, icon: str, right: str, **more: Any) -> dict[str, Any]:
    url = reverse(f"lostfound:{name}", args=[claim.pk])
    return {"label": label, "url": url, "icon": icon, "right": right, **more}


def _possible(claim: Claim) -> list[dict[str, Any]]:
    change, steps = "lostfound.change_claim", []
    if claim.state == ClaimState.ESCALATED:
        steps.append(_step(claim, "裁定", "claim_decide", "hammer", "lostfound.decide_claim", is_primary=True))
    if claim.state == ClaimState.BLOCKED:
        steps.append(_step(claim, "失主本人到场", "claim_owner_comes", "person-fill", change, is_primary=True))
        steps.append(_step(claim, "公安证明", "claim_certify", "patch-check", "lostfound.certify_claim"))
    if claim.state in (ClaimState.OPENED, ClaimState.VERIFYING, ClaimState.BLOCKED):
        steps.append(_step(claim, "更正打字错误", "claim_correct_name", "pencil", change))
    if claim.state in OPEN_CLAIM_STATES and claim.state != ClaimState.ESCALATED:
        steps.append(_step(claim, "请督导裁定", "claim_escalate", "people", change))
        steps.append(_step(claim, "不予通过", "claim_reject", "x-circle", change, tone="cinnabar"))
    if claim.state in OPEN_CLAIM_STATES:
        steps.append(_step(claim, "认领人撤回", "claim_withdraw", "arrow-counterclockwise", change))
    return steps


def steps_of(claim: Claim, user: Any) -> list[dict]:
    """The further buttons of a claim; its likely next step is the panel below the strip."""
    return [step for step in _possible(claim) if user.has_perm(step.pop("right"))]


@require_POST
def claim_look(request: HttpRequest, pk: int) -> HttpResponse:
    """看暗记: somebody else than the one who opened looks at the secret marks; it is logged."""
    claim = get_claim(request, pk)
    if not request.user.has_perm("lostfound.change_claim"):
        raise PermissionDenied
    look_at_marks(claim, by=request.user)
    return redirect(f"{CLAIMS.detail_url(claim.pk)}?step=3")
