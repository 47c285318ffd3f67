"""Read what was typed into the one search box. Whatever it is, something sensible comes of it; nothing raises.

住房公积金 提取          both, each as a phrase; words that mean the same are looked for too
"住房公积金提取"         exactly this (also “…”, 「…」, 《…》); nothing else that means the same
低保 OR 特困             either (also | and 或者)
公积金 -贷款             the first without the second (also NOT 贷款, 排除 贷款)
标题:预算  文号:2024      only in the title (title:), only in the numbers (number:, 索引号:)
云政发[2024]12号         a document number in any spelling of brackets and blanks
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from gongkai.search.folding import BARRIER, Units, number_units, units, written
from gongkai.search.model import MAX_QUERY
from gongkai.search.synonyms import synonyms

FIELDS = {
    "标题": "title",
    "题名": "title",
    "title": "title",
    "文号": "numbers",
    "索引号": "numbers",
    "number": "numbers",
}
QUOTES = {'"': '"', "“": "”", "”": "”", "「": "」", "『": "』", "《": "》", "＂": "＂", "〝": "〞"}
OR = {"OR", "|", "||", "｜", "或者"}
NOT = {"NOT", "排除"}
AND = {"AND", "&", "&&", "+", "并且"}
MOST_TERMS = 24

YEAR_NUMBER = re.compile(r"((?:19|20)\d\d)\s*([〕\]］）)】〗]?)\s*(第?)\s*(\d{1,5})\s*号")
BEFORE_YEAR = re.compile(r"([发办函字令规告批议文])\s+(?=[〔\[［（(【〖]?\s*(?:19|20)\d\d[〕\]］）)】〗]?第?\d{1,5}号)")
INSIDE_BRACKET = re.compile(r"([〔\[［（(【〖])\s*((?:19|20)\d\d)\s*(?=[〕\]］）)】〗])")
TOKEN = re.compile(
    r"(?P<minus>(?<!\S)[-－−]\s*)?"
    rf"(?:(?P<field>{'|'.join(FIELDS)})\s*[:：]\s*)?"
    r"(?:"
    + "|".join(f"{re.escape(a)}(?P<q{i}>[^{re.escape(b)}]*){re.escape(b)}" for i, (a, b) in enumerate(QUOTES.items()))
    + r"|(?P<or>[|｜]+)|(?P<word>[^\s\"“”「」『』《》＂〝〞|｜]+)|(?P<rest>\S))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Term:
    """One thing to find: units that follow one another."""

    text: str
    """As it was typed."""
    units: Units
    field: str = ""
    """Where it must be, empty for anywhere."""
    quoted: bool = False
    variants: tuple[Units, ...] = ()
    """All spellings that will do, its own first."""

    @property
    def is_number(self) -> bool:
        """Whether it reads like a document number, so that 第 and zeros before its digits do not count."""
        return self.field == "numbers" or YEAR_NUMBER.search(self.text) is not None


@dataclass(frozen=True, slots=True)
class Parsed:
    """What was understood of a query: every clause must hold, one of the terms of each."""

    text: str = ""
    clauses: tuple[tuple[Term, ...], ...] = ()
    excluded: tuple[Term, ...] = ()
    relaxed: bool = False
    """The clauses held nowhere as phrases, so most of their parts were looked for."""
    cut: bool = False
    """The query was longer than what is read of one."""

    @property
    def phrases(self) -> tuple[str, ...]:
        """The terms that were looked for, as typed."""
        return tuple(term.text for clause in self.clauses for term in clause)

    @property
    def excluded_words(self) -> tuple[str, ...]:
        """The terms that must not be there, as typed."""
        return tuple(term.text for term in self.excluded)

    @property
    def synonyms(self) -> tuple[str, ...]:
        """What else was looked for because it means the same."""
        terms = [term for clause in self.clauses for term in clause]
        others = [(term, spelling) for term in terms for spelling in term.variants[1:]]
        return tuple(dict.fromkeys(written(s) for term, s in others if s != tuple(number_units(term.text))))

    def for_relaxing(self) -> Parsed | None:
        """The same to be looked for by its parts, or nothing when all of it was quoted or is too short."""
        typed = [term for clause in self.clauses for term in clause if not term.quoted and term.field != "numbers"]
        return replace(self, relaxed=True) if sum(len(term.units) for term in typed) >= 4 else None


@dataclass(slots=True)
class _Token:
    text: str
    field: str
    quoted: bool
    minus: bool
    operator: str = ""


def _closed_up(text: str) -> str:
    """Document numbers without their blanks, so that one is one term."""
    text = INSIDE_BRACKET.sub(r"\1\2", text)
    text = YEAR_NUMBER.sub(lambda m: f"{m[1]}{m[2] or '〕'}{m[3]}{m[4]}号", text)
    return BEFORE_YEAR.sub(r"\1", text)


def _tokens(text: str) -> list[_Token]:
    found = []
    for match in TOKEN.finditer(text):
        quoted = next((v for k, v in match.groupdict().items() if k[0] == "q" and v is not None), None)
        word = match["word"] or match["or"] or ""
        operator = ""
        if quoted is None and not match["minus"] and not match["field"]:
            operator = "or" if word in OR or match["or"] else "not" if word in NOT else "and" if word in AND else ""
        field = FIELDS[match["field"].lower()] if match["field"] else ""
        if quoted is not None or word:
            found.append(
                _Token(
                    quoted if quoted is not None else word, field, quoted is not None, bool(match["minus"]), operator
                )
            )
    return found


def _term(token: _Token) -> Term | None:
    found = tuple(units(token.text))
    if not found:
        return None
    variants: tuple[Units, ...] = (found,)
    if not (token.quoted or token.minus or token.field == "numbers"):
        variants = synonyms().variants(found)
        if YEAR_NUMBER.search(token.text):
            variants = tuple(dict.fromkeys([*variants, tuple(number_units(token.text)) or found]))
    return Term(token.text.strip(), found, token.field, token.quoted, variants)


def parse(text: str) -> Parsed:
    """What a query means. Never raises; what holds no letter or digit means "everything"."""
    cut = len(text) > MAX_QUERY
    text = text[:MAX_QUERY].replace(BARRIER, " ")
    clauses: list[list[Term]] = []
    excluded: list[Term] = []
    tokens = _tokens(_closed_up(text))
    either = without = False
    for number, token in enumerate(tokens):
        between = 0 < number < len(tokens) - 1
        if token.operator and (between or (token.text == "NOT" and number < len(tokens) - 1)):
            either, without = token.operator == "or", token.operator == "not"
            continue
        if without:
            token.minus = True
        term = _term(token)
        if term and len(clauses) + len(excluded) < MOST_TERMS:
            if token.minus:
                excluded.append(term)
            elif either and clauses:
                clauses[-1].append(term)
            else:
                clauses.append([term])
        either = without = False
    return Parsed(text, tuple(map(tuple, clauses)), tuple(excluded), cut=cut)
