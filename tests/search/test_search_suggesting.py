"""Suggestions while typing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from gongkai.search import Document, Index, suggesting
from gongkai.search.suggesting import Subjects, subjects, write_subjects

Fill = Callable[..., Index]


def offered(title: str) -> list[str]:
    return [line.split("\t")[1] for line in subjects(title)]


def test_a_title_offers_itself_its_subject_and_what_it_names() -> None:
    assert offered("云州市人民政府关于印发《住房公积金提取办法》的通知") == [
        "云州市人民政府关于印发《住房公积金提取办法》的通知",
        "住房公积金提取办法",
    ]


def test_a_title_with_tabs_and_lines_is_one_line() -> None:
    assert offered("安全\t生产\n通知") == ["安全 生产 通知"]


def test_the_most_frequent_subject_is_offered_first(filled: Fill) -> None:
    index = filled(
        Document(1, "关于加强农村公路养护的通知"),
        *(Document(n, f"{n}县关于加强农村饮水安全的意见") for n in range(2, 6)),
    )
    assert index.suggest("农村")[:2] == ["农村饮水安全", "农村公路养护"]


def test_typing_is_folded(filled: Fill) -> None:
    index = filled(Document(1, "关于ＧＤＰ统一核算的公告"))
    assert index.suggest("gdp統一") == ["ＧＤＰ统一核算"]


def test_what_others_asked_comes_first_and_nothing_twice(filled: Fill) -> None:
    index = filled(Document(1, "关于加强防汛工作的通知"))
    index.learn_queries({"防汛值班电话": 9, "防汛工作": 12, "防火": 50})
    assert index.reload_if_changed()
    assert index.suggest("防汛") == ["防汛工作", "防汛值班电话"]


def test_nothing_typed_offers_nothing(filled: Fill) -> None:
    index = filled(Document(1, "关于加强防汛工作的通知"))
    assert index.suggest("") == index.suggest(" ，") == index.suggest("无此开头") == []


def test_halving_finds_every_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suggesting, "SCANNED", 50)
    texts = [f"{a}{b}{c}" for a in "云临河松" for b in "州溪口亭" for c in "市县区镇乡路街"]
    write_subjects(tmp_path / "subjects.tsv", [(f"{text}\t{text}", place % 7 + 1) for place, text in enumerate(texts)])
    kept = Subjects(tmp_path / "subjects.tsv")
    for text in texts:
        assert kept.beginning(text, 3) == [text]
        assert sorted(kept.beginning(text[:2], 20)) == sorted(t for t in texts if t.startswith(text[:2]))
    assert len(kept.beginning("云", 8)) == 8
    assert kept.beginning("丁", 8) == kept.beginning("龥", 8) == []


def test_a_frequent_beginning_has_its_best_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suggesting, "SCANNED", 10)
    counted = [(f"公开{n:03d}_\t公开{n:03d}", 1 + (n == 77) * 5) for n in range(100)]
    write_subjects(tmp_path / "subjects.tsv", counted)
    assert Subjects(tmp_path / "subjects.tsv").beginning("公", 2)[0] == "公开077"
