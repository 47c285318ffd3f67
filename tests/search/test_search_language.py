"""One box: whatever is typed means something."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.search import Parsed, parse
from gongkai.search.folding import units
from gongkai.search.model import MAX_QUERY
from gongkai.search.synonyms import Synonyms, synonyms


def shape(parsed: Parsed) -> list[list[str]]:
    return [[term.text for term in clause] for clause in parsed.clauses]


@pytest.mark.parametrize(
    ("text", "clauses", "excluded"),
    [
        ("住房公积金 提取", [["住房公积金"], ["提取"]], []),
        ("住房公积金　提取", [["住房公积金"], ["提取"]], []),
        ('"住房 公积金" 提取', [["住房 公积金"], ["提取"]], []),
        ("“安全生产”通知", [["安全生产"], ["通知"]], []),
        ("《信息公开条例》解读", [["信息公开条例"], ["解读"]], []),
        ("公积金 -贷款", [["公积金"]], ["贷款"]),
        ("公积金 －“异地 贷款”", [["公积金"]], ["异地 贷款"]),
        ("公积金 NOT 贷款", [["公积金"]], ["贷款"]),
        ("公积金 排除 贷款", [["公积金"]], ["贷款"]),
        ("低保 OR 特困", [["低保", "特困"]], []),
        ("低保|特困｜孤儿", [["低保", "特困", "孤儿"]], []),
        ("低保 或者 特困 通知", [["低保", "特困"], ["通知"]], []),
        ("低保 AND 特困", [["低保"], ["特困"]], []),
        ("排除 妨害", [["排除"], ["妨害"]], []),
        ("OR", [["OR"]], []),
        ("-", [], []),
        ("，。！？", [], []),
        ("", [], []),
        ("一-二", [["一-二"]], []),
        ("“没有结尾", [["没有结尾"]], []),
        ("云政发 〔 2024 〕 12 号", [["云政发〔2024〕12号"]], []),
        ("云政发 2024 12号", [["云政发2024〕12号"]], []),
    ],
)
def test_queries_are_read(text: str, clauses: list[list[str]], excluded: list[str]) -> None:
    parsed = parse(text)
    assert shape(parsed) == clauses
    assert list(parsed.excluded_words) == excluded


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("标题:预算", "title"),
        ("标题：“部门 预算”", "title"),
        ("Title: 预算", "title"),
        ("文号:2024", "numbers"),
        ("预算", ""),
    ],
)
def test_a_prefix_names_the_field(text: str, field: str) -> None:
    assert parse(text).clauses[0][0].field == field


@given(st.text(max_size=400))
def test_no_text_is_refused(text: str) -> None:
    parsed = parse(text)
    assert all(term.units for clause in parsed.clauses for term in clause)
    assert parsed.cut == (len(text) > MAX_QUERY)


@given(
    st.lists(
        st.sampled_from(
            ['"', "“", "”", "《", "-", "OR", "|", " ", "标题:", "NOT ", "公开", "2024", "〔", "号", "排除 "]
        )
    )
)
def test_no_arrangement_of_operators_is_refused(parts: list[str]) -> None:
    parse("".join(parts))


def test_a_word_brings_its_synonyms() -> None:
    assert [tuple("最低生活保障标准")] == list(parse("低保标准").clauses[0][0].variants[1:])
    assert parse("低保标准").synonyms == ("最低生活保障标准",)


def test_quotes_switch_synonyms_off() -> None:
    assert parse("“低保标准”").synonyms == ()


def test_a_synonym_that_holds_the_word_is_left_out() -> None:
    table = Synonyms.read("公积金=住房公积金")
    assert table.variants(tuple("公积金")) == (tuple("公积金"),)
    assert table.variants(tuple("住房公积金")) == (tuple("住房公积金"), tuple("公积金"))


def test_the_longest_word_of_a_group_is_replaced() -> None:
    table = Synonyms.read("# 注\n\n医保=医疗保险\n医保局=医疗保障局  # 注\n独")
    assert table.variants(tuple("市医保局")) == (tuple("市医保局"), tuple("市医疗保障局"))


def test_the_file_of_synonyms_holds_no_word_twice() -> None:
    words = [member for members in synonyms().members.values() for member, _ in members]
    assert len(synonyms().groups) >= 80
    assert sorted(words) == sorted(set(words))


def test_all_of_a_quoted_query_stays_quoted() -> None:
    assert parse("“住房公积金提取”").for_relaxing() is None
    assert parse("住房公积金怎么提取").for_relaxing() is not None


def test_units_of_a_term_are_those_of_its_text() -> None:
    assert parse("“政府信息公開”").clauses[0][0].units == tuple(units("政府信息公开"))


def test_only_document_numbers_lose_their_padding() -> None:
    assert parse("第020条").clauses[0][0].variants == (("第", "020_", "条"),)
    assert parse("云政发〔2024〕第012号").clauses[0][0].variants[-1] == ("云", "政", "发", "2024_", "12_", "号")
    assert parse("云政发〔2024〕第012号").synonyms == ()
