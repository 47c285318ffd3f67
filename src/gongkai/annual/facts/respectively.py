"""Pairs nouns with figures where one verb serves several (微博、微信分别发布211条、213条)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from gongkai.annual.facts.figures import Figure
from gongkai.annual.facts.lexicon import Token


class Paired(NamedTuple):
    """The words that belong to a figure, and the noun among them that is its own; neither where it cannot be told."""

    words: tuple[Token, ...] = ()
    noun: Token | None = None


_WORD = re.compile("分别")
_STOPS = "，；：。（）"
_BETWEEN_NOUNS = re.compile(r"(?:案件|申请|数量|平台|账号|情况)?(?:、|和|及|与|以及)(?:政府|官方|政务)?")
_BETWEEN_FIGURES = re.compile(r"[、，和及与]?(?:以及)?")


def respectively(text: str, tokens: Sequence[Token], figures: Sequence[Figure]) -> dict[int, Paired]:
    """For each figure behind 分别, by its start: the words that belong to it."""
    paired: dict[int, Paired] = {}
    for word in _WORD.finditer(text):
        row = _figures(text, figures, word.end())
        if len(row) < 2:
            continue
        first = max(text.rfind(stop, 0, word.start()) for stop in _STOPS) + 1
        clause = [t for t in tokens if first <= t.start and t.end <= word.start()]
        shared = [t for t in tokens if word.end() <= t.start and t.end <= row[0].start]
        nouns = _nouns(text, clause, len(row))
        rest = [t for t in clause if t not in nouns] + shared
        for index, figure in enumerate(row):
            if nouns:
                paired[figure.start] = Paired(tuple(sorted([*rest, nouns[index]])), nouns[index])
            else:
                paired[figure.start] = Paired()
    return paired


def _figures(text: str, figures: Sequence[Figure], begin: int) -> list[Figure]:
    row: list[Figure] = []
    for figure in figures:
        if figure.start < begin:
            continue
        between = text[row[-1].end : figure.start] if row else text[begin : figure.start]
        if row and not _BETWEEN_FIGURES.fullmatch(between):
            break
        if not row and any(stop in between for stop in _STOPS):
            break
        row.append(figure)
    return row


def _nouns(text: str, clause: Sequence[Token], count: int) -> list[Token]:
    """The last so many words of the clause that stand in one row; none where there are not exactly so many."""
    for last in range(len(clause) - 1, count - 2, -1):
        row = [clause[last]]
        for other in reversed(clause[:last]):
            if not _BETWEEN_NOUNS.fullmatch(text, other.end, row[0].start):
                break
            row.insert(0, other)
        if len(row) == count:
            return row
        if len(row) > 1:
            return []
    return []
