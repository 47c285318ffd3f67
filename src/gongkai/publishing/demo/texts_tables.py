# ruff: noqa: E501 - whole sentences in one line
"""The texts whose heart is a table: people, payments, fees, goods, works, shares of money, debt; their sums are right."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from gongkai.publishing.demo.texts import About, day, heading, paragraphs, signed, table
from gongkai.publishing.demo.words import builder, person, site

_TOWNS = ("石桥镇", "柳堡乡", "白沙镇", "东湖街道", "北苑街道", "梅岭镇")


def _number(about: About) -> str:
    return f"0999-5550{about.rng.randint(100, 199)}"


def people(about: About) -> str:
    """A list of persons that is open to objections; who gets help is named by the surname alone."""
    rng, title = about.rng, about.title
    names = [person(rng) for _ in range(rng.randint(6, 16))]
    head, rows = _people(about, names, rng)
    until = about.made + timedelta(days=rng.choice((5, 7)))
    what = "听证会参加人" if "听证会" in title else "人员名单"
    lines = [f"按照公开、公平、公正的原则，经报名、审核和集体研究，现将{what}予以公示。"]
    if "成绩" in title:
        lines = [f"现将笔试成绩及进入面试人员名单公布如下，面试时间为{day(about.made + timedelta(days=12))}，请携带有效身份证件参加。"]  # fmt: skip
    elif "听证会" not in title:
        lines.append(f"公示期为{day(about.made)}至{day(until)}。有异议的，请在公示期内实名反映，反映人信息予以保密。")
    lines.append(f"联系电话：{_number(about)}；地址：{about.place}文渊路{rng.randint(2, 68)}号。")
    return paragraphs(lines) + table("名单", head, rows) + signed(about)


def _people(about: About, names: list[str], rng: Random) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
    title = about.title
    if "保障对象" in title:
        return ("序号", "姓名", "所在镇街", "类别"), [(n, f"{w[0]}**", rng.choice(_TOWNS), rng.choice(about.topic.matters)) for n, w in enumerate(names, 1)]  # fmt: skip
    if "成绩" in title:
        scores = sorted((rng.uniform(58, 89) for _ in names), reverse=True)
        return ("排名", "准考证号", "笔试成绩", "是否进入面试"), [(n, f"{about.made.year}{rng.randint(10000, 99999)}", f"{s:.2f}", "是" if n <= len(names) // 2 else "否") for n, s in enumerate(scores, 1)]  # fmt: skip
    if "拟任" in title:
        posts = ("党组成员", "办公室主任", "二级调研员", "副局长", "综合科科长")
        return ("序号", "姓名", "性别", "出生年月", "拟任职务"), [(n, w, rng.choice("男女"), f"{rng.randint(1972, 1990)}年{rng.randint(1, 12)}月", posts[n - 1]) for n, w in enumerate(names[:5], 1)]  # fmt: skip
    if "听证会" in title:
        parts = ("消费者", "消费者", "消费者", "经营者", "专家学者", "有关部门")
        return ("序号", "姓名", "代表类别"), [(n, w, parts[n % len(parts)]) for n, w in enumerate(names, 1)]
    if "录取" in title:
        subjects = ("汉语言文学", "土木工程", "计算机科学与技术", "会计学", "环境工程")
        return ("序号", "姓名", "转出专业", "拟转入专业"), [(n, w, *rng.sample(subjects, 2)) for n, w in enumerate(names, 1)]  # fmt: skip
    if "聘用" in title:
        return ("序号", "姓名", "招聘单位", "综合成绩"), [(n, w, site(rng, "中学|小学|人民医院分院|文化馆"), f"{rng.uniform(68, 90):.2f}") for n, w in enumerate(names, 1)]  # fmt: skip
    return ("序号", "姓名", "工作单位", "推荐单位"), [(n, w, site(rng), rng.choice(_TOWNS)) for n, w in enumerate(names, 1)]  # fmt: skip


def payments(about: About) -> str:
    """How much was paid to how many, by town; the last row is the sum."""
    rng, t = about.rng, about.topic
    own = about.place if about.place.endswith(("镇", "乡", "街道")) else ""
    areas = tuple(f"{own}{site(rng, '村|社区')}" for _ in range(5)) if own else _TOWNS
    rows: list[tuple[object, ...]] = []
    for area in areas:
        homes = rng.randint(4, 90)
        heads = homes + rng.randint(0, homes)
        rows.append((area, homes, heads, heads * rng.choice((300, 450, 600, 780))))
    total = ("合计", *(sum(int(str(r[i])) for r in rows) for i in (1, 2, 3)))
    lines = [f"本期{t.name}共向{total[1]}户{total[2]}人发放资金{total[3]}元，已全部通过社会保障卡发放到位，现予公示，接受监督。举报电话：{_number(about)}。"]  # fmt: skip
    return paragraphs(lines) + table("发放情况", ("地区", "户数", "人数", "金额（元）"), [*rows, total]) + signed(about)


_FEES = (
    ("不动产登记费", "80元/件（住宅）", "自然资源"), ("城市道路占用费", "0.5元/平方米·日", "住房城乡建设"),
    ("污水处理费", "0.95元/立方米（居民）", "住房城乡建设"), ("水资源费", "0.1元/立方米（地表水）", "水利"),
    ("城镇垃圾处理费", "5元/户·月", "住房城乡建设"), ("公办幼儿园保教费", "380元/月", "教育"),
    ("高等学校学费", "按专业类别执行", "教育"), ("机动车驾驶考试费", "按科目收取", "公安"),
    ("特种设备检验检测费", "按设备类别收取", "市场监管"), ("考试考务费", "按项目收取", "人力资源社会保障"),
)  # fmt: skip


def fees(about: About) -> str:
    """The charges of offices."""
    rng = about.rng
    chosen = rng.sample(_FEES, 6)
    if "停征" in about.title:
        rows = [(n, f[0], f[2], rng.choice(("停征", "免征小微企业", "减半征收"))) for n, f in enumerate(chosen[:4], 1)]
        lines = [f"为减轻企业和群众负担，自{about.made.year}年{min(about.made.month + 1, 12)}月1日起，停征、免征或者减征下列行政事业性收费。各执收单位不得以任何理由拖延或者变相收费。"]  # fmt: skip
        return paragraphs(lines) + table("收费调整项目", ("序号", "项目", "部门", "调整方式"), rows) + signed(about)
    rows = [(n, *f) for n, f in enumerate(chosen, 1)]
    return paragraphs(["现公布行政事业性收费目录清单，清单之外的一律不得收取。收费监督电话：12345。"]) + table(
        "收费目录清单", ("序号", "项目", "标准", "部门"), rows
    )


def price(about: About) -> str:
    """What something costs from a day on."""
    rng, t = about.rng, about.topic
    start = about.made + timedelta(days=rng.randint(20, 40))
    low = rng.choice((0.8, 1.2, 1.9, 2.4))
    unit = {
        "用气": "元/立方米",
        "供水": "元/立方米",
        "充电": "元/千瓦时",
        "物业": "元/平方米·月",
        "公共交通": "元/人次",
    }
    per = next((u for w, u in unit.items() if w in t.name), "元/次")
    rows = [(w, f"{low * f:.2f}") for w, f in (("第一档（居民、基本服务）", 1), ("第二档", 1.2), ("第三档", 1.5))]
    lines = [
        "各有关单位：",
        f"经成本监审、公开征求意见和听证，现将{t.name}收费标准通知如下，自{day(start)}起执行，有效期三年。",
        f"低收入家庭按照第一档标准减半收取。收费单位应当在服务场所公示标准，不得擅自提高。监督电话：{_number(about)}。",
    ]
    return paragraphs(lines) + table("收费标准", ("类别", f"标准（{per}）"), rows) + signed(about)


def goods(about: About) -> str:
    """What is bought together, and from which sum on tenders are public."""
    rows = (("A02010105", "台式计算机", "50万元以上公开"), ("A02010108", "便携式计算机", "50万元以上公开"), ("A02020100", "复印机", "20万元以上公开"), ("A02030500", "乘用车", "全部集中采购"), ("C02060000", "物业管理服务", "100万元以上公开"), ("C15040200", "机动车保险服务", "框架协议"))  # fmt: skip
    lines = ["下列品目属于集中采购，由采购人委托集中采购机构办理。", "货物、服务类采购限额标准为50万元，工程类为60万元；公开招标数额标准为货物、服务200万元，工程400万元。"]  # fmt: skip
    return paragraphs(lines) + table("集中采购目录", ("编码", "品目", "适用范围"), rows) + signed(about)


def works(about: About) -> str:
    """The large works of a year; the last row is their sum."""
    rng = about.rng
    rows: list[tuple[object, ...]] = []
    for n in range(1, rng.randint(7, 13)):
        rows.append((n, f"{rng.choice(_TOWNS)}{site(rng)}", builder(rng), rng.randint(3, 90) * 500, rng.choice(("新建", "续建"))))  # fmt: skip
    total = ("合计", f"{len(rows)}个", "", sum(int(str(r[3])) for r in rows), "")
    lines = [f"经研究，确定{about.place}{about.made.year}年重大建设项目{len(rows)}个，总投资{total[3]}万元，由{about.short}按月调度、按季通报。"]  # fmt: skip
    return paragraphs(lines) + table(
        "重大建设项目名单", ("序号", "项目", "建设单位", "总投资（万元）", "性质"), [*rows, total]
    )


def allocation(about: About) -> str:
    """Who gets how much of a fund; the last row is the sum."""
    rng, t = about.rng, about.topic
    rows: list[tuple[object, ...]] = []
    for area in ("临溪县", "松亭县", "澄湖区", "河口区", "市本级"):
        first, later = rng.randint(20, 600), rng.randint(5, 200)
        rows.append((area, first + later, first, later))
    total = ("合计", *(sum(int(str(r[i])) for r in rows) for i in (1, 2, 3)))
    lines = [f"{about.made.year}年{t.name}专项资金共安排{total[1]}万元，其中提前下达{total[2]}万元、本次下达{total[3]}万元，按照任务量、绩效评价结果等因素测算分配，专项用于{'、'.join(t.matters)}。"]  # fmt: skip
    return paragraphs(lines) + table("资金分配表（单位：万元）", ("地区", "合计", "提前下达", "本次下达"), [*rows, total])  # fmt: skip


def execution(about: About) -> str:
    """What came in and went out in the year before; parts and whole agree."""
    rng, year = about.rng, about.made.year
    taxes, others = rng.randint(30, 160) * 1000, rng.randint(8, 50) * 1000
    income = taxes + others
    spent, moved = income * rng.randint(130, 170) // 100, rng.randint(600, 9000)
    rows = [("一般公共预算收入", income), ("其中：税收收入", taxes), ("　　　非税收入", others), ("上级补助、债务和调入资金", spent - income + moved), ("一般公共预算支出", spent), ("年终结转", moved)]  # fmt: skip
    parts = [heading(f"一、{year - 1}年预算执行情况")]
    parts.append(paragraphs([f"{about.place}一般公共预算收入{income}万元，为预算的{rng.uniform(98, 104):.1f}%，其中税收收入{taxes}万元，占{100 * taxes / income:.1f}%；一般公共预算支出{spent}万元，收支平衡。"]))  # fmt: skip
    parts.append(table(f"{year - 1}年收支情况（单位：万元）", ("项目", "执行数"), rows))
    if "草案" in about.title:
        plan = income * rng.randint(102, 106) // 100
        parts.append(heading(f"二、{year}年预算草案") + paragraphs([f"{year}年一般公共预算收入安排{plan}万元，增长{100 * (plan - income) / income:.1f}%；支出优先保障基本民生、工资和运转，民生支出占比保持在七成以上。"]))  # fmt: skip
    return "".join(parts) + signed(about)


def debt(about: About) -> str:
    """The limit of the debt, and what is owed."""
    rng, year = about.rng, about.made.year - 1
    limits = (rng.randint(60, 120), rng.randint(90, 240))
    owed = tuple(limit - rng.randint(1, 9) for limit in limits)
    rows = [(w, a, b) for w, a, b in zip(("一般债务", "专项债务", "合计"), (*limits, sum(limits)), (*owed, sum(owed)), strict=True)]  # fmt: skip
    lines = [f"经批准，{about.place}{year}年政府债务限额为{sum(limits)}亿元，年末余额{sum(owed)}亿元，余额控制在限额以内，全年按期偿还到期本息，没有发生违约。"]  # fmt: skip
    return paragraphs(lines) + table("政府债务限额和余额（单位：亿元）", ("类别", "限额", "余额"), rows) + signed(about)


def interview(about: About) -> str:
    """Where and when candidates for the civil service are interviewed."""
    rng, made = about.rng, about.made
    rows = [(n, post, rng.randint(1, 3), f"{rng.uniform(118, 141):.2f}") for n, post in enumerate(("综合管理", "行政执法（一）", "行政执法（二）", "财务", "信息化"), 1)]  # fmt: skip
    lines = [
        f"根据公务员招录工作安排，现将{about.short}面试有关事项公告如下：",
        f"一、面试时间和地点：{day(made + timedelta(days=14))}上午8:30，{about.place}政务服务中心三楼会议室。",
        f"二、面试确认：请入围人员于{day(made + timedelta(days=4))}17:00前电话确认，逾期视为自动放弃，按笔试成绩依次递补。",
        f"三、请携带有效身份证件、准考证和学历证书原件，面试采取结构化方式，满分100分。联系电话：{_number(about)}。",
    ]
    return paragraphs(lines) + table("职位和最低入围分数", ("序号", "职位", "招录人数", "最低入围分数"), rows) + signed(about)  # fmt: skip


def intention(about: About) -> str:
    """What an agency means to buy."""
    rng, t = about.rng, about.topic
    rows = [(n, f"{m}{rng.choice(('服务', '设备', '咨询服务'))}", rng.randint(12, 480), f"{(about.made + timedelta(days=45)).year}年{(about.made + timedelta(days=45)).month}月", rng.choice(("是", "否"))) for n, m in enumerate(t.matters, 1)]  # fmt: skip
    lines = ["为便于供应商及时了解采购信息，现将采购意向公开如下，采购意向是初步安排，以采购公告和采购文件为准。"]
    return paragraphs(lines) + table("采购意向", ("序号", "项目名称", "预算（万元）", "预计采购时间", "是否面向中小企业"), rows)  # fmt: skip
