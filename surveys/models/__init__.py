"""Tables of the surveys."""

from surveys.models.batches import SurveyBatch
from surveys.models.sheets import SurveyAnswer, SurveySheet
from surveys.models.versions import SurveyItem, SurveyVersion

__all__ = ["SurveyAnswer", "SurveyBatch", "SurveyItem", "SurveySheet", "SurveyVersion"]
