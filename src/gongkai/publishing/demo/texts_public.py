# ruff: noqa: E501 - whole sentences in one line
"""The texts that turn to the public: interpretations, calls, announcements, guides, news, clarifications."""

from __future__ import annotations

import re
from datetime import timedelta

from gongkai.publishing.demo.texts import About, day, filled, heading, paragraphs, signed, table
from gongkai.publishing.demo.words import PLACES, chinese, company, person, site

_STEP = "申请{m}的，可以登录政务服务平台，也可以到办事窗口办理；受理机关在{n}个工作日内办结。"


def reading(about: About) -> str:
    """An interpretation in sections."""
    rng, t = about.rng, about.topic
    parts = (
        ("一、为什么出台", [f"近年来，{t.name}面临新的情况，{t.whom}对{rng.choice(t.matters)}反映较多。{about.figure()}的目标也对工作提出更高要求。"]),
        ("二、主要内容有哪些", [f"文件围绕{'、'.join(t.matters)}等方面作出规定，突出三个特点：", *(f"{m}。" for m in rng.sample(t.measures, min(3, len(t.measures))))]),
        ("三、与以前相比有什么变化", [f"一是明确了{rng.choice(t.matters)}的条件；二是压缩办理时限；三是{rng.choice(t.measures)}。"]),
        ("四、群众怎么办", [filled(_STEP, about), f"咨询电话：0999-5550{rng.randint(100, 199)}。"]),
    )  # fmt: skip
    return "".join(heading(h) + paragraphs(lines) for h, lines in parts)


def qa(about: About) -> str:
    """Questions and answers."""
    rng, t = about.rng, about.topic
    asked = [
        (f"{t.name}政策适用于哪些人？", f"主要适用于{t.whom}。不符合条件但确有困难的，可以向所在社区或者村反映。"),
        *((f"{m}怎么办理？", filled(_STEP, about)) for m in rng.sample(t.matters, min(3, len(t.matters)))),
        ("标准是多少？", f"目前{about.figure()}，并将根据经济社会发展情况适时调整。"),
        ("对弄虚作假的怎么处理？", "一经查实取消资格，追回有关资金，并依法追究责任。"),
    ]
    out = []
    for number, (question, answer) in enumerate(asked, 1):
        out.append(f"<h3>问{chinese(number)}：{question}</h3>" + paragraphs([f"答：{answer}"]))
    return "".join(out)


def press(about: About) -> str:
    """The record of a press conference."""
    rng, t = about.rng, about.topic
    speaker = person(rng)
    lines = [
        f"时间：{day(about.made)}上午10:00　地点：云州市政务服务中心新闻发布厅",
        f"主持人：各位记者朋友，大家好。今天我们邀请{about.short}负责人{speaker}介绍{t.name}有关情况。",
        f"{speaker}：今年以来，{about.figures()}。主要做了以下工作：{'；'.join(rng.sample(t.measures, 2))}。",
        f"记者：请问{rng.choice(t.matters)}什么时候能够落地？",
        f"{speaker}：{filled(_STEP, about)}我们将在年底前完成。",
    ]
    return paragraphs(lines)


def call(about: About) -> str:
    """A call to apply, to enrol or to take part."""
    rng, t = about.rng, about.topic
    until = about.made + timedelta(days=rng.randint(15, 45))
    lines = [
        "各有关单位：",
        f"为深入推进{t.name}，现组织开展本年度申报工作，有关事项如下。",
        f"一、申报条件。（一）在{about.place}依法设立并正常运行；（二）在{rng.choice(t.matters)}方面取得成效；（三）近三年无违法违规和失信记录。",
        "二、支持方式。对符合条件的，按照专项资金管理办法给予支持，同一单位同一事项不重复享受。",
        "三、申报材料。申报表、单位基本情况、绩效说明及佐证材料，一式三份并附电子版。",
        f"四、申报时间。{day(until)}17:30前报送，逾期不予受理。联系人：{person(rng)}，电话：0999-5550{rng.randint(100, 199)}。",
    ]
    return paragraphs(lines) + signed(about)


def publicity(about: About) -> str:
    """A list that is open to objections."""
    rng, t = about.rng, about.topic
    until = about.made + timedelta(days=rng.choice((5, 7, 10)))
    rows = []
    for number in range(1, rng.randint(5, 14)):
        name = company(rng) if rng.random() < 0.5 else f"{rng.choice(PLACES)}{site(rng)}"
        rows.append((number, name, rng.choice(t.matters), f"{rng.randint(60, 99)}.{rng.randint(0, 99):02d}"))
    lines = [
        f"经申报、审核和集体研究，现将{t.name}有关名单予以公示。",
        f"公示期为{day(about.made)}至{day(until)}。对公示内容有异议的，请在公示期内以书面形式实名反映。",
        f"受理电话：0999-5550{rng.randint(100, 199)}；地址：云州市文渊路{rng.randint(2, 68)}号。",
    ]
    return paragraphs(lines) + table("公示名单", ("序号", "名称", "类别", "评审得分"), rows) + signed(about)


def opinions(about: About) -> str:
    """A draft that is open to comments."""
    rng, t = about.rng, about.topic
    lines = [
        f"为了规范{t.name}，我们起草了征求意见稿，现向社会公开征求意见。",
        f"起草的必要性：{t.whom}对{rng.choice(t.matters)}反映集中，现行规定已不能适应需要。",
        f"主要内容：围绕{'、'.join(t.matters)}作出规定，提出“{rng.choice(t.measures)}”等措施。",
        f"公众可在{day(about.made + timedelta(days=30))}前，通过网站留言、电子邮件或者信函提出意见。信封上请注明“{t.name}征求意见”字样。",
    ]
    return paragraphs(lines) + signed(about)


def feedback(about: About) -> str:
    """What was made of comments."""
    rng, t = about.rng, about.topic
    total = rng.randint(6, 86)
    taken = rng.randint(2, total - 1)
    rows = [
        (n, f"建议细化{m}的条件和标准", rng.choice(("采纳", "部分采纳", "未采纳")), rng.choice(("已在条文中补充", "将在配套文件中明确", "与上位法不一致")))
        for n, m in enumerate(t.matters, 1)
    ]  # fmt: skip
    lines = [f"征求意见期间，共收到有效意见{total}条，采纳{taken}条，未采纳{total - taken}条。主要意见及采纳情况如下："]
    return paragraphs(lines) + table("意见采纳情况", ("序号", "意见内容", "采纳情况", "说明"), rows) + signed(about)


def hearing(about: About) -> str:
    """A hearing."""
    rng, t = about.rng, about.topic
    lines = [
        f"为广泛听取社会各方面对{t.name}的意见，决定召开听证会，现公告如下：",
        f"一、时间地点：{day(about.made + timedelta(days=30))}上午9:00，云州市政务服务中心三楼会议室。",
        f"二、听证参加人：消费者{rng.randint(8, 12)}名、经营者2名、专家学者3名、有关部门代表4名，另设旁听席10个、新闻媒体席6个。",
        f"三、报名方式：自公告之日起15日内电话报名，电话0999-5550{rng.randint(100, 199)}，报名人数超过名额的随机抽取。",
    ]
    return paragraphs(lines) + signed(about)


def suspend(about: About) -> str:
    """A stop of traffic, water or a line."""
    rng = about.rng
    begin = about.made + timedelta(days=rng.randint(2, 6))
    place, where = about.slots["p"], about.slots["s"]
    lines = [
        f"因{where}周边市政设施施工需要，经研究，决定临时采取以下措施：",
        f"一、时间：{day(begin)}0时至{day(begin + timedelta(days=rng.randint(1, 90)))}24时。",
        f"二、范围：{place}{where}至文渊路路段及周边区域，涉及居民约{rng.randint(200, 9000)}户。",
        "三、请途经车辆和行人按照现场标志绕行，请受影响的单位和居民提前做好储备和出行安排。",
        f"由此带来的不便，敬请谅解。抢修和咨询电话：0999-5550{rng.randint(100, 199)}。",
    ]
    return paragraphs(lines) + signed(about)


def tender(about: About) -> str:
    """A call for tenders."""
    rng, t = about.rng, about.topic
    money = rng.randint(30, 2800)
    lines = [
        f"项目概况：{_project(about)}的潜在投标人应当在政府采购平台获取采购文件，并于{day(about.made + timedelta(days=21))}9时30分前递交响应文件。",
        f"一、项目编号：YZCG-{about.made.year}-{rng.randint(1, 999):03d}；预算金额：{money}万元；最高限价：{money * 0.98:.2f}万元。",
        f"二、采购需求：包括{'、'.join(t.matters)}等服务，合同履行期限一年。本项目{rng.choice(('专门面向中小企业采购', '预留四成份额面向中小企业', '不接受联合体投标'))}。",
        "三、供应商资格：符合《中华人民共和国政府采购法》第二十二条规定，未被列入失信被执行人名单。",
        f"四、采购人：{about.agency}；联系人：{person(rng)}；电话：0999-5550{rng.randint(100, 199)}。",
    ]
    return paragraphs(lines)


def _project(about: About) -> str:
    """What is bought, as the title names it."""
    found = re.match(r".+采购(项目|合同)?", about.title)
    return found[0] if found and found[1] != "合同" else f"{about.topic.name}服务采购项目"


def award(about: About) -> str:
    """Who won."""
    rng = about.rng
    offer, scores = rng.randint(20, 2600), sorted((rng.uniform(78, 97) for _ in range(3)), reverse=True)
    rows = [(n, company(rng), f"{offer * rng.uniform(0.93, 1.07):.2f}", f"{s:.2f}") for n, s in enumerate(scores, 1)]
    lines = [
        f"项目编号：YZCG-{about.made.year}-{rng.randint(1, 999):03d}。采购人：{about.agency}。评审日期：{day(about.made - timedelta(days=3))}。",
        f"评审委员会由采购人代表1人和专家4人组成。公告期限为1个工作日。采购内容：{_project(about)}。",
    ]
    return paragraphs(lines) + table("中标候选人", ("排名", "供应商", "报价（万元）", "得分"), rows)


def guide(about: About) -> str:
    """How something is applied for."""
    rng, t = about.rng, about.topic
    rows = [
        ("事项名称", t.name),
        ("实施主体", about.agency),
        ("服务对象", t.whom),
        ("办理条件", f"符合{rng.choice(t.matters)}有关规定"),
        ("申请材料", "申请表；有效身份证件；相关证明（可通过数据共享获取的免于提交）"),
        ("办理流程", "申请—受理—审核—决定—送达"),
        ("法定时限", f"{rng.choice((20, 30))}个工作日"),
        ("承诺时限", f"{rng.choice((1, 3, 5, 7))}个工作日"),
        ("收费标准", "不收费"),
        ("办理地点", f"{about.place}政务服务中心{rng.randint(1, 3)}楼{rng.randint(1, 40)}号窗口"),
        ("咨询电话", f"0999-5550{rng.randint(100, 199)}"),
    ]
    more = paragraphs([f"温馨提示：{rng.choice(t.measures)}。", filled(_STEP, about)])
    return table(f"{t.name}办事指南", ("项目", "内容"), rows) + more


def news(about: About) -> str:
    """News from the work."""
    rng, t = about.rng, about.topic
    goal = place = about.slots["v"]
    lines = [
        f"本网讯　{about.made.month}月{about.made.day}日，{about.short}负责同志到{goal}，就{t.name}工作开展调研指导。",
        f"调研组实地察看了{site(rng)}，详细了解{rng.choice(t.matters)}情况，并与{t.whom}座谈交流，现场解答疑问{rng.randint(6, 60)}个。",
        f"据介绍，今年以来全市{about.figure()}，{rng.choice(t.measures)}，{rng.choice(t.matters)}取得积极进展。",
        f"“以前要跑好几趟，现在在家门口就能办。”{place}居民{person(rng)[0]}女士说。下一步，{about.short}将继续抓好{rng.choice(t.matters)}，{rng.choice(t.measures)}。",
    ]
    if rng.random() < 0.4:
        lines.insert(3, f"座谈会上，大家围绕{'、'.join(t.matters)}畅所欲言，提出意见建议{rng.randint(5, 30)}条。")
    return paragraphs(lines)


def clarify(about: About) -> str:
    """What is true about a rumour."""
    rng = about.rng
    lines = [
        f"近日，有网民在社交平台传播“{about.slots['r']}”的信息，引发关注。经{about.agency}核实，该信息不实。",
        f"经向有关单位了解，事实是：{about.slots['fact']}。",
        "请广大网民以官方发布的信息为准，不造谣、不信谣、不传谣。对编造、传播虚假信息扰乱社会秩序的，将依法处理。",
        f"核实电话：0999-5550{rng.randint(100, 199)}。",
    ]
    return paragraphs(lines) + signed(about)
