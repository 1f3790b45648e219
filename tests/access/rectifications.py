"""Rows of what keeps coming: three cases of one category and place are a suggestion."""

from complaints.models import Complaint
from tests.access.complaints import LEADS, REASON, _case
from tests.access.row import Row, only
from tests.access.world import thing


@thing
def recurring_complaint(world) -> Complaint:
    return [_case(world, 940 + order, category="环境卫生") for order in range(3)][-1]


NUMBER = ("@recurring_complaint.number",)
ROWS = [
    Row("complaints:rectification_list", get=only(200, *LEADS)),
    Row("complaints:rectification_make", NUMBER, of_desk=True, post=only(302, *LEADS)),
    Row("complaints:rectification_dismiss", NUMBER, of_desk=True, get=only(200, *LEADS), post=only(302, *LEADS),
        data=REASON),
]
