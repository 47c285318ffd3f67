from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.text.numbers import NumberKind, find_numbers, parse_number


@pytest.mark.parametrize(
    ("raw", "value", "unit", "approximate"),
    [
        ("0", "0", None, False),
        ("1,234", "1234", None, False),
        ("1，234", "1234", None, False),
        ("１２", "12", None, False),
        (" 12 ", "12", None, False),
        ("三百二十", "320", None, False),
        ("一千二百余", "1200", None, True),
        ("两千余条", "2000", "条", True),
        ("一万三千", "13000", None, False),
        ("百余件", "100", "件", True),
        ("1600余条", "1600", "条", True),
        ("260万余", "2600000", None, True),
        ("260余万条", "2600000", "条", True),
        ("88.3%", "88.3", "%", False),
        ("88.3％", "88.3", "%", False),
        ("251000元", "251000", "元", False),
        ("2.5万元", "2.5", "万元", False),
        ("2.5（万元）", "2.5", "万元", False),
        ("1.2亿", "120000000", None, False),
        ("-3", "-3", None, False),
        ("－3", "-3", None, False),
        ("+2", "2", None, False),
        ("减3", "-3", None, False),
        ("约30", "30", None, True),
        ("近百条", "100", "条", True),
        ("50左右", "50", None, True),
        ("100%以上", "100", "%", True),
        ("达3000条", "3000", "条", True),
        ("达924条", "924", "条", False),
        ("3（件）", "3", "件", False),
    ],
)
def test_figure_in_a_cell(raw: str, value: str, unit: str | None, approximate: bool) -> None:
    number = parse_number(raw)
    assert (number.kind, number.value, number.unit, number.approximate) == (
        NumberKind.FIGURE,
        Decimal(value),
        unit,
        approximate,
    )
    assert number.raw == raw


@pytest.mark.parametrize("raw", ["", " ", "\u3000", "\n\t"])
def test_nothing_is_empty_and_not_zero(raw: str) -> None:
    number = parse_number(raw)
    assert number.kind is NumberKind.EMPTY
    assert number.value is None
    assert number.is_blank


@pytest.mark.parametrize("raw", ["—", "-", "／", "/", "——", "--", " — "])
def test_dash_is_not_zero(raw: str) -> None:
    assert parse_number(raw).kind is NumberKind.DASH


@pytest.mark.parametrize("raw", ["无", "无此项", "不涉及", "（无）", "无。", "暂无", "N/A"])
def test_a_word_for_none_is_not_zero(raw: str) -> None:
    assert parse_number(raw).kind is NumberKind.NONE_WORD


def test_zero_is_a_figure() -> None:
    assert not parse_number("0").is_blank


@pytest.mark.parametrize(
    "raw",
    [
        *(
            "2020年",
            "12月31日",
            "2020-12-31",
            "12、15",
            "1 2",
            "00",
            "3-5",
            "3至5",
            "(3)",
            "22(16)",
            "12,34",
            "一",
            "一一",
        ),
        *("〇〇", "二〇一五", "13800000000", "第3", "×", "xx", "12.", "十几", "见附件", "1/2", "O", "3.4.5", "0517"),
    ],
)
def test_what_could_be_read_in_two_ways_is_not_a_number(raw: str) -> None:
    assert parse_number(raw).kind is NumberKind.NOT_A_NUMBER


def test_what_stands_beside_the_figure_is_its_note() -> None:
    number = parse_number("22（其中：修订16件）")
    assert (number.value, number.note) == (Decimal(22), "其中：修订16件")


@pytest.mark.parametrize(
    ("raw", "yuan"),
    [("251000元", 251000), ("2.5万元", 25000), ("1亿2000万元", 120000000), ("三百万元", 3000000), ("￥2.5万", 25000)],
)
def test_money_converts_to_yuan(raw: str, yuan: int) -> None:
    assert parse_number(raw).yuan == Decimal(yuan)


def test_what_is_no_money_has_no_yuan() -> None:
    assert parse_number("3条").yuan is None


@settings(deadline=None)
@given(st.integers(min_value=0, max_value=10**9))
def test_every_count_is_read_with_and_without_separators(count: int) -> None:
    assert parse_number(str(count)).value == parse_number(f"{count:,}").value == count


@settings(deadline=None)
@given(st.text(max_size=80))
def test_parsing_never_raises_and_keeps_the_raw_text(raw: str) -> None:
    number = parse_number(raw)
    assert number.raw == raw
    assert (number.value is not None) == (number.kind is NumberKind.FIGURE)


@settings(deadline=None)
@given(st.text(alphabet="0123456789一二十百千万亿余多约.,，、 件条元%（）()-无其中第年", max_size=40))
def test_parsing_what_looks_like_numbers_never_raises(raw: str) -> None:
    assert parse_number(raw).raw == raw


def found(text: str) -> list[tuple[str, Decimal | None, str | None, bool]]:
    return [(n.number.raw, n.number.value, n.number.unit, n.number.approximate) for n in find_numbers(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("公开信息1600余条，其中", ("1600余条", 1600, "条", True)),
        ("共接待 640 余人次。", ("640 余人次", 640, "人次", True)),
        ("受理151 件", ("151 件", 151, "件", False)),
        ("占88.3%，", ("88.3%", Decimal("88.3"), "%", False)),
        ("推送约260万余条", ("约260万余条", 2600000, "条", True)),
        ("收费2.5万元", ("2.5万元", Decimal("2.5"), "万元", False)),
        ("共1亿2000万元", ("1亿2000万元", 12000, "万元", False)),
        ("全市26个单位", ("26个", 26, "个", False)),
        ("召开十余场会", ("十余场", 10, "场", True)),
        ("整理一百零五件", ("一百零五件", 105, "件", False)),
        ("培训500余人（次）", ("500余人（次）", 500, "人(次)", True)),
        ("答复率百分之九十八", ("百分之九十八", 98, "%", False)),
        ("满意度达98%", ("达98%", 98, "%", False)),
        ("超过20个工作日", ("超过20个工作日", 20, "个工作日", True)),
        ("公开１２件", ("１２件", 12, "件", False)),
        ("公开1,234条", ("1,234条", 1234, "条", False)),
        ("上百条", ("上百条", 100, "条", True)),
        ("公开数为35，", ("35", 35, None, False)),
    ],
)
def test_figure_in_prose(text: str, expected: tuple[object, ...]) -> None:
    assert found(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "依据第九、十、十一、十二条的规定",
        "第二十条第（一）项和第36条第1、2款",
        "2015年、2015 年度、二〇一五年、2016-2017学年",
        "2019年12月31日起，9时30分至10:30",
        "国办发〔2014〕32号、国令第711号",
        "电话：0517-83600000，邮编：223001，手机13800000000，",
        "一是加强，二是落实。（一）主动公开 1.项目 2、条例",
        "推行“一门式”服务，落实“三个一”要求",
        "三公经费、统一部署、十分重要、一起办理、一次性告知、一件事、唯一",
        "数十条、几百件、十几场、二三十件",
        "3-5条，3至5个",
        "三分之二，20xx年，××条",
        "http://www.example.cn/12/3条，V2.0版",
        "第三方机构、第 3 次、第十二批",
        "12345热线",
        "零件",
        "10多年的历史",
    ],
)
def test_what_does_not_count_anything_is_passed_over(text: str) -> None:
    assert found(text) == []


@settings(deadline=None)
@given(
    st.text(
        alphabet="0123456789第一二十百千万亿余多约.,，、 件条元%（）()-其中年月日号个次人百分之至http:/", max_size=80
    )
)
def test_spans_are_ordered_and_hold_their_raw_text(text: str) -> None:
    last = 0
    for number in find_numbers(text):
        assert last <= number.start < number.end
        assert text[number.start : number.end] == number.number.raw
        assert number.number.value is not None
        last = number.end
