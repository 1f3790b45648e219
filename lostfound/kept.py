"""The small table of lost and found: the manager's categories."""

from lostfound.models import ItemCategory
from servicedesk.tablemarks import keep

keep(ItemCategory)
