import pytest

from gongkai.text.placeholders import find_placeholders


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("公开信息××条", ["××"]),
        ("公开信息×条", ["×"]),
        ("20xx年计划", ["20xx"]),
        ("由〇〇市负责", ["〇〇"]),
        ("由某某单位编制", ["某某"]),
        ("编号（请填写编号）", ["（请填写编号）"]),
        ("姓名____", ["____"]),
        ("3×5米的展板", []),
        ("**要点**如下", []),
        ("见 http://example.cn/xx/xx.html 说明", []),
        ("xxxx", []),
    ],
)
def test_what_was_left_to_be_filled_in(text: str, found: list[str]) -> None:
    assert [match[0] for match in find_placeholders(text)] == found
