"""What of lost and found stands open to visitors."""

from servicedesk.visitor_pages import VisitorPage, add_visitor_page

LOSS = add_visitor_page(VisitorPage("失物登记", "lostfound:visitor_loss"))
NOTICES = add_visitor_page(VisitorPage("招领公告", "lostfound:visitor_notices"))
