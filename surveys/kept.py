"""The small tables of the surveys: what is asked."""

from servicedesk.tablemarks import keep
from surveys.models import SurveyItem, SurveyVersion

keep(SurveyVersion, SurveyItem)
