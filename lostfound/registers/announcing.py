"""The act of announcing chosen finds, for the list of found items."""

from lostfound.choices import NoticeChannel
from lostfound.services.notices import draft_notice
from servicedesk.register import BulkAction


def announce(user, records, reason: str) -> str:  # noqa: ARG001
    """Draft one notice about the chosen items of one desk."""
    notice = draft_notice(records, NoticeChannel.BOARD, by=user, point=records[0].service_point)
    return f"已起草公告 {notice.number}({len(records)} 件),请在“招领公告”中核对后发布。"


ANNOUNCE = BulkAction(
    key="announce", label="起草公告", icon="megaphone", permission="lostfound.add_notice", act=announce
)
