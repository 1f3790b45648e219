"""What the ground floor itself tells outside the house."""

from servicedesk.services.sending import REMINDER, URGENT, add_topic

add_topic(URGENT, "紧急通知")
add_topic(REMINDER, "催办提醒")
