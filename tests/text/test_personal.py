import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.text.personal import PersonalKind, find_personal_data, is_identity_number, passes_luhn

IDENTITY = "11010519491231002X"  # the example of GB 11643 itself


def kinds(text: str) -> list[PersonalKind]:
    return [hit.kind for hit in find_personal_data(text)]


def test_the_example_of_the_standard_is_an_identity_number() -> None:
    assert is_identity_number(IDENTITY)
    assert not is_identity_number("110105194912310021")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"申请人身份证号{IDENTITY}，", PersonalKind.IDENTITY),
        ("联系电话：13800000000", PersonalKind.MOBILE),
        ("手机１３８００００００００", PersonalKind.MOBILE),
        ("手机 138 0000 0000。", PersonalKind.MOBILE),
        ("申请人王某，家住云州市临溪县人民路花园小区3号楼2单元501室。", PersonalKind.HOME_ADDRESS),
    ],
)
def test_personal_data_is_found(text: str, kind: PersonalKind) -> None:
    assert kinds(text) == [kind]


def test_a_bank_card_is_found_by_its_check_digit() -> None:
    right = next(f"622202123456789012{d}" for d in range(10) if passes_luhn(f"622202123456789012{d}"))
    wrong = right[:-1] + str((int(right[-1]) + 1) % 10)
    assert kinds(f"卡号{right}") == [PersonalKind.BANK_CARD]
    assert kinds(f"卡号{wrong}") == []


@pytest.mark.parametrize(
    "text",
    [
        "电话：0571-83600000，邮编：223001，邮箱：gongkai@example.cn",
        "地址：云州市人民路1号行政中心3号楼2单元501室，云州市人民政府办公室",
        "公开政府信息12345678901条",
        "统一社会信用代码：11010519491231002X",
        "网站标识码13800000000",
        "2019年12月31日，国办发〔2019〕32号，办件量1234567890123456件",
        "http://www.example.cn/13800000000.html",
        "0 0 0 0 0 0 0 0 0 0 0 0 0 0 0",
        "1 3 8 0 0 0 0 0 0 0 0",
    ],
)
def test_what_an_office_publishes_about_itself_is_no_personal_data(text: str) -> None:
    assert kinds(text) == []


def test_the_masked_form_hides_the_middle() -> None:
    (hit,) = find_personal_data(f"号码{IDENTITY}")
    assert hit.masked == "1101**********002X"
    assert (hit.start, hit.end) == (2, 20)


@settings(deadline=None)
@given(st.text(alphabet="0123456789０１X -申请人家住路小区栋室户，\n13", max_size=100))
def test_hits_are_ordered_and_masked_to_their_own_length(text: str) -> None:
    last = 0
    for hit in find_personal_data(text):
        assert last <= hit.start < hit.end
        assert len(hit.masked) == hit.end - hit.start
        last = hit.end
