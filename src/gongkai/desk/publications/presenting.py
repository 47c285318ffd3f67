"""How states and days are shown to staff: always a word, a shape and a colour together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from gongkai.law.review import Outcome
from gongkai.office import working_days
from gongkai.publishing.models import Publication, State, Step, Validity

SOON = 3
"""Working days before a date from which on it is shown as near."""

_SHAPES: dict[str, tuple[str, str]] = {
    State.DRAFT: ("○", "plain"),
    State.RETURNED: ("↩", "warning"),
    State.IN_REVIEW: ("◐", "info"),
    State.SCHEDULED: ("◔", "info"),
    State.PUBLISHED: ("●", "good"),
    State.WITHDRAWN: ("✕", "error"),
    State.WITHHELD: ("▲", "warning"),
    State.DISCARDED: ("–", "plain"),
    Validity.EFFECTIVE: ("●", "good"),
    Validity.NOT_YET: ("◔", "info"),
    Validity.AMENDED: ("◐", "warning"),
    Validity.LAPSED: ("✕", "error"),
    Validity.REPEALED: ("✕", "error"),
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A word with its shape and its colour."""

    words: str
    shape: str
    tone: str


def state_mark(publication: Publication) -> Mark:
    """The state of a publication; the step of a released one whose revision is under review is added."""
    shape, tone = _SHAPES.get(publication.state, ("○", "plain"))
    words = str(publication.get_state_display())
    if publication.state == State.PUBLISHED and publication.step:
        words = _("已发布 · 修订审查中")
    elif publication.state == State.PUBLISHED and publication.has_unpublished_changes:
        words = _("已发布 · 有修订稿")
    return Mark(words, shape, tone)


def step_labels(steps: Sequence[str]) -> list[str]:
    """What the steps of a path are called; the second of two is marked as such."""
    labels = []
    for place, step in enumerate(steps):
        label = str(Step(step).label) if step in Step.values else step
        labels.append(_("%(step)s（第二人）") % {"step": label} if step in steps[:place] else label)
    return labels


def outcome_label(result: str) -> str:
    """The result of a confidentiality review in the reader's language."""
    if result not in set(Outcome):
        return result
    english = (get_language() or "").startswith("en")
    return Outcome(result).label_en if english else Outcome(result).label


def validity_mark(publication: Publication) -> Mark | None:
    """Whether a document is in force, None where nothing is stated."""
    if not publication.validity:
        return None
    shape, tone = _SHAPES.get(publication.validity, ("●", "plain"))
    return Mark(str(publication.get_validity_display()), shape, tone)


def due_mark(day: date | None, today: date | None = None) -> Mark | None:
    """How many working days are left until a day: late, today, near or far."""
    if day is None:
        return None
    left = days_left(day, today or timezone.localdate())
    if left < 0 or day < (today or timezone.localdate()):
        late = max(1, -left)
        words = ngettext("已超期 %(n)d 个工作日", "已超期 %(n)d 个工作日", late) % {"n": late}
        return Mark(words, "▲", "error")
    if left == 0:
        return Mark(_("今日到期"), "◆", "warning")
    words = ngettext("剩 %(n)d 个工作日", "剩 %(n)d 个工作日", left) % {"n": left}
    return Mark(words, "◷", "warning" if left <= SOON else "plain")


def days_left(day: date, today: date) -> int:
    """Working days from today until a day, negative where it has passed."""
    calendar = working_days.calendar()
    if calendar.covers(day) and calendar.covers(today):
        return calendar.remaining(today, day)
    return working_days.remaining(today, day)
