"""The steps of a claim, each a form over one service; a refusal leaves everything typed in the panel."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode

from lostfound.choices import ClaimState
from lostfound.forms.claim_documents import CorrectNameForm, OwnerComesForm
from lostfound.forms.claim_ends import (
    FOR_NOBODY,
    CertificateForm,
    ClaimOpeningForm,
    ClaimReasonForm,
    DecideForm,
    RevealClaimForm,
)
from lostfound.models import Claim
from lostfound.registers.claims import CLAIMS
from lostfound.services.claim_documents import certify_names, correct_name, owner_comes, record_document
from lostfound.services.claim_progress import CHECK, DOCUMENT, SAY, SIGN
from lostfound.services.claim_statements import add_statement, judge_statement, open_for_view
from lostfound.services.claims import approve_claim, reject_claim, withdraw_claim
from lostfound.services.competing import decide_between, decide_for_none, escalate
from lostfound.services.release import release_found_item
from lostfound.views.claim_panels import RIGHTS, build_form, panel_url, paths_of
from lostfound.views.claims import get_claim, page_facts
from servicedesk.errors import Refusal
from servicedesk.services.disclosing import disclose
from servicedesk.views.forms import RecordFormView


class ClaimStepView(RecordFormView):
    """A step about the claim of the address; afterwards back to its page."""

    register = CLAIMS
    template_name = "lostfound/claim_step.html"
    permission_required = "lostfound.change_claim"
    needs_point = False
    step = ""
    done = "已保存 {claim}"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any):
        self.claim = get_claim(request, kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    @property
    def form_title(self) -> str:
        return f"{self.step} {self.claim.number}"

    @property
    def save_label(self) -> str:
        return self.step

    def form_kwargs(self) -> dict[str, Any]:
        return {"claim": self.claim}

    def saved_sentence(self, record: Claim) -> str:
        return self.done.format(claim=record)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        facts = page_facts(self.claim, 0, self.request.user)
        return super().get_context_data(cancel_url=CLAIMS.detail_url(self.claim.pk), **facts | kwargs)

    def save(self, form: Any) -> Claim:
        self.act(form)
        return self.claim

    def act(self, form: Any) -> None:
        raise NotImplementedError


class PanelView(ClaimStepView):
    """One of the four steps: its form stands in the panel of the claim's page and comes back there."""

    template_name = "lostfound/claim_panel.html"
    number = SAY

    def get_permission_required(self) -> tuple[str, ...]:
        return (RIGHTS[self.number],)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        query = {"step": self.number, **({"path": request.GET["path"]} if "path" in request.GET else {})}
        return redirect(f"{CLAIMS.detail_url(self.claim.pk)}?{urlencode(query)}")

    def make_form(self, data: Any = None, files: Any = None) -> Any:  # noqa: ARG002
        return build_form(self.claim, self.number, self.request, data)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs |= page_facts(self.claim, self.number, self.request.user)
        return super().get_context_data(
            panel_url=panel_url(self.claim, self.number, self.request),
            paths=paths_of(self.claim, self.number, self.request), **kwargs,
        )


class SayView(PanelView):
    """① one more thing the claimant says."""

    number, done = SAY, "已记下"

    def act(self, form: Any) -> None:
        add_statement(self.claim, form.cleaned_data["text"], by=self.request.user)

    def next_url(self, record: Claim) -> str:
        return f"{CLAIMS.detail_url(record.pk)}?step={SAY}"


class DocumentView(PanelView):
    """② the originals; unequal names come back as a blocked claim."""

    number = DOCUMENT

    def act(self, form: Any) -> None:
        record_document(
            self.claim, form.proof(), by=self.request.user, version=form.cleaned_data["version"] or 0
        )

    def saved_sentence(self, record: Claim) -> str:
        return names_sentence(record)


class JudgeView(PanelView):
    """③ the two sides ticked beside each other; with 核验通过 the claim is approved."""

    number = CHECK

    def act(self, form: Any) -> None:
        by = self.request.user
        for statement, verdict in form.verdicts():
            statement.claim = self.claim
            judge_statement(statement, verdict, by=by)
        if self.request.POST.get("after") == "approve":
            approve_claim(self.claim, by=by, means=tuple(form.cleaned_data["means"]))

    def saved_sentence(self, record: Claim) -> str:
        return "核验通过,请认领人签字" if record.state == ClaimState.APPROVED else "已保存核对结果"


class ReleaseView(PanelView):
    """④ 签字发还."""

    number, done = SIGN, "已发还 {claim}"

    def act(self, form: Any) -> None:
        release_found_item(self.claim, form.hand_over(), by=self.request.user)


def names_sentence(claim: Claim) -> str:
    """What the comparison of names came to."""
    return claim.blocked_reason or "证件已核对,姓名逐字一致"


class OpenForViewView(ClaimStepView):
    """③ 开启核对: from now on photo, features, contents and marks stand beside what was said."""

    form_class, step = ClaimOpeningForm, "开启核对"
    done = "已开启核对,请逐项判定"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect(CLAIMS.detail_url(self.claim.pk))

    def act(self, form: Any) -> None:  # noqa: ARG002
        open_for_view(self.claim, by=self.request.user)


class OwnerComesView(ClaimStepView):
    form_class, step = OwnerComesForm, "失主本人到场"

    def initial(self) -> dict[str, Any]:
        return {"origin": self.claim.origin}

    def act(self, form: Any) -> None:
        names = {name: form.cleaned_data[name] for name in ("claimant_name", "phone")}
        owner_comes(self.claim, form.proof(), by=self.request.user, **names)

    def saved_sentence(self, record: Claim) -> str:
        return names_sentence(record)


class CorrectNameView(ClaimStepView):
    form_class, step = CorrectNameForm, "更正打字错误"

    def act(self, form: Any) -> None:
        data = form.cleaned_data
        correct_name(
            self.claim, data["name_field"], data["name"], by=self.request.user, reread_by=data["second_person"],
            reason=data["reason"],
        )

    def saved_sentence(self, record: Claim) -> str:
        return f"已更正。{record.blocked_reason}" if record.blocked_reason else "已更正"


class CertifyView(ClaimStepView):
    permission_required, form_class, step = "lostfound.certify_claim", CertificateForm, "认可公安证明"
    done = "已认可公安证明 {claim}"

    def act(self, form: Any) -> None:
        certify_names(self.claim, form.cleaned_data["certificate_number"], by=self.request.user)


class RejectView(ClaimStepView):
    form_class, step = ClaimReasonForm, "不予通过"
    done = "{claim} 未通过,物品已回到原处"

    def act(self, form: Any) -> None:
        reject_claim(self.claim, by=self.request.user, reason=form.cleaned_data["reason"])


class WithdrawView(ClaimStepView):
    form_class, step = ClaimReasonForm, "认领人撤回"
    done = "{claim} 已撤回"

    def act(self, form: Any) -> None:
        withdraw_claim(self.claim, by=self.request.user, reason=form.cleaned_data["reason"])


class EscalateView(ClaimStepView):
    form_class, step = ClaimReasonForm, "请督导裁定"
    done = "{claim} 已转督导裁定,物品已冻结"

    def act(self, form: Any) -> None:
        escalate(self.claim, by=self.request.user, reason=form.cleaned_data["reason"])


class DecideView(ClaimStepView):
    """裁定: for one of the disputed claims, or for nobody."""

    permission_required, form_class, step = "lostfound.decide_claim", DecideForm, "裁定"
    done = "已裁定"

    def act(self, form: Any) -> None:
        winner, reason = form.cleaned_data["winner"], form.cleaned_data["reason"]
        if winner == FOR_NOBODY:
            decide_for_none(self.claim.item, by=self.request.user, reason=reason)
        else:
            decide_between(get_claim(self.request, int(winner)), by=self.request.user, reason=reason)


class RevealClaimView(ClaimStepView):
    """看全部: asks why, writes it down, shows the number on this page alone."""

    permission_required, form_class, step = "servicedesk.reveal_personal", RevealClaimForm, "查看"

    def has_permission(self) -> bool:
        return super().has_permission() and self.request.user.has_perm("lostfound.view_claim")

    @property
    def label(self) -> str:
        return str(Claim._meta.get_field(self.kwargs["field"]).verbose_name)

    @property
    def form_title(self) -> str:
        return f"查看{self.label} {self.claim.number}"

    def draft_key(self) -> str:
        return ""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.make_form(request.POST)
        if not form.is_valid():
            return self.show(form, "", status=422)
        try:
            disclose(self.claim, self.label, request.user, form.cleaned_data["reason"])
        except Refusal as refusal:
            form.refuse(refusal)
            return self.show(form, "", status=refusal.status)
        shown = {"claim": self.claim, "label": self.label, "value": getattr(self.claim, self.kwargs["field"])}
        return render(request, "lostfound/claim_revealed.html", {**shown, "register": CLAIMS})
