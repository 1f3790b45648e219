"""What a case costs: its requests and those of the cases merged into it, and which steps that sum needs."""

from decimal import Decimal

from django.db.models import Sum

from complaints.choices import ApprovalLevel
from complaints.errors.compensations import AmountNotPositive, AmountTooFine, AmountTooLarge
from complaints.models import Compensation, Complaint
from complaints.services.merged import cases_of
from servicedesk.services import preferences

CENT = Decimal("0.01")


def check_amount(amount: Decimal, field: str = "amount") -> Decimal:
    """The amount with two places.

    Raises:
        AmountNotPositive, AmountTooFine, AmountTooLarge: not a sum that a desk pays.
    """
    limit = Decimal(preferences.value("complaints.most_money"))
    if not amount.is_finite() or amount > limit:
        raise AmountTooLarge(limit=f"{limit:,.2f}", field=field)
    if amount <= 0:
        raise AmountNotPositive(field=field)
    if amount != amount.quantize(CENT):
        raise AmountTooFine(field=field)
    return amount.quantize(CENT)


def total_of(root: Complaint, besides: Compensation | None = None) -> Decimal:
    """What was asked, approved or paid in a case; without one request where it is named."""
    rows = Compensation.objects.money().filter(complaint__in=cases_of(root))
    if besides is not None:
        rows = rows.exclude(pk=besides.pk)
    return rows.aggregate(sum=Sum("amount"))["sum"] or Decimal(0)


def levels_for(total: Decimal) -> list[ApprovalLevel]:
    """The steps that a sum needs, the lowest first; equal to a limit is within it."""
    supervisor = Decimal(preferences.value("complaints.supervisor_money"))
    manager = max(supervisor, Decimal(preferences.value("complaints.manager_money")))
    if total <= supervisor:
        return [ApprovalLevel.SUPERVISOR]
    if total <= manager:
        return [ApprovalLevel.SUPERVISOR, ApprovalLevel.MANAGER]
    return list(ApprovalLevel)


def level_after(total: Decimal, level: str) -> ApprovalLevel | None:
    """The step after one, or None where the sum needs no further."""
    order = list(ApprovalLevel)
    return next((each for each in levels_for(total) if order.index(each) > order.index(ApprovalLevel(level))), None)
