"""What of the surveys stands open to visitors."""

from servicedesk.visitor_pages import VisitorPage, add_visitor_page

SURVEY = add_visitor_page(VisitorPage("满意度问卷", "surveys:survey_answer"))
KIOSK = add_visitor_page(VisitorPage("满意度问卷(自助机首页)", "surveys:survey_start"))
