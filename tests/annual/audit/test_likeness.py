"""How much of a text stands in another."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gongkai.annual.audit.likeness import PASSAGE, alike_pairs, candidates, likeness

TEXT = (
    "本年围绕群众关心的饮水安全开展专题公开，把水质检测结果按月张贴到村口。针对河道采砂的疑问，邀请代表到现场查看并当面答复。"
    "把取水许可的材料由九件减到五件，窗口设专人指导填写，节假日轮流值班。"
)
OTHER = "春耕时节组织农技人员下乡，发放种植手册和补贴明白纸，集中解答购置农机具的手续，收集意见三十余条并逐一回复。" * 2


def test_a_text_stands_wholly_in_itself() -> None:
    found = likeness(TEXT, TEXT)
    assert found.share == 1
    assert len(found.passages) == 1


def test_new_figures_do_not_hide_a_copy() -> None:
    assert likeness("全年公开125条。" + TEXT, "全年公开3条。" + TEXT).share > 0.95


def test_unrelated_texts_share_nothing() -> None:
    assert likeness(TEXT, OTHER).share == 0
    assert likeness(TEXT, OTHER).passages == ()


def test_a_passage_is_given_as_it_stands() -> None:
    mixed = OTHER + TEXT
    found = likeness(mixed, TEXT)
    assert 0.2 < found.share < 0.8
    longest = found.passages[0]
    assert mixed[longest.start : longest.end] == longest.text
    assert longest.text in TEXT


def test_phrases_that_every_report_carries_do_not_count() -> None:
    phrases = "本报告根据《中华人民共和国政府信息公开条例》的要求编制。坚持以公开为常态、不公开为例外。"
    assert likeness(phrases, phrases).share == 0


def test_short_runs_are_no_passages() -> None:
    run = TEXT[: PASSAGE - 6]
    assert likeness(OTHER + run, run + "别的内容").passages == ()


@given(
    st.text(alphabet="公开信息年度工作报告，。1x \n", max_size=200),
    st.text(alphabet="公开信息年度工作报告，。", max_size=200),
)
def test_the_share_is_a_share(a: str, b: str) -> None:
    found = likeness(a, b)
    assert 0 <= found.share <= 1
    assert all(a[p.start : p.end] == p.text for p in found.passages)


def test_copies_are_found_among_many() -> None:
    others = [f"{i}号文件说明{c}" * 30 for i, c in enumerate("天地玄黄宇宙洪荒日月盈昃")]
    assert candidates(TEXT, [*others, TEXT])[0] == len(others)
    assert alike_pairs([*others, TEXT, TEXT]) == [(len(others), len(others) + 1)]
