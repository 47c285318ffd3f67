"""Two texts are the same to the search when their units are."""

from __future__ import annotations

import unicodedata
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opencc import OpenCC

from gongkai.search.folding import BARRIER, fold, number_units, pairs, simplified, units, written


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("政府信息公開條例", "政府信息公开条例"),
        ("ＧＤＰ", "gdp"),
        ("２０２４年１月", "2024年 1 月"),
        ("住房\n公积金", "住房公积金"),
        ("《条例》，第三条", "条例第三条"),
        ("café", "cafe\u0301"),
        ("二○二四年", "二〇二四年"),
        ("PM2.5", "pm 2.5"),
        ("100㎡", "100 m2"),
        ("零\u200b宽", "零宽"),
    ],
)
def test_what_does_not_count_is_folded_away(one: str, other: str) -> None:
    assert units(one) == units(other)


@pytest.mark.parametrize(("one", "other"), [("11月", "1月"), ("12 3", "1 23"), ("公开", "公布"), ("act now", "actnow")])
def test_what_counts_stays(one: str, other: str) -> None:
    assert units(one) != units(other)


def test_words_are_kept_apart_in_pairs() -> None:
    assert pairs(units("12 3")) != pairs(units("1 23"))


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_every_character_folds_to_letters_digits_and_gaps() -> None:
    for code in chain(range(0x3400), range(0x4E00, 0xAC00, 3), range(0xF900, 0x11000), range(0x1D400, 0x1F000)):
        folded = fold(chr(code))
        if chr(code) != BARRIER:
            assert all(c == " " or unicodedata.category(c)[0] in "LN" for c in folded), hex(code)
            assert fold(folded) == folded, hex(code)


@pytest.mark.parametrize(
    "spelling", ["云政发〔2024〕12号", "云政发[2024]第12号", "云政发（2024）012 号", "云政發 2024 12号"]
)
def test_a_document_number_has_one_form(spelling: str) -> None:
    assert number_units(spelling) == ["云", "政", "发", "2024_", "12_", "号"]


def test_units_read_as_people_write() -> None:
    assert written(units("GDP2024年act now")) == "gdp 2024年act now"


def test_the_table_of_characters_is_that_of_opencc() -> None:
    converter = OpenCC("t2s")
    for traditional, simple in simplified().items():
        assert converter.convert(converter.convert(traditional)) == simple
    assert len(simplified()) > 4_000
