"""Tells at a look that cleaning would leave a text as it is: paragraphs, headings, flat lists, plain tables."""

from __future__ import annotations

import re

# Signs that stay as they are, blanks between them once: no white space of other kinds, nothing invisible, no controls.
_SIGN = (
    "(?:[!-%'-;=?-~\u00a7\u00b0-\u00ff\u0391-\u03c9\u2010-\u2016\u2018-\u2027\u2030-\u203b\u2100-\u218b\u2190-\u23ff"
    "\u2460-\u2775\u3001-\u3029\u3400-\u4dbf\u4e00-\u9fff\uff01-\uff60\uffe0-\uffe6]|&(?:amp|lt|gt);)"
)
_BLANK = "(?: |\u3000++)"
_WORDS = f"{_SIGN}++(?:{_BLANK}{_SIGN}++)*+"
_MARKED = f"<(?:strong>{_WORDS}</strong|em>{_WORDS}</em|u>{_WORDS}</u|sub>{_WORDS}</sub|sup>{_WORDS}</sup)>"
_GAP = f"{_BLANK}?+"
_LINE = (
    f"(?:{_WORDS}(?:{_GAP}{_MARKED}{_GAP}{_WORDS})*+(?:{_GAP}{_MARKED})?+"
    f"|{_MARKED}(?:{_GAP}{_WORDS}{_GAP}{_MARKED})*+(?:{_GAP}{_WORDS})?+)"
)
# What is typed as a bullet becomes a list, what is typed as a sum a formula.
_NO_BULLET = r"(?!(?:<[a-z]{1,6}>)?[•●▪·])"
_ALIGNED = '(?: style="text-align:(?:right|center)")?+'
_PARAGRAPH = f"<p{_ALIGNED}>{_NO_BULLET}{_LINE}(?:<br>{_LINE})*+</p>"
_HEADING = "|".join(f"<h{level}{_ALIGNED}>{_WORDS}</h{level}>" for level in (2, 3, 4))
_ITEMS = f"(?:<li>{_NO_BULLET}{_WORDS}</li>)++"
_LIST = f"<ul>{_ITEMS}</ul>|<ol>{_ITEMS}</ol>"
_CELL = f"<td{_ALIGNED}>(?![=＝]){_NO_BULLET}(?:{_WORDS})?+</td>"
_HEAD = f'<thead><tr>(?:<th(?: scope="col")?+{_ALIGNED}>(?![=＝]){_NO_BULLET}{_WORDS}</th>)++</tr></thead>'
# A table of one cell is none, nor is one of nothing: without a head the first row has words and a second cell.
_BEGINNING = f"(?:{_HEAD}<tbody><tr>|<tbody><tr><td{_ALIGNED}>(?![=＝]){_NO_BULLET}{_WORDS}</td>)"
_ROWS = f"(?:{_CELL})++</tr>(?:<tr>(?:{_CELL})++</tr>)*+"
_TABLE = f"<table>(?:<caption>{_WORDS}</caption>)?+{_BEGINNING}{_ROWS}</tbody></table>"
_TIDY = re.compile(f"(?:{_PARAGRAPH}|{_HEADING}|{_LIST}|{_TABLE}|<hr>)*+")


def is_tidy(html: str) -> bool:
    """Whether `clean` would give the same text; False says nothing. Takes time in proportion to the text."""
    return _TIDY.fullmatch(html) is not None
