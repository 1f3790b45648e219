"""A reason that comes with a single button, past any form."""

from django.http import HttpRequest

# What no database keeps, or keeps on one side only: NUL, and halves of a pair of surrogates.
_UNSTORABLE = dict.fromkeys((0, *range(0xD800, 0xE000)))


def typed_reason(request: HttpRequest, name: str) -> str:
    """What was typed in a field, without what cannot be stored; empty if nothing was."""
    return request.POST.get(name, "").translate(_UNSTORABLE).strip()


def reason_of(request: HttpRequest) -> str:
    """What was typed as the reason."""
    return typed_reason(request, "reason")
