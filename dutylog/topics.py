"""What the duty day tells outside the house."""

from servicedesk.services.sending import add_topic

HEADCOUNT = "headcount"

add_topic(HEADCOUNT, "报送人数")
