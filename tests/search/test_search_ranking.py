"""What comes first, what comes last, and what is offered when nothing comes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gongkai.search import Document, Index, Query

Fill = Callable[..., Index]
YEAR = 31_556_952


def ids(index: Index, text: str) -> list[int]:
    return [hit.id for hit in index.search(Query(text)).hits]


def padded(body: str) -> str:
    return "各部门请认真组织实施" * 10 + body


def test_titles_come_before_bodies_and_bodies_before_attachments(filled: Fill) -> None:
    index = filled(
        Document(1, "附件里有", body="农机补贴很多", files="全文提到住房公积金"),
        Document(2, "正文里有", body="住房公积金很多很多", files="全文提到农机的补贴"),
        Document(3, "住房公积金办法", body="农机补贴很多很多"),
    )
    assert ids(index, "住房公积金") == [3, 2, 1]


def test_the_title_that_was_typed_comes_first(filled: Fill) -> None:
    index = filled(
        Document(1, "公共停车场收费标准", body="公共停车场收费标准公共停车场收费标准"),
        Document(2, "关于公共停车场收费标准的公共停车场收费标准的说明", body="公共停车场收费标准"),
        Document(3, "公共停车场收费标准（试行）", body="公共停车场收费标准公共停车场收费标准"),
    )
    assert ids(index, "公共停车场收费标准")[0] == 1


def test_the_document_of_a_number_comes_first(filled: Fill) -> None:
    index = filled(
        Document(1, "关于云政发〔2024〕12号的解读", ("云政办〔2024〕3号",), body="云政发〔2024〕12号" * 3),
        Document(2, "云州市人民政府通知", ("云政发〔2024〕12号",), body=padded("")),
    )
    assert ids(index, "云政发 [2024] 012 号") == [2, 1]
    assert ids(index, "文号:云政发2024第12号") == [2]


def test_newer_is_slightly_preferred(filled: Fill) -> None:
    index = filled(
        Document(1, "安全生产通知", date=35 * YEAR),
        Document(2, "安全生产通知", date=55 * YEAR),
        Document(3, "安全生产通知", date=45 * YEAR),
    )
    assert ids(index, "安全生产") == [2, 3, 1]


def test_a_sunk_document_comes_last_however_well_it_fits(filled: Fill) -> None:
    index = filled(
        Document(1, "烟花爆竹", body="烟花爆竹" * 50, date=55 * YEAR, sunk=True, boost=10),
        *(Document(n, f"其他通知{n}", body=padded("烟花爆竹")) for n in range(2, 30)),
    )
    assert ids(index, "烟花爆竹")[-1] != 1
    results = index.search(Query("烟花爆竹", offset=20))
    assert [hit.id for hit in results.hits if hit.sunk] == [1]
    assert results.hits[-1].id == 1
    assert 1 not in {hit.id for hit in index.search(Query("烟花爆竹", include_sunk=False, limit=50)).hits}


def test_a_word_finds_what_means_the_same_behind_what_says_the_same(filled: Fill) -> None:
    index = filled(Document(1, "最低生活保障标准"), Document(2, "低保标准"), Document(3, "养老"))
    assert ids(index, "低保标准") == [2, 1]
    assert ids(index, "“低保标准”") == [2]


def test_traditional_characters_find_simplified_ones_and_back(filled: Fill) -> None:
    index = filled(Document(1, "政府信息公开条例"), Document(2, "政府資訊公開條例"))
    assert ids(index, "公開條例") == ids(index, "公开条例")
    assert set(ids(index, "公开条例")) == {1, 2}


def test_a_sentence_that_stands_nowhere_is_eased(filled: Fill) -> None:
    index = filled(Document(1, "退役军人就业创业扶持办法", body=padded("申请材料")), Document(2, "殡葬服务收费"))
    results = index.search(Query("退役军人怎么申请就业创业"))
    assert results.relaxed
    assert [hit.id for hit in results.hits] == [1]
    assert not index.search(Query("“退役军人怎么申请就业创业”")).hits


def test_filters_that_exclude_all_do_not_ease_the_query(filled: Fill) -> None:
    index = filled(Document(1, "退役军人就业创业", agency=1), Document(2, "退役军人就业", agency=2))
    results = index.search(Query("退役军人就业创业", agencies=frozenset({2})))
    assert results.total == 0
    assert not results.relaxed


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("退役军人事物", "退役军人事务"),
        ("住房公积今", "住房公积金"),
        ("住公房积金", "住房公积金"),
        ("住房积金", "住房公积金"),
        ("住房公公积金", "住房公积金"),
        ("住防公积金 提取", "住房公积金 提取"),
    ],
)
def test_a_slip_is_mended(filled: Fill, typed: str, meant: str) -> None:
    index = filled(
        *(Document(n, "退役军人事务局关于开展走访的通知") for n in range(1, 4)),
        *(Document(n, "关于住房公积金提取的公告") for n in range(4, 9)),
        *(Document(n, "公房积金账目") for n in range(9, 10)),
    )
    assert index.search(Query(typed)).corrected == meant


def test_what_is_found_is_not_corrected(filled: Fill) -> None:
    index = filled(*(Document(n, "住房公积金提取") for n in range(5)))
    assert index.search(Query("住房公积金")).corrected is None
    assert index.did_you_mean("毫不相干的词语") is None
