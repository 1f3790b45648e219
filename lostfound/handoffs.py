"""Ways on into lost and found: a call about a lost thing becomes a lost report with its fields."""

from dutylog.choices import EnquiryKind
from dutylog.handoffs import Handoff, add_handoff

LOST_REPORT = add_handoff(Handoff(
    key="lostreport", label="转失物登记", icon="search-heart", right="lostfound.add_lostreport",
    page="lostfound:lostreport_create", kinds=(EnquiryKind.LOST,),
))
