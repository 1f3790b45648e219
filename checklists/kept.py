"""The small tables of the rounds: what is checked, and the assets by which a desk owes a round of them."""

from checklists.models import Asset, RoundTemplate
from servicedesk.tablemarks import keep

keep(RoundTemplate, Asset)
