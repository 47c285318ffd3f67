"""What goes through an import: rows as they are read, publications as they are understood, faults, and the outcome."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _


class Unreadable(ValueError):
    """A source or a mapping that cannot be read at all; the message says what to do."""


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A row of a source: its number there, its values by column, and the files that belong to it."""

    number: int
    values: dict[str, Any]
    files: tuple[tuple[str, str], ...] = ()
    """Path and title of each."""
    folder: str = ""
    """Where relative paths in the values begin."""
    fault: str = ""
    """Why the row could not be read."""
    remarks: tuple[Fault, ...] = ()
    """What was left out of it, or is worth a look."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a row in one field, and how to mend it."""

    field: str
    message: str
    remedy: str = ""

    def __str__(self) -> str:
        return f"{self.message}{'　' + self.remedy if self.remedy else ''}"


@dataclass(slots=True)
class Candidate:
    """A row that was understood: content of a publication, not yet compared with what is there."""

    number: int
    reference: str
    content: dict[str, Any] = field(default_factory=dict)
    """Fields of `CONTENT_FIELDS` except agencies, files and relations."""
    agency: str = ""
    joint: tuple[str, ...] = ()
    index_number: str = ""
    external_id: str = ""
    published_at: Any = None
    declared_validity: str = ""
    ended_on: Any = None
    files: tuple[tuple[str, str], ...] = ()
    same: str = ""
    """Fingerprint of title and text."""
    hits: list[dict[str, Any]] = field(default_factory=list)
    likeness: Any = None
    """Sketch of the text for the search of near duplicates."""
    faults: list[Fault] = field(default_factory=list)
    """Any of these rejects the row."""
    remarks: list[Fault] = field(default_factory=list)
    """What was put right or is worth a look; these do not reject."""


@dataclass(slots=True)
class Outcome:
    """What an import did, or would do."""

    run: Any = None
    rows: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    duplicates: int = 0
    rejected: int = 0
    resumed_at: int = 0
    seconds: float = 0.0
    problems: int = 0

    @property
    def taken(self) -> int:
        """Rows that are in the database afterwards."""
        return self.added + self.changed + self.unchanged


def existing(path: str | Path) -> Path:
    """The path; raises Unreadable where nothing is there."""
    found = Path(path)
    if not found.exists():
        raise Unreadable(_("没有找到“%(path)s”。请核对路径。") % {"path": found})
    return found
