"""What is wrong with something that was typed in, and how to put it right."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is off: a stable code, what it is in both languages, and the right form where it is known."""

    code: str
    message: str
    message_en: str
    remedy: str = ""
