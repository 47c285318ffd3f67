from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law import (
    BadIndexNumber,
    IndexNumber,
    NotADocumentNumber,
    NumberKind,
    document_number,
    index_number,
    org_code_of_uscc,
    valid_org_code,
    valid_uscc,
)

TODAY = date(2026, 11, 21)
USCC = "11441700007280420Y"


def codes(text: str) -> list[str]:
    return [problem.code for problem in document_number.problems(text, TODAY)]


def test_the_check_characters_of_organisation_codes() -> None:
    assert valid_org_code("000014349")
    assert valid_org_code("01404053X")
    assert not valid_org_code("000014348")
    assert not valid_org_code("00001434-9")


def test_the_check_characters_of_unified_social_credit_codes() -> None:
    assert valid_uscc(USCC)
    assert not valid_uscc(USCC[:-1] + "X")
    assert not valid_uscc("I" + USCC[1:])
    assert org_code_of_uscc(USCC) == "007280420"
    with pytest.raises(ValueError, match="credit code"):
        org_code_of_uscc(USCC[:-1] + "0")


def test_an_index_number_is_made_of_code_year_and_serial() -> None:
    assert index_number.make("000014349", 2018, 222) == "000014349/2018-00222"
    assert index_number.make(USCC, 2024, 1) == f"{USCC}/2024-00001"


@pytest.mark.parametrize(
    ("prefix", "year", "serial"),
    [("1", 2024, 1), ("00001434-9", 2024, 1), ("000014349", 24, 1), ("000014349", 2024, 0), (USCC, 2024, 100_000)],
)
def test_an_index_number_of_wrong_parts_is_refused(prefix: str, year: int, serial: int) -> None:
    with pytest.raises(BadIndexNumber):
        index_number.make(prefix, year, serial)


def test_the_form_with_year_and_month_is_read_too() -> None:
    number = index_number.parse("11341702486344515H/202110-00013")
    assert (number.year, number.month, number.serial) == (2021, 10, 13)
    assert str(number) == "11341702486344515H/202110-00013"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("000014349/2018-00222", []),
        ("11441700007280420Y/2021-00050", []),
        ("000014348/2018-00222", ["prefix"]),
        ("000014349/2018-00000", ["serial"]),
        ("000014349/2018-222", ["shape"]),
        ("000014349／2018-00222", ["shape"]),
        ("", ["shape"]),
    ],
)
def test_an_index_number_is_checked(text: str, found: list[str]) -> None:
    assert [problem.code for problem in index_number.check(text)] == found


@given(
    st.from_regex(r"[0-9A-Z]{8}[0-9X]|[0-9A-HJ-NPQRTUWXY]{18}", fullmatch=True),
    st.integers(1990, 2100),
    st.integers(1, 99_999),
)
def test_an_index_number_is_read_as_it_was_made(prefix: str, year: int, serial: int) -> None:
    assert index_number.parse(index_number.make(prefix, year, serial)) == IndexNumber(prefix, year, serial)


@pytest.mark.parametrize(
    ("text", "canonical", "found"),
    [
        ("云政发〔2024〕12号", "云政发〔2024〕12号", []),
        ("云政办函〔2024〕3号", "云政办函〔2024〕3号", []),
        ("国办发明电〔2020〕1号", "国办发明电〔2020〕1号", []),
        ("云政发[2024]12号", "云政发〔2024〕12号", ["brackets"]),
        ("云政发（2024）12号", "云政发〔2024〕12号", ["brackets"]),
        ("云政发【2024】12号", "云政发〔2024〕12号", ["brackets"]),
        ("云政发<2024>12号", "云政发〔2024〕12号", ["brackets"]),
        ("云政发〔2024]12号", "云政发〔2024〕12号", ["brackets"]),
        ("云政发〔2024年〕12号", "云政发〔2024〕12号", ["year_word"]),
        ("云政发2024年12号", "云政发〔2024〕12号", ["brackets"]),
        ("云政发〔2024〕第12号", "云政发〔2024〕12号", ["ordinal"]),
        ("云政发〔2024〕012号", "云政发〔2024〕12号", ["leading_zero"]),
        ("云政发〔2024〕12", "云政发〔2024〕12号", ["hao_missing"]),
        ("云政发〔24〕12号", "云政发〔2024〕12号", ["short_year"]),
        ("云政发〔98〕12号", "云政发〔1998〕12号", ["short_year"]),
        ("云政发 〔２０２４〕 １２号", "云政发〔2024〕12号", ["spaces", "full_width"]),
        ("云政发〔2027〕1号", "云政发〔2027〕1号", ["future_year"]),
        ("云政发〔1924〕1号", "云政发〔1924〕1号", ["early_year"]),
        ("云政发〔2024〕0号", "云政发〔2024〕0号", ["leading_zero", "serial_zero"]),
        ("云公（治）行罚决字〔2023〕120号", "云公（治）行罚决字〔2023〕120号", []),
        ("云公(治)行罚决字[2023]120号", "云公（治）行罚决字〔2023〕120号", ["brackets"]),
        ("云州市人民政府令第5号", "云州市人民政府令第5号", []),
        ("云州市人民政府令（第5号）", "云州市人民政府令第5号", []),
        ("云州市人民政府令第五号", "云州市人民政府令第5号", ["numerals"]),
        ("云州市人民政府令5号", "云州市人民政府令第5号", ["ordinal_missing"]),
        ("2024年第3号", "2024年第3号", []),
        ("2024年第3号（公告）", "2024年第3号", []),
        ("云州市财政局公告2024年第3号", "云州市财政局公告2024年第3号", []),
        ("云州市财政局公告（2024年第3号）", "云州市财政局公告2024年第3号", []),
    ],
)
def test_a_document_number_is_read_and_put_right(text: str, canonical: str, found: list[str]) -> None:
    assert document_number.parse(text).canonical == canonical
    assert codes(text) == found
    assert all(problem.remedy == canonical for problem in document_number.problems(text, TODAY))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12",
        "云政发",
        "〔2024〕12号",
        "关于印发〔2024〕12号文件的通知",
        "云政发〔2024〕12号、13号",
        "号" * 5000,
        "云政发〔20245〕1号",
    ],
)
def test_what_is_no_document_number_is_refused(text: str) -> None:
    with pytest.raises(NotADocumentNumber):
        document_number.parse(text)
    assert codes(text) == ["unreadable"]


def test_the_parts_of_a_document_number() -> None:
    number = document_number.parse("云政办发〔2024〕12号")
    assert (number.prefix, number.year, number.serial, number.kind) == ("云政办发", 2024, 12, NumberKind.DOCUMENT)
    order = document_number.parse("云州市人民政府令第5号")
    assert (order.prefix, order.year, order.kind) == ("云州市人民政府令", None, NumberKind.ORDER)


def test_without_a_day_no_year_is_in_the_future() -> None:
    assert document_number.problems("云政发〔2099〕1号") == []


@given(
    st.text("云政办发函字财教（）()审〔〕[]第号年令公告0123456789０２ x", max_size=24),
)
def test_whatever_is_read_reads_the_same_in_its_right_form(text: str) -> None:
    try:
        number = document_number.parse(text)
    except NotADocumentNumber:
        return
    again = document_number.parse(number.canonical)
    assert again == number
    assert not {"brackets", "ordinal", "leading_zero", "spaces", "full_width"} & set(codes(number.canonical)) or (
        number.serial == 0
    )


@given(st.text("云政办发函财教环规审", min_size=1, max_size=8), st.integers(1949, 2026), st.integers(1, 99_999))
def test_a_right_number_has_no_problems(prefix: str, year: int, serial: int) -> None:
    text = f"{prefix}〔{year}〕{serial}号"
    assert document_number.parse(text).canonical == text
    assert codes(text) == []
