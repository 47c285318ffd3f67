from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.text.scan import (
    RULES,
    Hit,
    Level,
    blocking,
    effective,
    file_model,
    fingerprint,
    mask,
    merge,
    scan_html,
    scan_text,
)

IDENTITY = "11010519491231002X"
CHILD = "110105201501010017"
SIGNS = st.text(
    alphabet="0123456789０Ｘx -.@／★＊密机绝秘级：:()（）〔〕【】\t|\n张王李某姓名"
    "身份证号手机电话家住路号楼室栋女男学生补贴×_"
    "年月日号市县人民政府公开稿内部资料",
    max_size=160,
)


def of_rule(hits: tuple[Hit, ...], rule: str) -> Hit:
    return next(hit for hit in hits if hit.rule == rule)


def test_nothing_is_found_in_nothing() -> None:
    assert scan_text("") == scan_text(" \n　") == scan_html("") == ()


def test_a_hit_says_where_it_stands_and_what_to_do() -> None:
    text = f"一、名单\n申请人张三身份证{IDENTITY}。"
    hit = of_rule(scan_text(text, where="summary"), "idcard18")
    assert text[hit.start : hit.end] == IDENTITY
    assert (hit.where, hit.level) == ("summary", Level.BLOCK)
    assert "前六位" in hit.remedy
    assert hit.message_en.isascii()


def test_an_excerpt_never_shows_personal_data() -> None:
    text = f"张三{IDENTITY}，电话13800138000，卡号6222020000000000018"
    shown = "".join(hit.excerpt_masked for hit in scan_text(text))
    for datum in (IDENTITY, "13800138000", "6222020000000000018", "张三"):
        assert datum not in shown


def test_personal_data_is_masked_in_the_usual_forms() -> None:
    text = f"申请人张小三，身份证{IDENTITY}，手机13800138000，卡号6222020000000000018"
    assert mask(text, scan_text(text)) == (
        "申请人张某某，身份证110105********002X，手机138****8000，卡号***************0018"
    )


def test_what_points_to_personal_data_stays_when_it_is_masked() -> None:
    text = "机密★5年\n全年公开××条"
    assert mask(text, scan_text(text)) == text


def test_a_fingerprint_survives_edits_elsewhere_but_not_of_its_own_words() -> None:
    line = "值班电话：13800138000，欢迎来电"
    before = of_rule(scan_text(line), "mobile").fingerprint
    assert of_rule(scan_text(f"新的第一段。\n\n{line}\n新的末段"), "mobile").fingerprint == before
    assert of_rule(scan_text(line.replace("8000", "8001")), "mobile").fingerprint != before
    assert of_rule(scan_text(line.replace("值班", "家庭")), "mobile").fingerprint != before
    assert fingerprint("mobile", "甲乙", 0, 1) != fingerprint("email", "甲乙", 0, 1)


def test_a_policy_makes_a_rule_weigh_more_or_less_or_nothing() -> None:
    text = "联系邮箱：a@example.com，手机13800138000"
    levels = {hit.rule: hit.level for hit in scan_text(text, levels={"email": "block", "mobile": Level.WARN})}
    assert levels == {"email": Level.BLOCK, "mobile": Level.WARN}
    assert {hit.rule for hit in scan_text(text, levels={"email": "off"})} == {"mobile"}


def test_later_policies_go_before_earlier_ones_and_unknown_levels_are_refused() -> None:
    assert merge({"mobile": "block"}, None, {"mobile": "warn"}) == {"mobile": Level.WARN}
    with pytest.raises(ValueError, match="maybe"):
        merge({"mobile": "maybe"})


def test_an_override_allows_one_hit_and_no_other() -> None:
    hits = scan_text("手机13800138000\n手机13900139000")
    weighed = effective(hits, overrides={hits[0].fingerprint})
    assert [hit.level for hit in weighed] == [Level.ALLOW, Level.BLOCK]
    assert blocking(weighed) == (hits[1],)
    assert effective(hits, {"mobile": "off"}) == ()


def test_the_age_of_a_child_is_read_off_its_number() -> None:
    text = f"参保人{CHILD}"
    assert {hit.rule for hit in scan_text(text, on=date(2026, 11, 21))} == {"idcard18", "minor"}
    assert {hit.rule for hit in scan_text(text, on=date(2033, 1, 1))} == {"idcard18"}
    assert {hit.rule for hit in scan_text(text)} == {"idcard18"}


def test_the_name_beside_a_number_is_pointed_out_so_that_it_can_be_masked() -> None:
    text = "联系李小红（手机：13800138000）"
    name = of_rule(scan_text(text), "name")
    assert (text[name.start : name.end], name.level) == ("李小红", Level.ALLOW)


def test_the_class_of_secrecy_deep_in_a_text_is_no_mark_at_its_head() -> None:
    text = "\n".join(["段落"] * 12 + ["机密"])
    assert scan_text(text) == ()
    assert {hit.rule for hit in scan_text("机密\n" + text)} == {"secret_head"}


def test_signs_without_width_do_not_hide_a_number() -> None:
    assert {hit.rule for hit in scan_text("手机138\u200b0013\u200b8000")} == {"mobile"}


def test_every_rule_has_its_words_in_both_languages() -> None:
    for rule in RULES.values():
        assert rule.label
        assert rule.message
        assert rule.label_en.isascii()
        assert rule.level is not Level.OFF


@settings(deadline=None, max_examples=150)
@given(SIGNS)
def test_hits_lie_in_the_text_in_order_and_masking_keeps_its_length(text: str) -> None:
    hits = scan_text(text, on=date(2026, 11, 21), own_places=("云州市",))
    assert all(0 <= hit.start < hit.end <= len(text) for hit in hits)
    assert [hit.start for hit in hits] == sorted(hit.start for hit in hits)
    assert len(mask(text, hits)) == len(text)


@settings(deadline=None, max_examples=60)
@given(SIGNS, SIGNS)
def test_an_identity_number_is_found_whatever_stands_on_the_lines_around_it(before: str, after: str) -> None:
    text = f"{before}\n身份证{IDENTITY}。\n{after}"
    place = len(before) + 4
    assert any(hit.rule == "idcard18" and hit.start == place for hit in scan_text(text))


@settings(deadline=None, max_examples=60)
@given(st.text(alphabet="<>/apdivtr=\"' styleimgsrcathb行甲1&;#\n", max_size=200))
def test_broken_markup_is_scanned_all_the_same(source: str) -> None:
    for hit in scan_html(source):
        assert hit.start <= hit.end


def test_every_rule_of_files_can_be_given_a_level() -> None:
    assert set(file_model.RULES) <= set(RULES)
