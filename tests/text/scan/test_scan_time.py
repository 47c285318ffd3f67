"""No text makes the scan slow: what takes long grows with the text and no faster."""

from datetime import date
from time import process_time

import pytest

from gongkai.text.scan import compare_series, scan_html, scan_text

_PIECES = (
    *("1", "1 ", "13800138000 ", "11010519491231002", "6222 0200 ", "a@", "a.", "京A1", "http://a.cn/", "密 ", "机密★"),
    *(
        "秘密*",
        "张",
        "张三 ",
        "学生张三五年级",
        "姓名\t补贴|",
        "家住路",
        "家住花园小区1栋",
        "住址:甲",
        "1号",
        "(",
        "（内部资料",
        "\n",
    ),
    *(
        "×",
        "_",
        "20xx",
        " 年 月 日",
        "2026年2月30日\n",
        "市人民政府",
        "州市",
        "?",
        "锟",
        "锛",
        "é",
        "&#1",
        "公开属性:",
        "限",
    ),
    *(
        "《",
        "(送审稿",
        "密级:",
        "保密期限:",
        "账号",
        "账号:1 2 3 4 5 6 7 8 9 ",
        "患有张三",
        "当事人张三",
        "凯发",
        "\t",
        "|",
        "　",
        " ",
    ),
)


def seconds(text: str) -> float:
    begun = process_time()
    scan_text(text, on=date(2026, 11, 21), own_places=("云州市",))
    return process_time() - begun


@pytest.mark.parametrize("piece", _PIECES)
def test_a_text_that_repeats_itself_takes_no_more_than_its_length_allows(piece: str) -> None:
    assert seconds(piece * (20_000 // len(piece))) < 1.5


def test_ten_thousand_characters_take_a_few_milliseconds() -> None:
    text = (
        "为进一步做好政务公开工作，云州市财政局于2026年3月5日印发实施方案，全年主动公开政府信息326条，办结申请12件。\n"
        * 200
    )[:10_000]
    assert min(seconds(text) for _ in range(5)) < 0.05


def test_deeply_nested_pages_are_read() -> None:
    begun = process_time()
    assert scan_html("<div>" * 3000 + "手机13800138000" + "</div>" * 3000)[0].rule == "mobile"
    assert process_time() - begun < 2


def test_long_pages_of_figures_are_compared() -> None:
    page = "\n".join(f"第{n}类\t{n}\t{n * 3}" for n in range(500))
    begun = process_time()
    compare_series(page, [("往期", page)] * 12)
    assert process_time() - begun < 5
