"""Sets two reports side by side: years of one agency or two agencies, cell by cell and text by text."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import Any

from gongkai.annual.audit.likeness import likeness
from gongkai.annual.compare_text import Change, compare_texts
from gongkai.annual.forms import FORM_IDS, form
from gongkai.annual.model import Report, Value

_GOVERNMENT = ("gov-2008", "gov-2014", "gov-2019", "gov-2021")


@dataclass(frozen=True, slots=True)
class CellPair:
    """The same cell in both reports; None where a report has no figure for it."""

    id: str
    """Id of the cell in the form of `b` (of `a` where only `a` has it)."""
    label: str
    a: Value
    b: Value
    in_a: bool = True
    """Whether the first report has the cell at all (a blank cell is there)."""
    in_b: bool = True
    approximate: bool = False
    """True where the two forms count nearly, but not exactly, the same thing."""

    @property
    def difference(self) -> Decimal | None:
        """b - a, where both are figures."""
        return self.b - self.a if isinstance(self.a, Decimal) and isinstance(self.b, Decimal) else None

    @property
    def ratio(self) -> Decimal | None:
        """b / a to four places, where both are figures and a is not zero."""
        if not (isinstance(self.a, Decimal) and isinstance(self.b, Decimal)) or not self.a:
            return None
        return (self.b / self.a).quantize(Decimal("0.0001"))


@dataclass(frozen=True, slots=True)
class FactPair:
    """The figures of one kind that each report's prose states."""

    kind: str
    a: tuple[Decimal, ...]
    b: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class ChapterPair:
    """A chapter in both reports, sentence by sentence."""

    id: str | None
    title_a: str | None
    title_b: str | None
    share: float
    """Share of the second report's chapter that stands in the first's."""
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two reports side by side: `a` the earlier or the one asked about, `b` the other."""

    a_name: str
    b_name: str
    a_form: str | None
    b_form: str | None
    cells: tuple[CellPair, ...]
    unmapped_a: tuple[str, ...]
    """Cells of `a` that the form of `b` has no certain counterpart for."""
    facts: tuple[FactPair, ...]
    chapters: tuple[ChapterPair, ...]
    text_share: float
    """Share of the text of `b` that stands in `a`, figures and common phrases apart."""
    passages: tuple[str, ...]
    """The passages of `b` that stand in `a`, longest first."""

    def to_dict(self) -> dict[str, Any]:
        """Content for JSON: figures as strings, so that nothing is rounded."""
        data = asdict(self)
        for pair, cell in zip(data["cells"], self.cells, strict=True):
            pair["difference"], pair["ratio"] = cell.difference, cell.ratio
        plain: dict[str, Any] = json.loads(json.dumps(data, default=str, ensure_ascii=False))
        return plain


def compare(a: Report, b: Report) -> Comparison:
    """The two reports side by side. Across forms only the cells that certainly count the same thing are paired."""
    mapped = _mapped(a, b)
    alike = likeness(b.text, a.text)
    return Comparison(
        a_name=_name(a),
        b_name=_name(b),
        a_form=a.form,
        b_form=b.form,
        cells=tuple(_cell_pairs(a, b, mapped)),
        unmapped_a=tuple(c for c in a.cells if c not in mapped),
        facts=tuple(_fact_pairs(a, b)),
        chapters=tuple(_chapter_pairs(a, b)),
        text_share=round(alike.share, 4),
        passages=tuple(p.text for p in alike.passages),
    )


def _name(report: Report) -> str:
    words = [report.agency or "", f"{report.year}年" if report.year is not None else ""]
    return " ".join(w for w in words if w) or report.title or report.source.path or "—"


@dataclass(frozen=True, slots=True)
class _Target:
    """Where a cell of an older form went: its id in the newer one."""

    cell: str
    approximate: bool = False


def _mapped(a: Report, b: Report) -> Mapping[str, _Target]:
    """For each cell of `a` that has one, its counterpart in the form of `b`."""
    if a.form == b.form or a.form not in _GOVERNMENT or b.form not in _GOVERNMENT:
        return {c: _Target(c) for c in a.cells if a.form == b.form or c in b.cells}
    first, last = _GOVERNMENT.index(a.form), _GOVERNMENT.index(b.form)
    if first < last:
        return {c: t for c in a.cells if (t := counterpart(c, a.form, b.form)) is not None}
    # The second report is the older one: follow its cells forward and turn the pairs round.
    older = form(b.form).cells
    turned = {t.cell: _Target(c, t.approximate) for c in older if (t := counterpart(c, b.form, a.form)) is not None}
    return {c: t for c, t in turned.items() if c in a.cells}


def counterpart(cell: str, older: str, newer: str) -> _Target | None:
    """The cell of a newer government form that counts the same thing, None where no cell certainly does."""
    target = _Target(cell)
    steps = _GOVERNMENT[_GOVERNMENT.index(older) : _GOVERNMENT.index(newer) + 1]
    for before, after in pairwise(steps):
        step = _step(before, after).get(target.cell)
        if step is None:
            return None
        target = _Target(step.cell, target.approximate or step.approximate)
    return target


@cache
def _step(older: str, newer: str) -> Mapping[str, _Target]:
    """Counterparts between two neighbouring forms: by `maps` of the older form's data, then equal ids."""
    data = json.loads(resources.files("gongkai.annual.forms").joinpath(f"{older}.json").read_text("utf-8"))
    old, new = form(older).cells, form(newer).cells
    found: dict[str, _Target] = {}
    if older == "gov-2019":  # the tables of 2019 and 2021 share their ids where they share their meaning
        found |= {c: _Target(c) for c in old if c in new}
    for source, target in data.get("maps", {}).get(newer, {}).items():
        found |= {k: v for k, v in _entry(source, str(target)) if k in old and v.cell in new}
    return found


def _entry(source: str, target: str) -> Iterator[tuple[str, _Target]]:
    """What a line of `maps` says with certainty about single cells: “x: y” or “x: y (approximate)”."""
    cell, _, note = target.partition(" ")
    if "+" in source or ("*" in cell) != ("*" in source) or note not in {"", "(approximate)"}:
        return
    approximate = bool(note)
    if "*" in source:
        for row in ("rules", "normative_docs"):
            yield source.replace("*", row), _Target(cell.replace("*", row), approximate)
    else:
        yield source if "." in source else f"stat.{source}", _Target(cell, approximate)


def _cell_pairs(a: Report, b: Report, mapped: Mapping[str, _Target]) -> Iterator[CellPair]:
    """Cells in the order of the form of `b`, then those that only `a` has."""
    sources = {t.cell: (c, t.approximate) for c, t in mapped.items()}
    order = list(form(b.form).cells) if b.form in FORM_IDS else []
    known = {c: i for i, c in enumerate(order)}
    ids = sorted({*b.cells, *sources}, key=lambda c: (known.get(c, len(known)), c))
    for id in ids:
        source, approximate = sources.get(id, (None, False))
        first = a.cells.get(source) if source is not None else None
        second = b.cells.get(id)
        yield CellPair(
            id=id,
            label=_label(b.form, id),
            a=None if first is None else first.value,
            b=None if second is None else second.value,
            in_a=first is not None,
            in_b=second is not None,
            approximate=approximate,
        )


def _label(form_id: str | None, cell: str) -> str:
    if form_id in FORM_IDS and cell in form(form_id).cells:
        return form(form_id).cells[cell].label
    return cell


def _fact_pairs(a: Report, b: Report) -> Iterator[FactPair]:
    kinds = dict.fromkeys(f.kind for report in (a, b) for f in report.facts)
    for kind in kinds:
        first, second = (tuple(f.value for f in r.facts if f.kind == kind) for r in (a, b))
        yield FactPair(kind, first, second)


def _chapter_pairs(a: Report, b: Report) -> Iterator[ChapterPair]:
    """Chapters of the same meaning, in the order of `b`; within one form by id, else by title."""
    same_form = a.form == b.form
    first = {_chapter_key(c.id, c.title, same_form): c for c in a.chapters}
    second = {_chapter_key(c.id, c.title, same_form): c for c in b.chapters}
    for key in dict.fromkeys((*second, *first)):
        old, new = first.get(key), second.get(key)
        share, changes = compare_texts(old.text if old else "", new.text if new else "")
        yield ChapterPair(
            id=(new or old).id if (new or old) is not None else None,  # type: ignore[union-attr]
            title_a=old.title if old else None,
            title_b=new.title if new else None,
            share=share,
            changes=changes,
        )


def _chapter_key(id: str | None, title: str, same_form: bool) -> str:
    return id if same_form and id is not None else title.strip()
