import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gongkai.text import decode

TEXT = "一、总体情况\n全年主动公开政府信息1600余条，收到申请3件，均已按时答复。"
TRADITIONAL = "一、總體情況\n全年主動公開政府信息1600餘條，收到申請3件，均已按時答覆。"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "hz"]
)
def test_the_encoding_is_found_without_being_declared(encoding: str) -> None:
    found = decode(TEXT.encode(encoding))
    assert found.text == TEXT
    assert found.repairs == ()


def test_big5_is_told_from_gbk() -> None:
    found = decode(TRADITIONAL.encode("big5"))
    assert (found.text, found.encoding) == (TRADITIONAL, "big5hkscs")


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [("gb18030", "utf-8"), ("utf-8", "gb2312"), ("big5", "gbk"), ("gbk", "iso-8859-1"), ("utf-8", "no-such")],
)
def test_a_wrongly_declared_encoding_is_reported_and_not_believed(encoding: str, declared: str) -> None:
    text = TRADITIONAL if encoding == "big5" else TEXT
    found = decode(text.encode(encoding), declared)
    assert found.text == text
    assert [(r.id, r.repaired) for r in found.repairs] == [("wrong_charset", True)]


@pytest.mark.parametrize(
    ("encoding", "declared"), [("gbk", "gb2312"), ("utf-8", "UTF8"), ("gbk", "gb18030"), ("utf-8", None)]
)
def test_a_rightly_declared_encoding_is_no_repair(encoding: str, declared: str | None) -> None:
    assert decode(TEXT.encode(encoding), declared).repairs == ()


def test_a_declaration_does_not_matter_where_all_is_ascii() -> None:
    assert decode(b"0 0 0", "gb2312").repairs == ()


def test_bytes_that_mean_nothing_are_kept_as_u_fffd_and_reported() -> None:
    data = TEXT.encode()
    found = decode(data[:30] + b"\xff" + data[30:])
    assert "\ufffd" in found.text
    assert [(r.id, r.count, r.repaired) for r in found.repairs] == [("lost_characters", 1, False)]


def test_a_text_cut_inside_a_character_stays_what_it_is() -> None:
    assert decode(TEXT.encode()[:-1]).encoding == "utf-8"
    assert decode(TEXT.encode("gb18030")[:-1]).encoding == "gb18030"


@pytest.mark.parametrize("wrongly_read", [TEXT.encode().decode("latin-1"), "前言 " + "年度".encode().decode("cp1252")])
def test_utf8_that_was_read_as_latin_is_read_again(wrongly_read: str) -> None:
    found = decode(wrongly_read.encode())
    assert [r.id for r in found.repairs] == ["wrong_charset"]
    assert found.text in (TEXT, "前言 年度")


def test_utf8_that_was_read_as_gbk_is_read_again() -> None:
    found = decode("政府信息公开工作年度报告".encode().decode("gb18030").encode())
    assert found.text == "政府信息公开工作年度报告"
    assert [r.id for r in found.repairs] == ["wrong_charset"]


@pytest.mark.parametrize("text", ["Café à la carte, façade, naïve", "绗缝机、浜江、涓流、鍏"])
def test_what_only_looks_like_a_wrong_conversion_stays(text: str) -> None:
    found = decode(text.encode())
    assert (found.text, found.repairs) == (text, ())


@settings(deadline=None)
@given(
    st.binary(max_size=300),
    st.none()
    | st.sampled_from(["gb2312", "utf-16", "utf-7", "idna", "hex", "", "big5", "x\0y", "rot13", "unicode_escape"]),
)
@example(b"\x00" * 5, "utf-16")
@example(b"\xff\xfe\x00", None)
def test_no_bytes_at_all_make_it_raise(data: bytes, declared: str | None) -> None:
    decode(data, declared).text.encode("utf-8", "strict")
