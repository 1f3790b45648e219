"""The repeated jobs of complaints. Pages are right without them."""

import datetime as dt

from complaints.services.escalations import escalate_all
from servicedesk.services.jobs import add_job

add_job("complaints.escalate", "投诉升级通报", every=dt.timedelta(minutes=1), run=escalate_all)
