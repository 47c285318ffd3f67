import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.text.labels import ordinal, plain, strip_numbering


@pytest.mark.parametrize(
    ("printed", "numbering", "rest"),
    [
        ("（一）予以公开", "（一）", "予以公开"),
        ("(一)予以公开", "(一)", "予以公开"),
        (" ( 十二 ) 予以公开 ", "( 十二 )", "予以公开"),
        ("一、总体情况", "一、", "总体情况"),
        ("三 、本年度办理结果", "三 、", "本年度办理结果"),
        ("1.属于国家秘密", "1.", "属于国家秘密"),
        ("１．属于国家秘密", "１．", "属于国家秘密"),
        ("1、政府网站", "1、", "政府网站"),
        ("2)其他", "2)", "其他"),
        ("①其他", "①", "其他"),
        ("㈠其他", "㈠", "其他"),
        ("⒈其他", "⒈", "其他"),
        ("第一部分 概述", "第一部分", "概述"),
        ("第二章　收费", "第二章", "收费"),
        ("一　总体情况", "一", "总体情况"),
        ("1.1 概述", "1.1", "概述"),
        ("十、附表", "十、", "附表"),
    ],
)
def test_leading_number_is_parted_from_the_label(printed: str, numbering: str, rest: str) -> None:
    assert strip_numbering(printed) == (numbering, rest)


@pytest.mark.parametrize(
    "label",
    [
        "第二十条第（一）项",
        "2020年",
        "2.5万元",
        "2.5 万元",
        "1,234",
        "三公经费",
        "一是加强领导",
        "（PPP）项目",
        "予以公开",
        "（县）人民政府",
        "12",
        "",
        "3 件",
    ],
)
def test_what_is_no_number_stays(label: str) -> None:
    assert strip_numbering(label) == ("", label)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("（三）不 予公开", "(三)不予公开："),
        ("危及“三安全一稳定”", '危及"三安全一稳定"'),
        ("本年增／减", "本年增/减"),
        ("１．属于国家秘密", "1.属于国家秘密"),
        ("总 计", "总计"),
        ("ＰＤＦ", "pdf"),
        ("《条例》", "<条例>"),
    ],
)
def test_the_same_label_differently_typed_has_one_plain_form(one: str, other: str) -> None:
    assert plain(one) == plain(other) != ""


def test_different_labels_stay_different() -> None:
    assert plain("（一）予以公开") != plain("（二）予以公开")
    assert plain("（一）予以公开", drop_numbering=True) == plain("（二）予以公开", drop_numbering=True) == "予以公开"


@pytest.mark.parametrize(
    ("numbering", "value"),
    [
        ("（三）", 3),
        ("十二、", 12),
        ("1.", 1),
        ("１２．", 12),
        ("③", 3),
        ("⑿", 12),
        ("㈢", 3),
        ("第二部分", 2),
        ("Ⅳ", 4),
    ],
)
def test_ordinal_of_a_number(numbering: str, value: int) -> None:
    assert ordinal(numbering) == value


@settings(deadline=None)
@given(st.text(max_size=60))
def test_plain_of_any_text_is_plain_already(text: str) -> None:
    assert plain(plain(text)) == plain(text)


@settings(deadline=None)
@given(st.text(max_size=60))
def test_parting_a_number_loses_nothing_but_blanks(text: str) -> None:
    numbering, rest = strip_numbering(text)
    assert "".join((numbering + rest).split()) == "".join(text.split())
