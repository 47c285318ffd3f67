"""Names of places, and which lie in or above which."""

from __future__ import annotations

import pytest

from gongkai.annual.audit.places import codes, places_in, related


def test_places_are_found_with_their_whole_name() -> None:
    text = "赴长春市教育局与内蒙古自治区呼和浩特市学习"
    assert [text[a:b] for a, b in places_in(text)] == ["长春市", "内蒙古自治区", "呼和浩特市"]


def test_words_are_no_places() -> None:
    assert list(places_in("全市各县区、本市、我省、城市、超市、校区")) == []


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("长春市", "吉林省", True),
        ("长春市", "农安县", True),
        ("长春市", "厦门市", False),
        ("吉林省", "福建省", False),
        ("云州市", "厦门市", True),
    ],
)
def test_related_places(a: str, b: str, expected: bool) -> None:
    assert related(a, b) is expected
    assert related(b, a) is expected


def test_names_of_former_editions_are_known() -> None:
    assert "宣武区" in codes()
    assert len(codes()) > 4000
