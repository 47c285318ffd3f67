# ruff: noqa: E501 - whole sentences in one line
"""The texts of the office: plans, reports, lists, budgets, statistics, posts, land, inspections, organisation."""

from __future__ import annotations

from datetime import timedelta

from gongkai.publishing.demo import texts, texts_events, texts_public, texts_tables
from gongkai.publishing.demo.texts import About, Writer, day, filled, heading, paragraphs, signed, table
from gongkai.publishing.demo.words import PLACES, builder, chinese, company, person, site

AREAS = ("临溪县", "松亭县", "澄湖区", "河口区", "市本级")


def plan(about: About) -> str:
    """A plan of several years."""
    rng, t = about.rng, about.topic
    rows = [(f.label, f.unit, f.value(rng, about.made.year), f.value(rng, about.made.year + 5)) for f in t.figures]
    parts = [heading("一、发展基础与面临形势")]
    parts.append(paragraphs([f"“十三五”以来，{about.place}{t.name}取得明显成效，{about.figures()}。同时，{rng.choice(t.matters)}仍是薄弱环节，{t.whom}的需求日益多样。"]))  # fmt: skip
    parts.append(heading("二、总体目标") + table("主要目标", ("指标", "单位", "基期值", "目标值"), rows))
    parts.append(heading("三、主要任务"))
    measures = rng.sample(t.measures, len(t.measures)) * 2
    for number, matter in enumerate(t.matters, 1):
        parts.append(f"<h3>（{chinese(number)}）{matter}</h3>")
        parts.append(paragraphs([f"{measures[number - 1]}。围绕{matter}，布局建设{site(rng)}等项目。", filled(f"到规划期末，{matter}水平全面提升，形成与{{p}}发展相适应的格局。", about)]))  # fmt: skip
    parts.append(heading("四、实施保障") + paragraphs([filled(s, about) for s in texts._SECURING[:3]]))
    return "".join(parts)


def report(about: About) -> str:
    """A report on the work done."""
    rng, t = about.rng, about.topic
    year = about.made.year
    parts = [paragraphs([f"{year - 1}年，{about.short}认真履行职责，圆满完成各项任务。现将有关情况报告如下："])]
    parts.append(heading("一、主要工作和成效"))
    measures = rng.sample(t.measures, len(t.measures)) * 2
    for matter, measure in zip(t.matters, measures, strict=False):
        parts.append(paragraphs([f"在{matter}方面，{measure}。"]))
    parts.append(paragraphs([f"全年{about.figures(3)}。"]))
    parts.append(heading("二、存在的问题") + paragraphs([f"一是{rng.choice(t.matters)}还需加强；二是基层力量相对薄弱；三是数据共享不够充分。"]))  # fmt: skip
    parts.append(heading("三、下一步工作") + paragraphs([f"{m}。" for m in t.measures]))
    return "".join(parts) + signed(about)


def listing(about: About) -> str:
    """A list of matters with their basis."""
    rng, t = about.rng, about.topic
    rows = [(n, f"{t.name}——{m}", f"《{about.place}{t.name}管理办法》第{rng.randint(8, 36)}条", rng.choice(("市、县", "市级", "县级", "县、乡")), rng.choice(("不收费", "按标准收取", "—"))) for n, m in enumerate(t.matters * 2, 1)]  # fmt: skip
    return paragraphs(["根据动态调整要求，现将清单予以公布，原清单同时停止使用。"]) + table(
        "清单", ("序号", "事项", "设定依据", "实施层级", "备注"), rows
    )


def budget(about: About) -> str:
    """A budget with its sums; they add up."""
    rng = about.rng
    heads = ("一般公共服务支出", "教育支出", "科学技术支出", "社会保障和就业支出", "卫生健康支出", "住房保障支出")
    values = [rng.randint(12, 4200) for _ in heads]
    basic = [value * rng.randint(60, 90) // 100 for value in values]
    rows = [(h, v, b, v - b) for h, v, b in zip(heads, values, basic, strict=True)]
    total = ("合计", *(sum(column) for column in list(zip(*rows, strict=True))[1:]))
    words = [
        f"{about.short}{about.made.year}年收支总预算{total[1]}万元，其中基本支出{total[2]}万元，项目支出{total[3]}万元。",
        f"重点项目绩效目标：{about.figure()}，{about.topic.name}工作按期完成，服务对象满意度不低于九成。",
        "机关运行经费、政府采购、国有资产占用等情况详见附表说明。",
    ]
    return paragraphs(words) + table(
        "支出预算总表（单位：万元）", ("科目", "合计", "基本支出", "项目支出"), [*rows, total]
    )


def final(about: About) -> str:
    """Final accounts."""
    rng = about.rng
    income, carried = rng.randint(800, 26000), rng.randint(20, 800)
    spent = income + carried - rng.randint(10, 300)
    rows = [("一、一般公共预算财政拨款收入", income), ("二、年初结转和结余", carried), ("三、本年支出", spent), ("四、年末结转和结余", income + carried - spent)]  # fmt: skip
    words = [
        f"{about.short}{about.made.year - 1}年度收入总计{income + carried}万元，支出总计{spent}万元，预算执行率{100 * spent / (income + carried):.1f}%。",
        f"与上年相比，支出变动的主要原因是{about.topic.name}任务调整。绩效自评结果为“{rng.choice(('优', '良'))}”。",
    ]
    return paragraphs(words) + table("收入支出决算总表（单位：万元）", ("项目", "决算数"), rows)


def threepublic(about: About) -> str:
    """Spending on travel abroad, cars and receptions."""
    rng = about.rng
    abroad, car, guests = rng.choice((0, 0, 6, 12)), rng.randint(2, 36), rng.randint(1, 18)
    rows = [("因公出国（境）费", abroad), ("公务用车购置及运行维护费", car), ("公务接待费", guests), ("合计", abroad + car + guests)]  # fmt: skip
    words = [f"{about.made.year}年“三公”经费预算{abroad + car + guests}万元，比上年下降{rng.randint(1, 12)}%，主要原因是厉行节约、压减一般性支出。"]  # fmt: skip
    return paragraphs(words) + table("“三公”经费预算（单位：万元）", ("项目", "预算数"), rows)


def stat(about: About) -> str:
    """Figures by area; the last row is their sum."""
    rng, t = about.rng, about.topic
    counted = [f for f in t.figures if f.high - f.low > 60 and "∶" not in f.unit] or list(t.figures[:1])
    rows: list[tuple[object, ...]] = []
    for area in AREAS:
        rows.append((area, *(int(float(f.value(rng, about.made.year))) for f in counted)))
    total = ("合计", *(sum(int(str(r[i])) for r in rows) for i in range(1, len(counted) + 1)))
    words = [f"据统计，{about.figure()}，比上年同期增长{rng.uniform(0.5, 12):.1f}%。{rng.choice(t.matters)}总体平稳。"]
    head = ("地区", *(f"{f.label}（{f.unit}）" for f in counted))
    return table(f"{t.name}情况", head, [*rows, total]) + paragraphs([*words, "注：部分数据因四舍五入存在分项与合计不等的情况。"])  # fmt: skip


def statreport(about: About) -> str:
    """The yearly communique."""
    rng, year = about.rng, about.made.year - 1
    part = 1 if about.place == "云州市" else 5
    total = (900 + (year - 2014) * 96 + rng.randint(-20, 20)) // part
    shares = (total * 12 // 100, total * 44 // 100)
    parts = [heading("一、综合")]
    parts.append(paragraphs([f"全年地区生产总值{total}亿元，按不变价格计算增长{rng.uniform(4, 7):.1f}%。其中第一产业增加值{shares[0]}亿元，第二产业增加值{shares[1]}亿元，第三产业增加值{total - sum(shares)}亿元。"]))  # fmt: skip
    parts.append(heading("二、人口与就业") + paragraphs([f"年末常住人口{(312 - (year - 2014)) / part - rng.randint(0, 9) / 10:.1f}万人，城镇新增就业{5.2 / part + rng.randint(0, 9) / 10:.1f}万人，城镇调查失业率{rng.uniform(4.6, 5.6):.1f}%。"]))  # fmt: skip
    parts.append(heading("三、居民生活") + paragraphs([f"全体居民人均可支配收入{18000 + (year - 2014) * 1800}元，居民消费价格上涨{rng.uniform(0.1, 2.8):.1f}%。"]))  # fmt: skip
    if about.place != "云州市":
        rows = [(w, n, f"{rng.uniform(2, 8):.1f}") for w, n in (("第一产业", shares[0]), ("第二产业", shares[1]), ("第三产业", total - sum(shares)))]  # fmt: skip
        return "".join(parts) + table("分产业增加值", ("产业", "总量（亿元）", "增速（%）"), rows)
    parts_of = [total * share // 100 for share in (18, 16, 30, 22)]
    rows = [(a, n, f"{rng.uniform(3, 8):.1f}") for a, n in zip(AREAS, (*parts_of, total - sum(parts_of)), strict=True)]
    return "".join(parts) + table("分县区生产总值", ("地区", "总量（亿元）", "增速（%）"), rows)


def appointment(about: About) -> str:
    """Who was put into which post."""
    rng = about.rng
    names = [about.slots.get("w") or person(rng), *(person(rng) for _ in range(rng.randint(1, 5)))]
    posts = _posts(about)
    names = names[: 1 if "等同志" not in about.title else len(posts)]
    chosen = rng.sample(posts, len(names))
    lines = [f"{name}同志任{about.short}{post}（试用期一年）；" for name, post in zip(names, chosen, strict=True)]
    lines.append(f"免去{person(rng)}同志的{about.short}{chosen[0]}职务。")
    return paragraphs([texts.addressed(about), "经研究决定：", *lines, "特此通知。"]) + signed(about)


def _posts(about: About) -> tuple[str, ...]:
    """The posts that an agency of its kind fills."""
    if about.agency.endswith("大学"):
        return ("教务处处长", "人事处副处长", "图书馆馆长", "科研处副处长", "学生工作处处长", "后勤管理处处长")
    if about.agency.endswith(("镇人民政府", "乡人民政府", "街道办事处")):
        return ("党政办公室主任", "经济发展办公室主任", "综合执法队队长", "便民服务中心主任", "财政所所长")
    if about.agency.endswith("人民政府"):
        return ("副秘书长", "办公室副主任", "研究室主任", "信访局局长", "政务服务中心主任", "驻外联络处主任")
    return ("办公室主任", "总工程师", "二级调研员", "政策法规科科长", "行政审批科科长", "财务科副科长")


def recruit(about: About) -> str:
    """Posts to be filled."""
    rng = about.rng
    units = [site(rng) for _ in range(rng.randint(4, 9))]
    rows = [(n, unit, rng.choice(("专业技术", "管理", "工勤")), rng.randint(1, 6), rng.choice(("本科及以上", "研究生", "大专及以上")), rng.choice(("不限", "相关专业", "中小学教师资格"))) for n, unit in enumerate(units, 1)]  # fmt: skip
    begin = about.made + timedelta(days=7)
    lines = [
        f"根据工作需要，{about.agency}面向社会公开招聘工作人员{sum(r[3] for r in rows)}名，现公告如下：",
        "一、报名条件。具有中华人民共和国国籍，遵守宪法和法律，品行良好，年龄在35周岁以下，具备岗位所需学历和资格。",
        f"二、报名时间。{day(begin)}9:00至{day(begin + timedelta(days=5))}17:00，实行网上报名，每人限报一个岗位。",
        f"三、考试方式。笔试定于{day(begin + timedelta(days=25))}，面试按招聘人数1∶3确定人选。综合成绩按笔试、面试各占百分之五十计算。",
    ]
    return paragraphs(lines) + table("招聘岗位表", ("序号", "单位", "类别", "人数", "学历", "其他条件"), rows) + signed(about)  # fmt: skip


def results(about: About) -> str:
    """Results of handling, by case."""
    rng, t = about.rng, about.topic
    rows = [(n, company(rng) if rng.random() < 0.6 else f"{rng.choice(PLACES)}{site(rng)}", rng.choice(t.matters), f"{about.made.year}-{rng.randint(100, 999)}", day(about.made - timedelta(days=rng.randint(3, 40)))) for n in range(1, rng.randint(5, 16))]  # fmt: skip
    lines = [f"现将{t.name}办理情况予以公开，本期共{len(rows)}件，办结率100%。"]
    return paragraphs(lines) + table("办理结果", ("序号", "名称", "事项", "编号", "日期"), rows)


def progress(about: About) -> str:
    """How works go on."""
    rng = about.rng
    share = rng.randint(8, 98)
    return paragraphs([
        f"{about.slots['p']}{about.slots['s']}项目总投资{rng.randint(800, 86000)}万元，本月完成投资{rng.randint(60, 3200)}万元，累计完成总工程量的{share}%。",
        f"本月进展：{rng.choice(('基础施工全部完成', '主体结构施工有序推进', '主体结构封顶', '附属设施同步安装'))}，完成管线敷设{rng.randint(1, 26)}00米，质量安全检查{rng.randint(2, 8)}次，整改问题{rng.randint(1, 20)}处。",
        f"下月计划：加快后续工序施工，协调解决用地和管线迁改问题。建设单位：{builder(rng)}。",
    ])  # fmt: skip


def land(about: About) -> str:
    """Land that is to be taken."""
    rng = about.rng
    area = rng.randint(8, 260) / 10
    rows = [(kind, f"{area * share / 100:.4f}") for kind, share in (("耕地", 52), ("园地", 18), ("林地", 20), ("建设用地", 10))]  # fmt: skip
    where = about.slots["p"] + about.slots["s"]
    lines = [
        f"根据《中华人民共和国土地管理法》规定，拟征收{where}地块集体土地{area:.1f}公顷，用于公共设施建设。",
        f"补偿标准：区片综合地价{rng.randint(38, 92)}000元/亩，地上附着物和青苗据实补偿；农业人口{rng.randint(6, 420)}人纳入养老保障。",
        "自本公告发布之日起，在征收范围内抢栽抢建的不予补偿。对补偿安置方案有异议的，可在三十日内提出听证申请。",
    ]
    return paragraphs(lines) + table("拟征收土地现状（公顷）", ("地类", "面积"), rows) + signed(about)


def inspect(about: About) -> str:
    """What an inspection found."""
    rng, t = about.rng, about.topic
    checked = rng.randint(60, 900)
    bad = rng.randint(1, checked // 20 + 1)
    rows = [(n, company(rng), rng.choice(t.matters), rng.choice(("责令改正", "立案查处", "下架封存" if "食品" in t.name or "产品" in about.title else "停止使用", "复查合格"))) for n in range(1, min(bad, 9) + 1)]  # fmt: skip
    lines = [
        f"本期共检查{checked}家（批次），合格{checked - bad}家（批次），合格率{100 * (checked - bad) / checked:.1f}%。",
        f"发现的主要问题：{rng.choice(t.matters)}不到位；台账记录不完整。已要求相关单位限期整改。下一步：{rng.choice(t.measures)}。",
    ]
    return paragraphs(lines) + table("问题及处理情况", ("序号", "单位", "问题", "处理"), rows)


def org(about: About) -> str:
    """What an agency is and does."""
    rng, t = about.rng, about.topic
    units = ["办公室", "政策法规科", "行政审批科", "财务科", *(f"{m[:4]}科" for m in t.matters)]
    rows = [(unit, person(rng), f"0999-5550{rng.randint(100, 199)}", f"{rng.randint(2, 9)}{rng.randint(0, 2)}{rng.randint(1, 9)}室") for unit in units]  # fmt: skip
    lines = [
        f"{about.agency}是负责{t.name}等工作的机关，主要职责是：",
        *(f"（{chinese(n)}）组织实施{t.name}中的{m}工作。" for n, m in enumerate(t.matters, 1)),
        f"办公地址：云州市文渊路{rng.randint(2, 68)}号；办公时间：工作日9:00—12:00，14:00—17:30；邮政编码：9901{rng.randint(10, 60)}。",
    ]
    return paragraphs(lines) + table("内设机构", ("机构", "负责人", "电话", "房间"), rows)


def meeting(about: About) -> str:
    """A meeting of the government."""
    rng, t = about.rng, about.topic
    return paragraphs([
        f"{day(about.made)}，{about.agency}召开常务会议，研究{t.name}等议题。",
        f"会议听取了{rng.choice(t.matters)}情况汇报，强调要抓好以下工作：{rng.choice(t.measures)}，年内实现{about.figure()}。",
        f"会议原则通过《{about.place}{t.name}实施方案》，要求根据会议意见修改完善后按程序印发。",
        f"会议还研究了{site(rng)}项目建设等其他事项。",
    ])  # fmt: skip


WRITERS: dict[str, Writer] = {
    "chapters": texts.chapters, "points": texts.points, "notice": texts.notice, "reply": texts.reply,
    "letter": texts.letter, "penalty": texts.penalty, "reading": texts_public.reading, "qa": texts_public.qa,
    "press": texts_public.press, "call": texts_public.call, "publicity": texts_public.publicity,
    "opinions": texts_public.opinions, "feedback": texts_public.feedback, "hearing": texts_public.hearing,
    "suspend": texts_public.suspend, "tender": texts_public.tender, "award": texts_public.award,
    "intention": texts_tables.intention, "guide": texts_public.guide, "news": texts_public.news, "clarify": texts_public.clarify,
    "warning": texts_events.warning, "plan": plan, "report": report, "list": listing, "budget": budget,
    "final": final, "threepublic": threepublic, "stat": stat, "statreport": statreport, "appointment": appointment,
    "recruit": recruit, "results": results, "progress": progress, "land": land, "inspect": inspect, "org": org, "meeting": meeting,
    **{w.__name__: w for w in (
        texts_events.consent, texts_events.holiday, texts_events.duty, texts_events.system, texts_events.storm,
        texts_events.accident, texts_events.contingency, texts_events.climate, texts_events.water,
        texts_events.government, texts_events.proposals, texts_events.enforcement, texts_events.survey,
        texts_events.acceptance, texts_events.house, texts_events.leaders, texts_events.zones,
        texts_tables.people, texts_tables.payments, texts_tables.fees, texts_tables.price, texts_tables.goods,
        texts_tables.works, texts_tables.allocation, texts_tables.execution, texts_tables.debt,
        texts_tables.interview,
    )},
}  # fmt: skip
"""Which function writes which form of text."""
