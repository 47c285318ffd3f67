import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.text.sentences import sentences


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("公开信息3条。受理申请2件。", ["公开信息3条。", "受理申请2件。"]),
        ("一是加强领导；二是完善制度。", ["一是加强领导；", "二是完善制度。"]),
        ("总体情况\n全年公开信息3条", ["总体情况", "全年公开信息3条"]),
        ("坚持“先审查；后公开。”原则，全年未发生泄密。", ["坚持“先审查；后公开。”", "原则，全年未发生泄密。"]),
        ("落实“一事一审；先审后发”制度。", ["落实“一事一审；先审后发”制度。"]),
        ("公开信息3条（文件1条；通知2条），受理0件。", ["公开信息3条（文件1条；通知2条），受理0件。"]),
        ("占88.3%。1.5万人次。", ["占88.3%。", "1.5万人次。"]),
        ("质量提高。。三、今后", ["质量提高。。", "三、今后"]),
        ("", []),
        (" \n　\n", []),
    ],
)
def test_sentences_end_where_the_writer_ends_them(text: str, expected: list[str]) -> None:
    assert split(text) == expected


def test_a_bracket_that_never_closes_does_not_swallow_the_text() -> None:
    text = "（" + "全年公开政府信息若干。" * 30
    assert len(split(text)) > 15


@settings(deadline=None)
@given(st.text(alphabet="公开信息。；！？“”（）()\"'\n ，、12", max_size=120))
def test_every_character_that_is_not_blank_is_in_one_sentence(text: str) -> None:
    spans = sentences(text)
    assert "".join("".join(split(text)).split()) == "".join(text.split())
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(spans))
