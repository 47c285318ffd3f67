"""Cases for names left from copied texts, and for repeated texts."""

from __future__ import annotations

from report_builder import PROSE_2021, balanced, report
from rule_cases import Made, fires, silent

from gongkai.annual.audit import Context

OWN_TEXT = (
    "全局共召开三次专题会议研究信息公开，梳理招生入学、教师资格、学生资助等高频事项，编成办事图解放在学校门口和社区公告栏。"
    "针对家长反映集中的课后服务问题，局长带队到石桥镇中心小学现场答疑，并把答疑实录整理后放到门户网站供大家查看。"
    "对照评估反馈逐条整改，把原来分散在五个栏目里的经费信息并到一处，按学期更新，附上与往年的对照说明，方便查找和比较。"
    "依托政务服务大厅设立查阅点，安排专人值守，帮助老年人和不会上网的群众查询打印所需材料，全年没有发生投诉。"
)
OTHER_TEXT = (
    "本局围绕水库除险加固、农村饮水安全、河道采砂管理等群众关心的事项，把项目批复、资金安排、验收结果逐项上网。"
    "汛期每日两次更新水情雨情，通过短信和广播送到村组，回应关于蓄水调度的疑问，整理成问答材料印发各乡镇水管站。"
    "把取水许可和水土保持审批的办理条件改写成一页纸，放在窗口，材料由九件减到五件，办理时间从二十天减到七天。"
    "聘请八名用水户代表监督公开情况，每季度座谈一次，提出的十一条意见都已答复，其中七条被采纳并写入下年计划。"
)


def _with(*more: str, agency: str = "云州市教育局") -> Made:
    return report(figures=balanced(), agency=agency, more=more)


@fires("S-AGENCY")
def the_site_of_another_citys_bureau_is_rebuilt() -> Made:
    return _with("及时对松岭市教育局政务网进行改版升级，调整栏目设置。")


@fires("S-AGENCY")
def a_ministry_is_taken_for_oneself() -> Made:
    return _with("进一步完善教育部机关信息公开的各项制度。")


@fires("S-AGENCY")
def the_guide_of_another_body_is_compiled() -> Made:
    return _with("编制完成《河口区残联政府信息公开指南》，在网站公开。", agency="经贸局")


@fires("S-AGENCY")
def a_bureau_calls_itself_a_town() -> Made:
    return _with("我镇高度重视政务公开工作。")


@fires("S-AGENCY")
def the_same_bureau_of_an_unrelated_city() -> Made:
    return _with("全年厦门市教育局主动公开政府信息三十条。", agency="长春市教育局")


@silent("S-AGENCY")
def superiors_subordinates_partners_and_titles() -> Made:
    return _with(
        "按照教育部、省教育厅和市政府办公室的部署，我局落实《教育部机关政府信息公开实施办法》。",
        "指导临溪县教育局完善临溪县教育局网站，督促河口区教育局编制《河口区教育局政府信息公开目录》。",
        "赴松岭市教育局学习考察，与松岭市教育局交流经验，通过云州市人民政府网站公开信息，自我局限不存在。",
        "将申请转送云州市财政局办理。修订《云州市教育局政府信息公开指南》《市教育局信息公开目录》。",
        "更新《政府信息公开指南》，完善《市政府信息公开目录》。",
        "完善乡镇政府网站和城区教育局网站，升级开发区教育局网站，维护松岭市人民政府网站。",
    )


@silent("S-AGENCY")
def a_real_city_names_its_province_and_counties() -> Made:
    return _with(
        "吉林省教育厅印发通知，长春市教育局落实。农安县教育局、榆树市教育局分别公开。",
        "接待厦门市教育局来访，根据国务院办公厅和吉林省人民政府办公厅要求完善长春市教育局网站。",
        agency="长春市教育局",
    )


@silent("S-AGENCY")
def a_known_former_name() -> Made:
    made = report(figures=balanced(), more=["对松岭市教育局政务网进行改版升级。"])
    return made, Context(places=("松岭市教育局",))


def _problems(words: str) -> dict[str, str]:
    return {**PROSE_2021, "c5": words}


SAME = "一是部分科室对公开工作重视不够，材料报送不够及时。二是政策解读以文字为主，图解和视频偏少，有的群众看不懂。"


@fires("S-REUSE-OWN", "S-SAME-PROBLEMS")
def last_years_text_with_new_figures() -> Made:
    now = report(figures=balanced(), prose=_problems(SAME), more=[OWN_TEXT.replace("三次", "四次")])
    before = report(year=2021, figures=balanced(), prose=_problems(SAME), more=[OWN_TEXT])
    return now, Context(previous=before)


@fires("S-REUSE-OTHER")
def another_agencys_text_under_ones_own_name() -> Made:
    other = report(agency="云州市水利局", figures=balanced(), more=[OWN_TEXT])
    return report(figures=balanced(), more=[OWN_TEXT]), Context(others=(other,))


@silent("S-REUSE-OWN", "S-REUSE-OTHER", "S-SAME-PROBLEMS")
def each_report_has_its_own_text() -> Made:
    before = report(year=2021, figures=balanced(), prose=_problems("解读不够，培训较少。" * 4), more=[OTHER_TEXT])
    other = report(agency="云州市水利局", figures=balanced(), prose={}, more=[OTHER_TEXT])
    now = report(figures=balanced(), prose=_problems(SAME), more=[OWN_TEXT])
    return now, Context(previous=before, others=(other,))


@silent("S-REUSE-OWN", "S-REUSE-OTHER")
def a_short_report_is_not_judged() -> Made:
    other = report(agency="云州市水利局", figures=balanced())
    return report(figures=balanced()), Context(previous=report(year=2021, figures=balanced()), others=(other,))


@silent("S-SAME-PROBLEMS")
def the_problems_changed() -> Made:
    before = report(year=2021, figures=balanced(), prose=_problems("解读形式单一，栏目更新不及时，人员变动较多。" * 3))
    return report(figures=balanced(), prose=_problems(SAME)), Context(previous=before)
