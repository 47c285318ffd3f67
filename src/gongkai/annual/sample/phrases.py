"""Sentence patterns for sample reports: read from `phrases/*.txt`, chosen by kind of agency, year and figures.

A line is one pattern. `[a|b]` stands for a or b, `{slot}` is filled in. Words before the pattern that begin with @
limit it: @dept @town @county @city (any of them), @2019- @-2018 @2014-2018 @2008 @!2008 (the reporting year),
@new>0 @new=0 (a figure of the report). A line of `figures.txt` or `university.txt` names its section before a colon.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from random import Random

SIZES = {"dept": "department", "town": "town", "county": "county", "city": "city"}
_FILES = (
    "preamble",
    "overview",
    "proactive",
    "applications",
    "management",
    "platform",
    "supervision",
    "problems",
    "improvements",
    "fees",
    "review",
    "other",
)
_SECTION = re.compile(r"^([a-z_0-9]+): ")
_MARK = re.compile(r"^@(\S+) +")
_PIECE = re.compile(r"\[([^\]]*)\]|\{(\w+)\}")
_YEARS = re.compile(r"^(\d{4})?-(\d{4})?$")


@dataclass(frozen=True, slots=True)
class Slot:
    """A place to fill in."""

    name: str


Part = str | Slot | tuple[tuple[str | Slot, ...], ...]


@dataclass(frozen=True, slots=True)
class Template:
    """A sentence pattern and when it may be used."""

    parts: tuple[Part, ...]
    sizes: frozenset[str]
    years: tuple[tuple[int, int], ...]
    flags: tuple[tuple[str, bool], ...]
    """Pairs of a figure's name and whether it must be above zero."""
    anchors: tuple[str, ...]
    """The longest fixed words, by which an earlier use is recognised."""

    def fits(self, size: str, year: int) -> bool:
        """Whether agencies of this size may write it in this year's report."""
        return (not self.sizes or size in self.sizes) and all(first <= year <= last for first, last in self.years)

    def allowed(self, figures: Mapping[str, str]) -> bool:
        """Whether the report's figures are what it speaks of."""
        return all((figures.get(name, "0") != "0") == above for name, above in self.flags)

    def write(self, slots: Mapping[str, str], rng: Random) -> str:
        """The sentence."""
        words: list[str] = []
        for part in self.parts:
            if isinstance(part, tuple):
                chosen = part[int(rng.random() * len(part))]
                words += (p if isinstance(p, str) else slots[p.name] for p in chosen)
            else:
                words.append(part if isinstance(part, str) else slots[part.name])
        return "".join(words)


@cache
def sections() -> Mapping[str, tuple[Template, ...]]:
    """All patterns by section."""
    found: dict[str, list[Template]] = {}
    for name in _FILES:
        found[name] = [_template(line) for line in lines(name)]
    for name, prefix in (("figures", "figures_"), ("university", "")):
        for line in lines(name):
            match = _SECTION.match(line)
            assert match, f"{name}.txt: a line without its section: {line}"
            section = "u_preamble" if match[1] == "preamble" else match[1]
            key = section if section.startswith("u_") else prefix + section
            found.setdefault(key, []).append(_template(line[match.end() :]))
    return {name: tuple(templates) for name, templates in found.items()}


def lines(name: str) -> list[str]:
    """The lines of a phrase file without comments."""
    text = resources.files(__package__).joinpath("phrases", f"{name}.txt").read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@cache
def fitting(section: str, size: str, year: int) -> tuple[Template, ...]:
    """The patterns of a section for a size of agency in a year."""
    return tuple(t for t in sections()[section] if t.fits(size, year))


def in_turn(templates: Sequence[Template], agency: str, year: int, step: int) -> list[Template]:
    """The patterns in an order of the agency's own, each year beginning where last year's report ended."""
    order = list(templates)
    Random(agency).shuffle(order)
    start = (year * step) % len(order) if order else 0
    return order[start:] + order[:start]


def _template(line: str) -> Template:
    sizes: set[str] = set()
    years: list[tuple[int, int]] = []
    flags: list[tuple[str, bool]] = []
    while match := _MARK.match(line):
        line = line[match.end() :]
        word = match[1]
        if word in SIZES:
            sizes.add(SIZES[word])
        elif word[-2:] in (">0", "=0"):
            flags.append((word[:-2], word[-2] == ">"))
        else:
            years.append(_years(word))
    parts = tuple(_parts(line))
    fixed = sorted((p for p in parts if isinstance(p, str)), key=len, reverse=True)
    options = [o for p in parts if isinstance(p, tuple) for o in p]
    anchors = (
        fixed[:1] if fixed and len(fixed[0]) >= 8 else ["".join(q for q in o if isinstance(q, str)) for o in options]
    )
    return Template(parts, frozenset(sizes), tuple(years), tuple(flags), tuple(a for a in anchors if len(a) >= 8))


def _years(word: str) -> tuple[int, int]:
    if word.startswith("!"):
        return (int(word[1:]) + 1, 9999)
    if word.isdigit():
        return (int(word), int(word))
    match = _YEARS.match(word)
    assert match, f"unknown condition @{word}"
    return (int(match[1] or 0), int(match[2] or 9999))


def _parts(line: str) -> list[Part]:
    parts: list[Part] = []
    end = 0
    for match in _PIECE.finditer(line):
        if match.start() > end:
            parts.append(line[end : match.start()])
        if match[2] is not None:
            parts.append(Slot(match[2]))
        else:
            parts.append(tuple(_option(o) for o in match[1].split("|")))
        end = match.end()
    if end < len(line):
        parts.append(line[end:])
    return parts


def _option(text: str) -> tuple[str | Slot, ...]:
    return tuple(Slot(p[1:-1]) if p.startswith("{") else p for p in re.split(r"(\{\w+\})", text) if p)
