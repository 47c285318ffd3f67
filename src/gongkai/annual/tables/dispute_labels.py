"""The labels of the table of reconsideration and litigation: three ways to dispute, five results of each."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz import fuzz

from gongkai.annual.tables.keys import key_of

WAYS = ("行政复议", "未经复议直接起诉", "复议后起诉")
RESULTS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
HEADS = ("行政复议", "行政诉讼")
_LIKE = 0.75
_LONGEST_KEPT = 200


def result_of(stack: Sequence[str]) -> int | None:
    """Which of the five results the innermost label, or it joined with those above, names: 0 to 4."""
    parts = tuple(stack[-3:])
    return _kept_result(parts) if sum(map(len, parts)) <= _LONGEST_KEPT else _result(parts)


def _result(parts: tuple[str, ...]) -> int | None:
    best, at = 0.0, None
    text = ""
    for part in reversed(parts):
        text = part + text
        key = _bare(key_of(text).text)
        for i, name in enumerate(RESULTS):
            like = 1.0 if key == name else fuzz.ratio(key, name) / 100
            if like > best:
                best, at = like, i
    return at if best >= _LIKE else None


_kept_result = lru_cache(maxsize=1024)(_result)
"""The official labels come in every report."""


def _bare(key: str) -> str:
    """Without the words for the way, where one cell holds both."""
    for word in (*HEADS, WAYS[1], WAYS[2]):
        if key.startswith(word) and len(key) > len(word):
            key = key[len(word) :]
    return key


def way_of(stack: Sequence[str]) -> int | None:
    """Which of the three ways the labels name: reconsideration, direct litigation, litigation after it."""
    parts = tuple(stack)
    return _kept_way(parts) if sum(map(len, parts)) <= _LONGEST_KEPT else _way(parts)


def _way(parts: tuple[str, ...]) -> int | None:
    keys = [key_of(part).text for part in parts]
    for key in reversed(keys):
        for i in (2, 1, 0):
            if key == WAYS[i] or fuzz.ratio(key, WAYS[i]) >= 80:
                return i
    joined = "".join(keys)
    return next((i for i in (1, 2) if WAYS[i] in joined), 0 if WAYS[0] in joined else None)


_kept_way = lru_cache(maxsize=1024)(_way)


def is_head(text: str) -> bool:
    """Whether a cell names reconsideration or litigation; a figure does not."""
    return not text.isascii() and _is_head(text)


@lru_cache(maxsize=4096)
def _is_head(text: str) -> bool:
    key = key_of(text).text
    return any(key.startswith(head) or fuzz.ratio(key, head) >= 75 for head in HEADS) if key else False
