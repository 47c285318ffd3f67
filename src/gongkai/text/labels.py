"""Normal forms of labels and titles, so that what an office typed can be compared with what the form prints."""

from __future__ import annotations

import re
import unicodedata

from gongkai.text.numerals import chinese_numeral


class _Plain(dict[int, str]):
    """A translation table that fills itself: letters and digits in their compatible form, nothing else."""

    def __missing__(self, code: int) -> str:
        kept = "".join(
            c for c in unicodedata.normalize("NFKC", chr(code)).lower() if unicodedata.category(c)[0] in "LN"
        )
        self[code] = kept
        return kept


_PLAIN = _Plain()

_NUMERAL = "[一二三四五六七八九十百]"
_NUMBERING = re.compile(
    rf"""\s*(
      [（(〔［\[【]\s*(?:{_NUMERAL}{{1,4}}|[0-9０-９]{{1,2}})\s*[）)〕］\]】]\s*[、.．]?          # （一） (1)
    | 第\s*(?:{_NUMERAL}{{1,3}}|[0-9０-９]{{1,2}})\s*(?:部\s*分|[章节節篇编編])\s*[、.．:：]?     # 第一部分
    | {_NUMERAL}{{1,4}}\s*[、.．,，:：）)]                                                       # 一、
    | {_NUMERAL}{{1,3}}[ \t\u3000]+(?=[\u4e00-\u9fff]{{2}})(?!是)                                # 一 总体情况
    | [0-9０-９]{{1,2}}(?:\.[0-9]{{1,2}}){{1,3}}(?:[、]|\s)\s*(?=[^\s0-9万亿千百元件条次人份个项%％])  # 1.1 概述
    | [0-9０-９]{{1,2}}\s*(?:、|[.．）)](?![0-9０-９]))                                           # 1. 1、
    | [①-⑳⑴-⒇⒈-⒛㈠-㈩㊀-㊉Ⅰ-Ⅻ]\s*[、.．]?                                                          # ①
    )\s*""",
    re.VERBOSE,
)
_ORDINAL = re.compile(rf"({_NUMERAL}+)|([0-9]+)(?![0-9.]*\.[0-9])")
_LONGEST_NUMBERING = 24
_ROMAN = {c: i for i, c in enumerate("ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ", start=1)}


def plain(label: str, *, drop_numbering: bool = False) -> str:
    """The normal form used for matching: only letters and digits, full-width forms made narrow, lower case.

    Blanks, punctuation, brackets and symbols are dropped, so （一）予以 公开 and (一)予以公开： are the same. With
    `drop_numbering` the leading number is dropped too.
    """
    if drop_numbering:
        label = strip_numbering(label)[1]
    return label.translate(_PLAIN)


def strip_numbering(label: str) -> tuple[str, str]:
    """The leading number as printed and the rest, both without outer blanks; ("", label) where there is none.

    >>> strip_numbering("（一）予以公开")
    ('（一）', '予以公开')
    """
    found = _NUMBERING.match(label)
    if found is None:
        return "", label.strip()
    return found[1].strip(), label[found.end() :].strip()


def ordinal(numbering: str) -> int | None:
    """The figure of a number as printed: 3 for （三）, 三、, 3., ③ and 第三部分; None where it holds none."""
    numbering = numbering[:_LONGEST_NUMBERING].strip()
    if numbering[:1] in _ROMAN:
        return _ROMAN[numbering[0]]
    found = _ORDINAL.search(unicodedata.normalize("NFKC", numbering))
    if found is None:
        return None
    if found[2]:
        return int(found[2])
    value = chinese_numeral(found[1])
    return None if value is None else int(value)
