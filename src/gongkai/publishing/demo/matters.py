# ruff: noqa: E501 - a line for each publication
"""What the county and its towns published under the rows of their standard directories: in time, late, or long ago."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from gongkai.publishing.demo.items import Item, weekday

PREFIX = "matter:"
_EDUCATION, _RELIEF = "T1102", "T1703"
_JIAOYU, _LINXI, _SHIQIAO, _LIUBAO = "linxi-jiaoyu", "linxi", "shiqiao", "liubao"
_ROWS: tuple[tuple[str, str, str, str, str, str, int, int], ...] = (
    ("入学政策", _JIAOYU, "notice", _EDUCATION, "临溪县{y}年义务教育阶段学校招生入学公告", "小学、初中按学区免试就近入学，随迁子女凭居住证申请；报名于7月上旬在县教育局网站办理，现场受理点设在各学校教务处。", 150, 5),
    ("教育经费", _JIAOYU, "livelihood", _EDUCATION, "临溪县{y}年义务教育经费分配情况", "公用经费按在校学生数分配，小规模学校按100人核定；寄宿学校另行补助。分配到各校的数额见附表，资金于开学前拨付。", 120, 60),
    ("教育事业统计数据", _JIAOYU, "statistics", _EDUCATION, "临溪县教育事业统计简报（{y}年）", "全县有小学31所、初中12所，在校学生2.86万人，专任教师1,904人，学校占地面积比上年增加2.1%。", 200, 12),
    ("学校名录", _JIAOYU, "livelihood", _EDUCATION, "临溪县中小学校和幼儿园名录（{y}年）", "名录列出学校名称、地址、办学层次和联系电话；校名变更的，注明原名称。", 100, 8),
    ("学区划分", _JIAOYU, "notice", _EDUCATION, "临溪县{y}年义务教育学校学区划分公告", "县城学区以清河路、建设街为界划分，乡镇学区与行政区划一致；对学区有疑问的，可以向县教育局基础教育科咨询。", 170, 3),
    ("学籍管理", _JIAOYU, "notice", _EDUCATION, "临溪县中小学生转学、休学和复学办理说明", "转学在学期开始前后十个工作日内办理；休学须有二级以上医院的证明，期满前一个月申请复学。", 300, 45),
    ("家庭经济困难学生资助", _JIAOYU, "livelihood", _EDUCATION, "临溪县{y}年第{q}季度学生资助情况", "本季度资助家庭经济困难学生1,126人次，发放助学金71.4万元，受理电话与申请条件附后。", 210, 6),
    ("教师招聘", _JIAOYU, "recruitment", _EDUCATION, "临溪县{y}年公开招聘中小学教师公告", "招聘小学教师24名、初中教师18名，报名条件、考试时间和岗位表附后。", 60, 4),
    ("营养改善计划", _JIAOYU, "livelihood", _EDUCATION, "临溪县{m}月农村义务教育学生营养改善计划实施情况", "受益学生1.42万人，使用补助资金156.2万元，结余转入下月；各校带量食谱由学校每周公布。", 22, 4),
    ("营养改善计划", _SHIQIAO, "livelihood", _EDUCATION, "石桥镇{m}月学生营养改善计划实施情况", "全镇6所学校2,310名学生受益，使用补助资金25.4万元。", 90, 5),
    ("督导报告", _JIAOYU, "inspection", _EDUCATION, "临溪县{y}年第{q}季度中小学责任督学挂牌督导报告", "本季度督导学校43所，发现问题57个，已整改49个；责任督学名单和分工附后。", 75, 10),
    ("政策法规文件", _LINXI, "livelihood", _RELIEF, "临溪县社会救助政策文件汇编（{y}年）", "收录最低生活保障、特困供养、临时救助三类文件共11件，注明文号、施行日期和有效性。", 400, 7),
    ("监督检查", _LINXI, "notice", _RELIEF, "临溪县社会救助投诉举报电话和受理办法", "对社会救助办理有异议的，可以拨打投诉举报电话，7个工作日内答复。", 900, 2),
    ("监督检查", _SHIQIAO, "notice", _RELIEF, "石桥镇社会救助投诉举报电话", "镇便民服务中心设社会救助窗口，工作日受理投诉举报。", 220, 3),
    ("低保标准", _LINXI, "livelihood", _RELIEF, "临溪县{y}年城乡居民最低生活保障标准", "城市居民每人每月740元，农村居民每人每月610元，自当年7月1日起执行。", 125, 6),
    ("审核信息", _SHIQIAO, "livelihood", _RELIEF, "石桥镇{y}年第{q}季度最低生活保障审核信息公示", "本季度受理申请41户，经入户调查，拟予保障33户，不符合条件8户；名单在各村公示栏公示7日。", 42, 3),
    ("审核信息", _LIUBAO, "livelihood", _RELIEF, "柳堡乡{y}年第{q}季度最低生活保障审核信息公示", "本季度受理申请19户，拟予保障15户，名单在各村公示栏公示7日。", 165, 3),
    ("确认信息", _LINXI, "livelihood", _RELIEF, "临溪县{m}月最低生活保障确认信息", "全县保障对象3,918户5,206人，当月发放资金287.4万元，比上月增加12户。", 24, 3),
    ("确认信息", _SHIQIAO, "livelihood", _RELIEF, "石桥镇{m}月最低生活保障确认信息", "全镇保障对象406户533人，当月发放资金29.1万元。", 21, 2),
    ("确认信息", _LIUBAO, "livelihood", _RELIEF, "柳堡乡{m}月最低生活保障确认信息", "全乡保障对象288户371人，当月发放资金20.3万元。", 105, 2),
    ("供养标准", _LINXI, "livelihood", _RELIEF, "临溪县{y}年特困人员救助供养标准", "基本生活标准为低保标准的1.3倍，照料护理标准按自理能力分三档。", 112, 52),
    ("审核确认信息", _LIUBAO, "livelihood", _RELIEF, "柳堡乡{y}年第{q}季度特困人员审核确认情况", "本季度新增供养4人，终止3人，在册61人，其中集中供养17人。", 55, 4),
    ("救助标准", _LINXI, "livelihood", _RELIEF, "临溪县{y}年临时救助对象、标准和办理程序", "急难型困难可以先行救助，一次性救助金额不超过当地月低保标准的12倍。", 135, 8),
    ("救助结果", _SHIQIAO, "livelihood", _RELIEF, "石桥镇{m}月临时救助结果", "当月实施急难型救助3户、支出型救助5户，支出2.9万元。", 23, 3),
)  # fmt: skip
"""Matter, agency, kind, theme, title, text, made how many days ago, released how many days after."""


def items(today: date) -> list[Item]:
    """The publications, by the matter and the agency of which their keys tell."""
    return [_item(today, *row) for row in _ROWS]


def key(matter: str, agency: str) -> str:
    """The key of what an agency published under a matter."""
    return f"{PREFIX}{matter}:{agency}"


def _item(
    today: date, matter: str, agency: str, kind: str, theme: str, title: str, text: str, ago: int, after: int
) -> Item:
    made = weekday(today - timedelta(days=ago))
    words = {"y": made.year, "q": (made.month - 1) // 3 + 1, "m": f"{made.year}年{made.month}"}
    return Item(
        key=key(matter, agency),
        agency=agency,
        kind=kind,
        title=title.format(**words),
        body=f"<p>{text}</p>",
        made=made,
        published=datetime.combine(weekday(made + timedelta(days=after)), time(10)),
        category="statistics" if kind == "statistics" else "livelihood",
        theme=theme,
    )
