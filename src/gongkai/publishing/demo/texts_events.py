# ruff: noqa: E501 - whole sentences in one line
"""The texts about something that happens: storms, accidents, holidays, water and weather, meetings of a year, plans for them."""

from __future__ import annotations

from datetime import timedelta

from gongkai.publishing.demo import texts
from gongkai.publishing.demo.texts import About, day, heading, paragraphs, signed, table
from gongkai.publishing.demo.words import PLACES, chinese, person, site, topics

_PHONE = "咨询电话：0999-5550{n}，工作日9:00—12:00、14:00—17:30接听。"


def phone(about: About) -> str:
    """A line with a telephone number."""
    return _PHONE.format(n=about.rng.randint(100, 199))


def consent(about: About) -> str:
    """A superior body agrees to a scheme."""
    rng, t = about.rng, about.topic
    place = about.slots["p"]
    lines = [
        f"{place}有关单位：",
        f"你单位关于报请审批{t.name}实施方案的请示收悉。经研究，批复如下：",
        f"一、原则同意《{place}{t.name}实施方案》，由你单位印发并组织实施。",
        f"二、要突出{'、'.join(rng.sample(t.matters, 2))}等重点，细化任务分工和完成时限，{rng.choice(t.measures)}。",
        f"三、要落实保障措施，每半年向{about.short}报告进展；方案的重大调整须按程序报批。",
    ]
    return paragraphs(lines) + signed(about)


def holiday(about: About) -> str:
    """How the windows are open around a holiday."""
    rng = about.rng
    lines = [
        f"根据{about.slots['H']}放假安排，现将{about.short}假期服务安排公告如下：",
        f"一、放假期间，办事窗口暂停现场受理，节后第一个工作日恢复；调休的工作日照常办理。{about.topic.name}等事项可以在政务服务平台随时提交，节后按受理先后办理。",
        f"二、假期实行24小时值班和领导带班，遇有紧急情况请拨打值班电话：0999-5550{rng.randint(100, 199)}。",
        "三、请提前安排办事时间，假期前一日下午为办理高峰，建议错峰前往。",
    ]
    return paragraphs(lines) + signed(about)


def duty(about: About) -> str:
    """What offices see to over a holiday."""
    rng, t = about.rng, about.topic
    lines = [
        texts.addressed(about),
        f"为做好{about.slots['H']}期间{t.name}工作，现就有关事项通知如下：",
        f"一、压实责任。各单位主要负责人节前要带队检查{rng.choice(t.matters)}情况，发现问题立行立改。",
        f"二、突出重点。{'；'.join(rng.sample(t.measures, min(2, len(t.measures))))}。",
        "三、加强值守。严格执行24小时值班和领导带班制度，突发情况三十分钟内电话报告，一小时内书面报告，不得迟报、漏报、瞒报。",
        f"四、做好服务。及时发布提示信息，回应{t.whom}关切。值班电话：0999-5550{rng.randint(100, 199)}。",
    ]
    return paragraphs(lines) + signed(about)


def system(about: About) -> str:
    """A new edition of a system."""
    rng, t = about.rng, about.topic
    start = about.made + timedelta(days=rng.randint(6, 15))
    lines = [
        f"为方便{t.whom}办事，{about.short}对{t.name}业务系统进行了升级，现将有关事项公告如下：",
        f"一、新版系统自{day(start)}9:00起启用。旧版系统于前一日18:00停止受理，已经受理的事项转入新版系统继续办理，无需重新提交。",
        f"二、新版系统增加了{'、'.join(rng.sample(t.matters, 2))}的网上办理和进度查询，原有账号可以直接登录。",
        f"三、切换期间如遇问题，可以到办事窗口办理。{phone(about)}",
    ]
    return paragraphs(lines) + signed(about)


def storm(about: About) -> str:
    """How a storm was dealt with."""
    rng, place = about.rng, about.slots["p"]
    moved = rng.randint(20, 900)
    lines = [
        f"{day(about.made)}，{place}出现强降雨，最大小时雨强{rng.randint(40, 88)}毫米，过程累计雨量{rng.randint(90, 240)}毫米。现将应对处置情况通报如下：",
        f"一、雨情水情。河道最高水位{rng.randint(18, 26)}.{rng.randint(10, 99)}米，低于保证水位；{rng.randint(1, 4)}座小型水库短时超汛限水位，已全部回落。",
        f"二、处置情况。启动防汛四级应急响应，提前转移危险区域群众{moved}人，出动抢险人员{rng.randint(60, 800)}人次，处置积水点{rng.randint(2, 30)}处，抢通道路{rng.randint(1, 9)}条。",
        f"三、受灾情况。农作物受灾{rng.randint(10, 600)}公顷，无人员伤亡；转移群众中{moved - rng.randint(0, 15)}人已经返家，其余人员得到妥善安置。",
        f"四、后续工作。继续巡查地质灾害隐患点，组织受损道路和农田水利设施修复，开展环境消杀。值班电话：0999-5550{rng.randint(100, 199)}。",
    ]
    return paragraphs(lines) + signed(about)


def accident(about: About) -> str:
    """The report on an inquiry into an accident."""
    rng = about.rng
    who, when = about.slots["c"], about.made - timedelta(days=45)
    sort, cause = rng.choice((("高处坠落", "作业人员未按规定系挂安全带，在临边处失稳坠落"), ("机械伤害", "作业人员未停机即清理设备，被卷入伤害"), ("触电", "临时用电线路绝缘破损，漏电保护装置失效"), ("物体打击", "吊装物捆绑不牢，下方未设警戒区")))  # fmt: skip
    parts = [
        paragraphs([f"{day(when)}{rng.randint(7, 17)}时许，{who}施工作业现场发生一起{sort}事故，造成1人死亡，直接经济损失{rng.randint(90, 190)}万元。依据《生产安全事故报告和调查处理条例》，成立事故调查组开展调查，现将调查情况公布如下。"]),
        heading("一、事故单位概况") + paragraphs([f"{who}，成立于{rng.randint(2004, about.made.year - 3)}年，从业人员{rng.randint(20, 300)}人，相关资质在有效期内。"]),
        heading("二、事故经过和救援情况") + paragraphs(["事故发生后，现场人员立即报告并开展施救，应急、公安、卫生健康等部门赶赴现场处置，善后工作已经完成。"]),
        heading("三、事故原因") + paragraphs([f"（一）直接原因：{cause}。", "（二）间接原因：安全教育培训不到位，现场安全管理缺失，隐患排查治理流于形式。"]),
        heading("四、责任认定和处理建议") + paragraphs([f"经调查认定，这是一起一般生产安全责任事故。建议对{who}处{rng.randint(30, 60)}万元罚款，对其主要负责人处上一年年收入百分之四十的罚款，对其他有关人员按照内部规定处理。"]),
        heading("五、防范和整改措施") + paragraphs(["同类单位要举一反三，严格执行作业审批和现场监护制度；行业主管部门要开展专项检查，整改落实情况一年内组织评估。"]),
    ]  # fmt: skip
    return "".join(parts) + signed(about)


def contingency(about: About) -> str:
    """A plan for an emergency."""
    rng, what = about.rng, about.slots["e"]
    chapters = (
        ("总则", [f"为及时、有序、有效应对{what}，保护人民群众生命财产安全，依据《中华人民共和国突发事件应对法》等法律法规，制定本预案。", f"本预案适用于{about.place}行政区域内{what}的预防、处置和善后工作。", "应对工作坚持人民至上、预防为主、统一领导、分级负责、快速反应的原则。"]),
        ("组织指挥体系", [f"设立{what}应急指挥部，办公室设在{about.short}。", "指挥部下设综合协调、抢险救援、医疗救治、物资保障、新闻宣传等工作组，各成员单位按照职责分工承担任务。"]),
        ("监测与预警", ["有关单位应当加强监测，发现异常情况立即核实并报告。", "预警由低到高分为蓝色、黄色、橙色、红色四级，由指挥部办公室按程序发布、调整和解除。"]),
        ("应急响应", ["响应由低到高分为四级、三级、二级、一级。", f"事发单位应当在{rng.choice(('十五', '二十', '三十'))}分钟内电话报告、一小时内书面报告。", "指挥部根据需要采取转移安置人员、抢修设施、调运物资、交通管制等措施。", "事态得到控制、次生灾害危险消除后，由启动响应的机关宣布终止响应。"]),
        ("后期处置", ["做好受灾人员救助、设施恢复和环境消杀，及时公布处置情况。", "响应终止后三十日内完成调查评估，总结经验教训。"]),
        ("保障措施", [f"建立不少于{rng.randint(30, 200)}人的应急队伍，储备必要物资，每年至少检查一次。", "将应急经费纳入本级预算。"]),
        ("附则", [f"本预案由{about.agency}负责解释，每{rng.choice('三五')}年评估一次，每年至少演练一次。", "本预案自印发之日起施行，原预案同时废止。"]),
    )  # fmt: skip
    return texts._numbered([(name, lines) for name, lines in chapters]) + signed(about)


_WARNINGS = {
    "暴雨": "预计未来{h}小时，{p}累计雨量将达{mm}毫米以上，局地伴有短时强降水和雷暴大风，山区和低洼地带发生积涝、滑坡的风险较高。",
    "高温": "预计未来三天，{p}日最高气温将在{c}℃以上，中午到傍晚时段尤为炎热。",
    "寒潮": "预计未来48小时，{p}最低气温将下降{d}℃以上，最低气温降至{low}℃，并伴有{w}级偏北大风。",
}
_ADVICE = {
    "暴雨": "防御指南：相关部门做好城市排涝和山洪、滑坡防范；户外人员及时到安全场所躲避；车辆绕开积水路段。",
    "高温": "防御指南：避免午后高温时段户外作业；老、弱、病、幼人群减少外出；有关单位落实防暑降温措施，注意用电防火。",
    "寒潮": "防御指南：注意添衣保暖，防范煤气中毒；农业、水务部门做好防冻；道路结冰时减速慢行。",
}


def warning(about: About) -> str:
    """A weather warning."""
    rng = about.rng
    sort = next((s for s in _WARNINGS if s in about.title), "暴雨")
    said = _WARNINGS[sort].format(
        h=rng.choice((3, 6, 12)), p="、".join(rng.sample(PLACES, 3)), mm=rng.choice((50, 80, 100)), c=rng.choice((35, 37)),
        d=rng.choice((8, 10)), low=rng.randint(-4, 3), w=rng.choice(("5—6", "6—7")),
    )  # fmt: skip
    lines = [f"云州市气象台{day(about.made)}{rng.randint(5, 16)}时{rng.randint(10, 59)}分发布：{said}", _ADVICE[sort]]
    return paragraphs([*lines, f"气象咨询电话：0999-5550{rng.randint(100, 199)}。"])


def climate(about: About) -> str:
    """Weather and water of a month."""
    rng, month = about.rng, (about.made.month - 2) % 12 + 1
    normal = (2, 5, 10, 16, 21, 25, 28, 27, 23, 17, 11, 5)[month - 1]
    wet = (28, 40, 66, 88, 120, 190, 160, 128, 80, 52, 40, 24)[month - 1]
    rows = []
    for area in ("临溪县", "松亭县", "澄湖区", "河口区"):
        rows.append((area, f"{normal + rng.uniform(-1.5, 2):.1f}", f"{wet * rng.uniform(0.6, 1.5):.1f}", f"{rng.randint(61, 92)}%"))  # fmt: skip
    lines = [
        f"本月全市平均气温{normal + rng.uniform(-0.8, 1.4):.1f}℃，接近常年同期；平均降水量{wet * rng.uniform(0.8, 1.3):.1f}毫米。",
        f"月末全市大中型水库蓄水量{rng.randint(180, 420)}百万立方米，占兴利库容的{rng.randint(52, 88)}%，能够满足城乡供水和灌溉需要。",
    ]
    return paragraphs(lines) + table("各地气温、降水和蓄水", ("地区", "平均气温（℃）", "降水量（毫米）", "水库蓄水率"), rows)  # fmt: skip


def water(about: About) -> str:
    """The quality of drinking water."""
    rng = about.rng
    places = ("望江水源地", "澄湖水源地", "青溪水库", "梅岭水库", "松亭河水源地")
    rows = [(p, rng.choice(("Ⅱ类", "Ⅱ类", "Ⅲ类")), "达标", f"{rng.uniform(6.8, 7.9):.1f}", f"{rng.uniform(0.02, 0.3):.2f}") for p in places]  # fmt: skip
    if "监督监测" in about.title:
        total = rng.randint(60, 160)
        kinds = (("出厂水", total // 6), ("末梢水", total // 2), ("二次供水", total - total // 6 - total // 2))
        lines = [f"本季度在全市设置监测点{total}个，检测水样{total}份，合格{total}份，合格率100%。出厂水、末梢水和二次供水的各项常规指标均符合《生活饮用水卫生标准》。"]  # fmt: skip
        found = [(kind, n, n, "100%") for kind, n in kinds]
        return paragraphs(lines) + table("监测结果", ("类型", "检测份数", "合格份数", "合格率"), found)
    lines = [f"本月对全市{len(places)}个集中式饮用水水源地开展监测，取水水质全部达到或者优于Ⅲ类标准，达标率100%。"]
    return paragraphs(lines) + table(
        "水源水质状况", ("水源地", "水质类别", "达标情况", "pH值", "氨氮（毫克/升）"), rows
    )


def government(about: About) -> str:
    """A yearly report of a government on all of its work."""
    rng, year = about.rng, about.made.year
    chosen = rng.sample([t for t in topics() if "yunda" not in t.agencies and "linxi-jiaoyu" not in t.agencies], 5)
    said = [f"{t.name}取得新进展，{t.figures[0].label}{t.figures[0].said(rng, year - 1)}，{rng.choice(t.measures)}。" for t in chosen]  # fmt: skip
    parts = [heading(f"一、{year - 1}年工作回顾")]
    parts.append(paragraphs([f"过去一年，{about.place}经济社会保持平稳健康发展，主要目标任务顺利完成。"]))
    parts.append(paragraphs([f"（{chinese(n)}）{s}" for n, s in enumerate(said, 1)]))
    parts.append(heading("二、存在的困难和问题"))
    parts.append(paragraphs([f"产业结构还不够优，{chosen[0].matters[0]}、{chosen[1].matters[0]}等方面仍有短板，基本公共服务与群众期盼还有差距，少数工作人员服务意识不强。"]))  # fmt: skip
    parts.append(heading(f"三、{year}年工作安排"))
    parts.append(paragraphs([f"（{chinese(n)}）{t.name}。{rng.choice(t.measures)}，着力解决{rng.choice(t.matters)}方面的问题。" for n, t in enumerate(rng.sample(chosen, 4), 1)]))  # fmt: skip
    return "".join(parts) + signed(about)


def proposals(about: About) -> str:
    """How the proposals of a year were answered."""
    rng, t = about.rng, about.topic
    first, second = rng.randint(3, 46), rng.randint(2, 38)
    lines = [
        f"{about.made.year - 1}年，{about.short}共承办人大代表建议{first}件、政协委员提案{second}件，全部在规定期限内办结，办复率、见面沟通率均为100%。",
        f"从内容看，主要集中在{'、'.join(t.matters)}等方面。所提问题已经解决或者基本解决的{(first + second) * 7 // 10}件，列入计划逐步解决的{first + second - (first + second) * 7 // 10}件。",
        f"办理中，坚持主要负责同志领衔督办，把建议提案转化为工作举措：{'；'.join(rng.sample(t.measures, 2))}。",
        "答复全文除涉及国家秘密、商业秘密和个人隐私的以外，均在本网公开。",
    ]
    return paragraphs(lines) + signed(about)


def enforcement(about: About) -> str:
    """The yearly figures of enforcement; they add up."""
    rng = about.rng
    warned, fined, stopped = rng.randint(5, 90), rng.randint(20, 400), rng.randint(0, 20)
    rows = [("警告、通报批评", warned), ("罚款、没收违法所得", fined), ("责令停产停业、吊销许可证件", stopped), ("合计", warned + fined + stopped)]  # fmt: skip
    lines = [
        f"{about.made.year - 1}年，{about.short}共开展行政检查{rng.randint(300, 9000)}次，作出行政处罚决定{rows[-1][1]}件，罚没金额{rng.randint(20, 900)}.{rng.randint(10, 99)}万元。",
        f"因处罚引起的行政复议{rng.randint(0, 9)}件、行政诉讼{rng.randint(0, 5)}件，没有被撤销或者确认违法的案件。",
    ]
    return paragraphs(lines) + table("行政处罚实施情况（单位：件）", ("种类", "数量"), rows) + signed(about)


def survey(about: About) -> str:
    """What people answered."""
    rng, t = about.rng, about.topic
    total = rng.randint(120, 2600)
    very, fair = total * rng.randint(40, 60) // 100, total * rng.randint(24, 34) // 100
    rows = [(w, n, f"{100 * n / total:.1f}%") for w, n in (("满意", very), ("基本满意", fair), ("不满意", total - very - fair))]  # fmt: skip
    start = about.made - timedelta(days=20)
    lines = [
        f"{day(start)}至{day(about.made - timedelta(days=5))}，{about.short}就{t.name}开展网上问卷调查，收回有效问卷{total}份。",
        f"对不满意的原因，反映较多的是{'和'.join(rng.sample(t.matters, 2))}。我们将逐条研究，及时公布改进情况。",
    ]
    return paragraphs(lines) + table(f"对{t.name}的评价", ("选项", "份数", "占比"), rows)


def acceptance(about: About) -> str:
    """Works are finished and were accepted."""
    rng, made = about.rng, about.made
    name = f"{about.slots['p']}{about.slots['s']}工程"
    lines = [
        f"{name}已经按照批准的设计完成全部建设内容，各参建单位于{day(made - timedelta(days=rng.randint(4, 12)))}组织竣工验收，综合评定为{rng.choice(('合格', '合格', '优良'))}，现予公示。",
        f"工程于{made.year - 2}年{rng.randint(3, 11)}月开工，批复概算{rng.randint(800, 26000)}万元，决算未超概算。",
        f"公示期为{day(made)}至{day(made + timedelta(days=7))}。对工程质量、资金使用有异议的，可以在公示期内书面反映。{phone(about)}",
    ]
    return paragraphs(lines) + signed(about)


def house(about: About) -> str:
    """Houses on state-owned land are taken."""
    rng, made = about.rng, about.made
    where = f"{about.slots['p']}{about.slots['s']}片区"
    lines = [
        f"因{about.slots['s']}项目建设的公共利益需要，依据《国有土地上房屋征收与补偿条例》，决定对{where}国有土地上的房屋实施征收，现公告如下：",
        f"一、征收范围：以规划红线图为准，涉及{rng.randint(18, 460)}户，建筑面积约{rng.randint(2, 52)}000平方米。",
        f"二、征收部门为{about.agency}，签约期限为{day(made + timedelta(days=30))}至{day(made + timedelta(days=90))}，签约期内搬迁的按照方案给予奖励。",
        "三、补偿实行货币补偿和产权调换，由被征收人自愿选择；评估机构由被征收人协商选定，协商不成的公开抽签确定。",
        "四、不服本决定的，可以自公告之日起六十日内申请行政复议，也可以在六个月内提起行政诉讼。",
    ]
    return paragraphs(lines) + signed(about)


def leaders(about: About) -> str:
    """Who of the leaders sees to what."""
    rng, t = about.rng, about.topic
    first, others = about.slots["w"], [person(rng) for _ in range(3)]
    chief = "主持全面工作"
    rows = [(first, "主要负责人", chief)]
    rows += [(name, "负责人", "、".join(m)) for name, m in zip(others, (t.matters[:2], t.matters[2:], ("财务", "机关党建", "政务公开")), strict=True) if m]  # fmt: skip
    return paragraphs([f"{about.agency}领导班子成员工作分工如下，自{day(about.made)}起执行。"]) + table(
        "领导分工", ("姓名", "职务", "分管工作"), rows
    )


def zones(about: About) -> str:
    """From which streets a school takes its pupils."""
    rng, school = about.rng, about.slots["p"] + about.slots["u"]
    lines = [
        f"根据划片就近入学的原则，经公开征求意见，现将{school}{about.made.year}年招生范围通知如下：",
        f"一、招生范围：东至{site(rng, '路|街')}，南至文渊路，西至{site(rng, '路|街')}，北至{site(rng, '河|渠')}围合区域内的户籍和居住证适龄儿童、少年。",
        f"二、招生计划：{rng.randint(3, 12)}个班，每班不超过45人。报名时间为{day(about.made + timedelta(days=15))}至{day(about.made + timedelta(days=22))}。",
        f"三、随迁子女凭居住证在居住地报名，由{about.short}统筹安排。{phone(about)}",
    ]
    return paragraphs(lines) + signed(about)
