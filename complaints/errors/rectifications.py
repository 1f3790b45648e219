"""Refusals about what keeps coming."""

from servicedesk.errors import Refusal


class NoSuggestion(Refusal):
    sentence = "{number} 所在的重复问题已经处理过,或不够件数了。请回到“重复问题”看最新的。"
