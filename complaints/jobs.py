"""The repeated jobs of complaints. Pages are right without them."""

import datetime as dt

from complaints.services.escalations import escalate_all
from complaints.services.recurrences import hear_all_again
from servicedesk.services.jobs import add_job

add_job("complaints.rectify", "重复问题归入整改", every=dt.timedelta(hours=1), run=hear_all_again)
add_job("complaints.escalate", "投诉升级通报", every=dt.timedelta(minutes=1), run=escalate_all)
