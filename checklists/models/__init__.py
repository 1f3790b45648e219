"""Tables of the rounds."""

from checklists.models.assets import Asset, AssetAway, TagCounter
from checklists.models.rounds import Round, RoundLine
from checklists.models.templates import RoundTemplate, TemplateItem, TemplateVersion

__all__ = [
    "Asset", "AssetAway", "Round", "RoundLine", "RoundTemplate", "TagCounter", "TemplateItem", "TemplateVersion",
]
