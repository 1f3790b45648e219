"""The act of announcing chosen finds, for the list of found items."""

from servicedesk.register import BulkAction

ANNOUNCE = BulkAction(
    key="announce", label="起草公告", icon="megaphone", permission="lostfound.add_notice",
    page="lostfound:notice_create",
)
