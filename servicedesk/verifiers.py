"""What `manage.py verify` asks besides the sealed days: apps above declare it in `<app>/verifiers.py`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Checked:
    """What a check found: sentences of what does not fit, sentences worth knowing, and what it looked at."""

    faults: Sequence[str] = ()
    notes: Sequence[str] = ()
    said: str = ""


@dataclass(frozen=True, kw_only=True)
class Verifier:
    """`run()` checks what is stored; `run_folder(path)` what was taken out into a folder."""

    key: str
    run: Callable[[], Checked]
    run_folder: Callable[[Path], Checked]


_verifiers: dict[str, Verifier] = {}


def add_verifier(verifier: Verifier) -> Verifier:
    """Let `manage.py verify` ask it too. Called at start-up."""
    _verifiers[verifier.key] = verifier
    return verifier


def verifiers() -> list[Verifier]:
    return list(_verifiers.values())
