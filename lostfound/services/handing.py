"""A batch carried out: item by item out of the house, acknowledged, closed, or reversed line by line."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from lostfound.choices import BatchKind, BatchState, DisposalMethod, ItemState, MoveKind
from lostfound.errors.exits import (
    CashierNeeded,
    LineClosed,
    MethodNeeded,
    MethodNotAllowed,
    PartsOverlap,
    ReceiptNeeded,
    ReceiverNeeded,
    WitnessNeeded,
)
from lostfound.models import Batch, BatchLine, FoundItem
from lostfound.services.batch_rules import judged, methods_for, needs_legal_term, why_left_out
from lostfound.services.batches import may, require_right
from lostfound.services.custody import move_item
from lostfound.services.loglines import log_exit
from lostfound.services.matching import suggest_for_item
from servicedesk.choices import SignatureMeans
from servicedesk.errors import NotAllowed, NotPossibleNow, ReasonNeeded
from servicedesk.models import User
from servicedesk.services.search import index_record
from servicedesk.services.signing import sign
from servicedesk.services.transitions import amend, move

RECEIVE = "lostfound.receive_batch"
_STATE_AFTER = {
    BatchKind.FINANCE: ItemState.FINANCE, BatchKind.POLICE: ItemState.POLICE, BatchKind.DISPOSAL: ItemState.DISPOSED,
}
_MOVE = {BatchKind.FINANCE: MoveKind.FINANCE, BatchKind.POLICE: MoveKind.POLICE, BatchKind.DISPOSAL: MoveKind.DISPOSE}


@dataclass(frozen=True, kw_only=True)
class LineFacts:
    """How one item of the list went: method, receipt number, note."""

    line: BatchLine
    method: str
    receipt_number: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Receiver:
    """Who took the things. `second` confirmed with the own password: the cashier, or the witness."""

    name: str = ""
    unit: str = ""
    receipt_number: str = ""
    second: User | None = None


@dataclass(frozen=True)
class Executed:
    """What an execution did: how many went, the lines that had to stay with why, how many wait."""

    done: int
    stayed: tuple[str, ...]
    waiting: int = 0

    @property
    def sentence(self) -> str:
        left = f",{len(self.stayed)} 件没有移交:{';'.join(self.stayed)}" if self.stayed else ""
        more = f",还有 {self.waiting} 件待办" if self.waiting else ""
        return f"已移交 {self.done} 件{left}{more}"


def execute_batch(batch: Batch, lines: Iterable[LineFacts], receiver: Receiver, *, by) -> Executed:
    """Hand over lines of an approved list; with the last of them the list is executed.

    Each line is a transaction of its own, so a stop in the middle loses nothing and a further press
    goes on. An item that may no longer leave stays, with the reason.

    Raises:
        NotAllowed, NotPossibleNow, CashierNeeded, ReceiverNeeded, WitnessNeeded, PartsOverlap,
        MethodNeeded, MethodNotAllowed: before anything is moved.
    """
    facts = list(lines)
    _check_execution(batch, facts, receiver, by)
    stayed = []
    done = 0
    for line in facts:
        why = execute_line(batch, line, receiver, by=by)
        done += not why
        if why:
            stayed.append(f"{line.line.item.number} {why}")
    return Executed(done, tuple(stayed), _finish(batch, receiver, done, by))


def _check_execution(batch: Batch, facts: Sequence[LineFacts], receiver: Receiver, by) -> None:
    require_right(by, "execute", batch.kind)
    if batch.state != BatchState.APPROVED:
        raise NotPossibleNow(number=batch.number, state=batch.get_state_display(), wanted="执行")
    _check_receiver(batch, facts, receiver, by)
    for line in facts:
        _check_method(batch, line)


def _check_receiver(batch: Batch, facts: Sequence[LineFacts], receiver: Receiver, by) -> None:
    second = receiver.second
    if second is not None and second.pk == by.pk:
        raise PartsOverlap(name=by.name, role="接收人或见证人")
    if batch.kind == BatchKind.FINANCE:
        if second is None:
            raise CashierNeeded
        if not second.has_perm(RECEIVE):
            raise NotAllowed(right="财务接收", whom="出纳")
    if batch.kind == BatchKind.POLICE and not (receiver.name and receiver.unit and receiver.receipt_number):
        raise ReceiverNeeded
    if second is None and any(line.method == DisposalMethod.DESTROYED for line in facts):
        raise WitnessNeeded


def _check_method(batch: Batch, facts: LineFacts) -> None:
    item = facts.line.item
    if not facts.method:
        raise MethodNeeded(number=item.number)
    if facts.method not in methods_for(batch.kind):
        raise MethodNotAllowed(number=item.number, category=item.category.name, why="不能用这种方式。")
    if batch.kind != BatchKind.DISPOSAL or needs_legal_term(item):
        return
    if facts.method != DisposalMethod.DESTROYED:
        raise MethodNotAllowed(number=item.number, category=item.category.name, why="到期只能销毁。")


@transaction.atomic
def execute_line(batch: Batch, facts: LineFacts, receiver: Receiver, *, by) -> str:
    """Let one item go: state, custody, line. Returns why it had to stay, else nothing.

    Raises:
        LineClosed: another desk executed or dropped the line meanwhile.
    """
    FoundItem.objects.select_for_update().filter(pk=facts.line.item_id).values("pk").get()
    line = BatchLine.objects.select_for_update().get(pk=facts.line.pk)
    if not line.is_active or line.done_at:
        raise LineClosed(number=facts.line.item.number)
    item = judged(FoundItem.objects.filter(pk=line.item_id)).get()
    if why := why_left_out(item, batch.kind, within=batch.pk):
        amend(line, by=by, reason=why[:100], is_active=False, note=why[:200])
        return why
    _let_go(batch, item, facts, receiver, by)
    witness = receiver.second if facts.method == DisposalMethod.DESTROYED else None
    amend(
        line, by=by, done_at=timezone.now(), method=facts.method, witness=witness,
        receipt_number=facts.receipt_number or receiver.receipt_number, note=facts.note,
    )
    return ""


def _let_go(batch: Batch, item: FoundItem, facts: LineFacts, receiver: Receiver, by) -> None:
    now = timezone.now()
    method = DisposalMethod(facts.method).label
    is_end = batch.kind != BatchKind.FINANCE
    move(
        item, _STATE_AFTER[BatchKind(batch.kind)], by=by, reason=f"{batch.number} {method}",
        ended_at=now if is_end else None, end_note=f"{batch.number} {method}" if is_end else "",
    )
    is_cashier = batch.kind == BatchKind.FINANCE
    move_item(
        item, kind=_MOVE[BatchKind(batch.kind)], by=by, to_person=receiver.second if is_cashier else None,
        to_text="" if is_cashier else _taker(receiver, method), reason=f"{batch.number} {method}", at=now,
        given_at=now, given_means=SignatureMeans.ACCOUNT,
        taken_at=now if is_cashier else None, taken_means=SignatureMeans.ACCOUNT if is_cashier else "",
    )
    suggest_for_item(item)
    index_record(item)


def _taker(receiver: Receiver, method: str) -> str:
    return " ".join(part for part in (receiver.unit, receiver.name) if part) or method


@transaction.atomic
def _finish(batch: Batch, receiver: Receiver, done: int, by) -> int:
    """Sign for what went; close the execution when nothing waits. Returns how many lines wait."""
    Batch.objects.select_for_update().get(pk=batch.pk)
    waiting = batch.lines.to_do().count()
    if not waiting:
        name = receiver.second.name if receiver.second and not receiver.name else receiver.name
        move(
            batch, BatchState.EXECUTED, by=by, executed_at=timezone.now(), executed_by=by, receiver=name,
            receiver_unit=receiver.unit or _house_unit(batch, receiver), receipt_number=receiver.receipt_number,
        )
    if receiver.second is not None and done:
        role = "出纳" if batch.kind == BatchKind.FINANCE else "见证人"
        text = f"{batch.number}:{done} 件,已当面点清。"
        sign(
            batch, role, text, by=by, signer_name=receiver.second.name, signer=receiver.second,
            means=SignatureMeans.ACCOUNT,
        )
    if done:
        log_exit(batch, done, by=by)
    return waiting


def _house_unit(batch: Batch, receiver: Receiver) -> str:
    """The department that took the things inside the house: the cashier's."""
    department = receiver.second.department if receiver.second and batch.kind == BatchKind.FINANCE else None
    return department.name if department else ""


def may_close(user, kind: str) -> bool:
    """The cashier closes a finance batch; the others whoever may execute them."""
    return user.has_perm(RECEIVE) if kind == BatchKind.FINANCE else may(user, "execute", kind)


@transaction.atomic
def close_batch(batch: Batch, *, by, receipt_number: str = "") -> Batch:
    """The last word: the cashier acknowledges a finance batch, the others are closed with their receipt.

    Raises:
        NotAllowed: a finance batch without the cashier's right.
        ReceiptNeeded: no receipt number, now or at execution.
        NotPossibleNow, SomeoneWasFaster: not executed yet, or closed.
    """
    if not may_close(by, batch.kind):
        raise NotAllowed(right="财务接收", whom="出纳")
    receipt = receipt_number.strip() or batch.receipt_number
    if not receipt and batch.kind != BatchKind.DISPOSAL:
        raise ReceiptNeeded
    move(batch, BatchState.CLOSED, by=by, closed_at=timezone.now(), receipt_number=receipt)
    return batch


@transaction.atomic
def reverse_line(line: BatchLine, *, by, second: User, reason: str) -> None:
    """A reverse entry: the item is in custody again, held by `by`, with a correcting custody move.

    `second` gives it back (the cashier) or answers for the entry (who may approve the kind).

    Raises:
        NotAllowed, PartsOverlap: the two people.
        ReasonNeeded: no reason.
        LineClosed: never handed over, or reversed already.
        NotPossibleNow, SomeoneWasFaster: the item has gone further, to its owner for instance.
    """
    _check_reverse(line.batch, by, second, reason)
    held = BatchLine.objects.select_for_update().get(pk=line.pk)
    if held.done_at is None or held.reversed_at:
        raise LineClosed(number=line.item.number)
    item = FoundItem.objects.select_for_update(of=("self",)).select_related("category").get(pk=line.item_id)
    now, why = timezone.now(), f"冲回 {line.batch.number}:{reason.strip()}"
    if item.state != _STATE_AFTER[BatchKind(line.batch.kind)]:
        raise NotPossibleNow(number=item.number, state=item.get_state_display(), wanted="冲回")
    move(item, ItemState.IN_CUSTODY, by=by, reason=why[:100], ended_at=None, end_note="")
    exit_move = item.moves.filter(kind=_MOVE[BatchKind(line.batch.kind)]).last()
    move_item(
        item, kind=MoveKind.CORRECTION, by=by, to_person=by, reason=why[:200], at=now, corrects=exit_move,
        given_at=now, given_means=SignatureMeans.ACCOUNT, taken_at=now, taken_means=SignatureMeans.ACCOUNT,
    )
    amend(held, by=by, reason=why[:100], reversed_at=now, reverse_reason=reason.strip()[:200])
    sign(
        line.batch, "冲回", f"{item.number} {why}", by=by, signer_name=second.name, signer=second,
        means=SignatureMeans.ACCOUNT, at=now,
    )
    index_record(item)


def _check_reverse(batch: Batch, by, second: User, reason: str) -> None:
    require_right(by, "execute", batch.kind)
    if second.pk == by.pk:
        raise PartsOverlap(name=by.name, role="冲回的第二人")
    if batch.kind == BatchKind.FINANCE:
        if not second.has_perm(RECEIVE):
            raise NotAllowed(right="财务接收", whom="出纳")
    else:
        require_right(second, "approve", batch.kind)
    if not reason.strip():
        raise ReasonNeeded("请写明冲回原因。")
