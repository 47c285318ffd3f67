"""What a redaction gives back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Redacted:
    """A file without the needles.

    `counts` says how often each needle was taken out. Where `unresolved` names a needle it is, or may be, still in
    the file: the caller must refuse to publish it. `unreadable` names parts (fonts, pages without text) that could
    not be read, so that a person has to look at them; `removed` names what was taken out whole (attachments, scripts).
    """

    data: bytes
    counts: Mapping[str, int] = field(default_factory=dict)
    unresolved: tuple[str, ...] = ()
    unreadable: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    @property
    def done(self) -> bool:
        """Whether every needle is certainly gone from the text of the file."""
        return not self.unresolved
