import pytest

from gongkai.text import Repaired, repair_line, repair_text
from gongkai.text.repairs import REPAIRS, repair

FUNCTIONS = {r.id: r.apply for r in REPAIRS}


def repaired(id: str, text: str) -> str:
    result = FUNCTIONS[id](text)
    if result.text != text:
        assert [r.id for r in result.repairs] == [id]
        assert result.repairs[0].count >= len(result.repairs[0].samples) > 0
    return result.text


CHANGED = [
    ("control_characters", "政\u200b府\u00ad信息\ufeff", "政府信息"),
    ("control_characters", "公开\u00a0信息\x0b第二行", "公开 信息\n第二行"),
    ("control_characters", "\uf0b7一是公开", "一是公开"),
    ("html_remains", "公开<span style='color:red'>3条</span>&nbsp;信息", "公开3条 信息"),
    ("html_remains", "公开&amp;lt;指引&amp;gt;", "公开<指引>"),
    ("html_remains", '数量：span id="a1b2" class="x">37条', "数量：37条"),
    ("html_remains", "<script>var a='<b>';</script>总体情况<br/>公开3条", "总体情况\n公开3条"),
    ("html_remains", "<o:p></o:p>总体<!-- 注释 -->情况", "总体情况"),
    ("full_width", "公开１２条，占３．５％，共Ａ类", "公开12条，占3.5%，共A类"),
    ("full_width", "总　计", "总 计"),
    ("full_width", "－３", "-3"),
    ("full_width", "单位　　数量 　合计", "单位  数量  合计"),
    ("injected_pinyin", "报(bào)告和领（lǐng）导", "报告和领导"),
    ("injected_pinyin", "我們(men)認(rèn)真", "我們認真"),
    ("injected_pinyin", "申請?zhí)議", "申請?議"),
    ("injected_pinyin", "縣(ｘｉàｎ)報(bɑ\u0300o)", "縣報"),
    ("traditional", "一、總體情況", "一、总体情况"),
    ("traditional", "臨溪縣教育局2020年政府信息公開工作年度報告", "临溪县教育局2020年政府信息公开工作年度报告"),
    ("traditional", "總計\n总计", "总计\n总计"),
    ("spaces_in_chinese", "2015 年，我局公开信息 38 条，受理申请 0 件。", "2015年，我局公开信息38条，受理申请0件。"),
    ("spaces_in_chinese", "概 述", "概述"),
    ("spaces_in_chinese", "2019年临溪县政府信息公开 工作年度报告", "2019年临溪县政府信息公开工作年度报告"),
    ("spaces_in_chinese", "（三）不 予公开", "（三）不予公开"),
    ("spaces_in_chinese", "2024 年政府信息公开工作年度报告", "2024年政府信息公开工作年度报告"),
    ("broken_lines", "二、附表（附件\n2、附件3）", "二、附表（附件2、附件3）"),
    (
        "broken_lines",
        "我局认真落实条例，完善各项工作机制，加强公开，\n提高水平。",
        "我局认真落实条例，完善各项工作机制，加强公开，提高水平。",
    ),
    (
        "broken_lines",
        "我局认真落实条例，完善各项工作，全年公开信息1600\n余条。",
        "我局认真落实条例，完善各项工作，全年公开信息1600余条。",
    ),
    (
        "broken_lines",
        "我局高度重视，成立领导小组，认真推进政府信息公开工作年\n度报告编制。",
        "我局高度重视，成立领导小组，认真推进政府信息公开工作年度报告编制。",
    ),
    ("advertising", "总体情况\n【字体：大 中 小】 打印本页\n公开3条", "总体情况\n公开3条"),
    ("advertising", "临溪县教育局-凯发k8官网\n总体情况", "临溪县教育局\n总体情况"),
    ("advertising", "无。\n上一篇：通知\n下一篇：没有了\n版权所有：临溪县人民政府 云ICP备12345678号", "无。"),
    ("advertising", "无。\n推荐阅读\n某某范文大全精选\n某某心得体会三篇", "无。"),
    ("advertising", "格式：pdf\n大小：37KB\n页数：3页\n评分：4.7\n总体情况", "总体情况"),
    ("advertising", "无。\n凡本网注明稿件来源的作品，版权均属本网所有，不得转载。\n联系方式：00000000", "无。"),
    ("advertising", "公开\n- 3 -\n情况", "公开\n情况"),
]


@pytest.mark.parametrize(("id", "dirty", "clean"), CHANGED)
def test_dirt_is_taken_out(id: str, dirty: str, clean: str) -> None:
    assert repaired(id, dirty) == clean


@pytest.mark.parametrize(
    ("id", "text"),
    [
        ("html_remains", "关于印发<义务教育公开指引>的通知，A<B且C>D；见附件"),
        ("html_remains", "A&B公司; x<y"),
        ("full_width", "　　一、总体情况（试行）：公开，受理"),
        ("injected_pinyin", "政府和社会资本合作(PPP)、附件(a)、(xx镇)、报告(bao)、（二）"),
        ("traditional", "乾隆年间的著作，瞭望哨，於某某、钟鍾书同志任组长"),
        ("traditional", "我局張某同志负责公开工作，领导小组办公室设在办公室"),
        ("spaces_in_chinese", "信息内容 本年制发件数 本年废止件数 现行有效件数"),
        ("spaces_in_chinese", "规章 1 0 11"),
        ("spaces_in_chinese", "行政复议  行政诉讼"),
        ("spaces_in_chinese", "姓名\t职务 单位"),
        ("spaces_in_chinese", "五、收费及减免情况 遵循便民原则，全部免费。"),
        ("spaces_in_chinese", "（二）部分公开（区分处理的，只计这一情形，不计其他情形） 9 0 0"),
        ("spaces_in_chinese", "推进“互联网 政务”建设，提升服务水平，方便群众办事。"),
        ("broken_lines", "规章\n0\n0\n0\n规范性文件\n12"),
        ("broken_lines", "一、总体情况\n我局认真落实条例，加强领导，完善制度，推进公开。\n二、主动公开"),
        ("broken_lines", "我局认真落实条例，加强领导，完善各项制度建设\n一是加强公开，二是加强监督。"),
        ("broken_lines", "我局认真落实条例，加强领导，推进各项工作落实\n我局将继续努力，做好公开。"),
        ("broken_lines", "临溪县教育局\n2020年政府信息公开工作年度报告"),
        ("broken_lines", "本年新\n制作数量\n本年新\n公开数量"),
        ("advertising", "发布时间：2020年1月6日 信息来源：教育局 编辑：办公室"),
        ("advertising", "我局在网站首页设置专栏，将信息分享到微信，方便群众打印本页，提供无障碍浏览。"),
        ("advertising", "（三）推进网站无障碍浏览和适老化改造"),
        ("advertising", "联系方式：云州市临溪县人民路1号"),
        ("advertising", "格式文本\n大型活动3次\n其他\n-3"),
    ],
)
def test_what_only_looks_like_dirt_stays(id: str, text: str) -> None:
    assert FUNCTIONS[id](text) == Repaired(text)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("地????区，类????型", 2),
        ("内容??茖规范", 1),
        ("政府信息公开申请?崞鹦行政", 1),
        ("大?。", 1),
        ("公开\ufffd\ufffd信息", 1),
        ("公开锟斤拷信息", 1),
        ("公开□信息", 1),
        ("公开\ue863信息", 1),
    ],
)
def test_lost_characters_are_found_and_kept(text: str, count: int) -> None:
    result = FUNCTIONS["lost_characters"](text)
    assert result.text == text
    assert [(r.id, r.count, r.repaired) for r in result.repairs] == [("lost_characters", count, False)]


@pytest.mark.parametrize(
    "text",
    [
        "公开什么？怎么公开？",
        "是否公开?答：是。",
        "“谁来公开？”",
        "□是 □否",
        "□同意□不同意",
        "http://example.cn/?a=1&b=2",
        "真的？！",
        "为什么不公开?因为涉密。",
    ],
)
def test_a_real_question_is_no_damage(text: str) -> None:
    assert FUNCTIONS["lost_characters"](text) == Repaired(text)


def wrapped(text: str, width: int) -> str:
    return "\n".join(text[i : i + width] for i in range(0, len(text), width))


def test_a_page_wrapped_at_a_fixed_width_becomes_paragraphs_again() -> None:
    paragraph = (
        "我县认真落实政府信息公开条例的各项规定，围绕中心工作，不断完善公开制度，加强平台建设，回应群众关切，" * 3
        + "取得实效。"
    )
    text = f"一、总体情况\n{wrapped(paragraph, 28)}\n二、主动公开政府信息情况\n规章 0 0 0"
    assert repair_text(text).text == f"一、总体情况\n{paragraph}\n二、主动公开政府信息情况\n规章 0 0 0"


def test_a_paragraph_is_repaired_without_joining_or_dropping_lines() -> None:
    text = "总計（附件\n2）\n版权所有"
    assert repair_line(text).text.count("\n") == 2
    assert "版权所有" in repair_line(text).text


def test_only_the_named_repairs_are_made() -> None:
    assert repair("１２ 報(bào)告", only=["full_width"]).text == "12 報(bào)告"
    with pytest.raises(KeyError):
        repair("", only=["no_such_repair"])


def test_repairs_uncover_work_for_each_other() -> None:
    result = repair_text("報<b>(bào)</b>告&nbsp;總&#32479;計１２條")
    assert result.text == "报告 总统计12条"
    assert [r.id for r in result.repairs] == ["html_remains", "full_width", "injected_pinyin", "traditional"]


def test_line_ends_of_other_systems_are_no_damage() -> None:
    assert repair_text("一、总体情况\r\n无。\r") == Repaired("一、总体情况\n无。\n")
