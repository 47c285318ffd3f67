"""The quick questions that the scan asks first never hide a hit: without them it finds the same."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gongkai.text.scan import scan_text, scanning
from gongkai.text.scan.view import View

_PIECES = (
    *(
        "身份证号11010519491231002X",
        "110105 19491231 002X",
        "１３８１２３４５６７８",
        "138-1234-5678",
        "电话：0871-63600000",
    ),
    *(
        "6222020200112233446",
        "账号：5300 1234 5678 9012 3",
        "护照E12345678",
        "云A12345",
        "a.b@c.cn",
        "x@yunzhou.gov.cn",
    ),
    *(
        "机密★10年",
        "机  密",
        "密级：秘密",
        "（内部资料）",
        "仅供参阅",
        "不得外传",
        "000123",
        "No.000123",
        "此件主动公开",
    ),
    *(
        "（此件不公开）",
        "公开方式：依申请公开",
        "商业秘密",
        "工作秘密★",
        "（送审稿）",
        "讨论稿",
        "内部明电",
        "12345部队",
    ),
    *(
        "申请人张小明",
        "姓名\t身份证号\t金额",
        "王大力\t11010519491231002X\t300",
        "低保名单",
        "患有糖尿病",
        "五年级二班",
    ),
    *("学生李小红", "离异", "行政处罚决定", "当事人赵大勇", "家庭住址：松亭县东街12号3栋201室", "XX市", "〔2024〕×号"),
    *(
        "2099年1月1日",
        "2024年2月30日",
        "某某局",
        "合计\t10",
        "甲\t4",
        "乙\t5",
        "ä¸å\x9b½",
        "葡京赌场",
        "。",
        "，",
        " ",
        "\n",
        "\u200b",
    ),
)
_TEXTS = st.lists(
    st.sampled_from(_PIECES) | st.text("年月日0123456789X★密级号张王姓名市\t\n -：（）", max_size=6), max_size=14
)


class _Patient(View):
    """Looks for everything everywhere."""

    def has(self, words: tuple[str, ...]) -> bool:
        return any(word in self.plain for word in words)

    def lines_with(self, words: tuple[str, ...]) -> list[tuple[int, int]]:
        return [self.line(start) for start in self.starts]

    @property
    def number_windows(self) -> list[tuple[int, int]]:  # type: ignore[override]
        return [(0, len(self.plain))]


@settings(max_examples=150, deadline=None)
@given(pieces=_TEXTS)
@example(pieces=["身份证号11010519491231002X", "110105 19491231 002X", "XX市", "6222020200112233446"])
def test_what_the_quick_checks_pass_over_holds_nothing(pieces: list[str]) -> None:
    text = "".join(pieces)
    quick = scan_text(text, on=date(2026, 11, 21), own_places=("云州市",))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scanning, "View", _Patient)
        patient = scan_text(text, on=date(2026, 11, 21), own_places=("云州市",))

    assert quick == patient
