# ruff: noqa: E501 - whole sentences in one line
"""Puts the texts of the demo city's publications together: chapters and articles, numbered points, forms of notices."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from html import escape
from random import Random

from gongkai.publishing.demo.words import PLACES, Topic, chinese, company, person, site


@dataclass(frozen=True)
class About:
    """What a text is about: the agency by name and short name, the topic, the day, and its own source of chance."""

    agency: str
    short: str
    place: str
    topic: Topic
    made: date
    rng: Random
    title: str = ""
    slots: dict[str, str] = field(default_factory=dict)

    def figure(self) -> str:
        """One of the topic's figures as one says it: `公办学位1200个`."""
        return self.figures(1)

    def figures(self, count: int = 2) -> str:
        """Several different figures of the topic, as many as there are."""
        chosen = self.rng.sample(self.topic.figures, min(count, len(self.topic.figures)))
        return "，".join(f"{f.label}{f.said(self.rng, self.made.year)}" for f in chosen)


Writer = Callable[[About], str]


def paragraphs(lines: Iterable[str]) -> str:
    """Lines as paragraphs."""
    return "".join(f"<p>{escape(line)}</p>" for line in lines)


def heading(text: str) -> str:
    """A heading within a text."""
    return f"<h2>{escape(text)}</h2>"


def table(caption: str, head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A table with a caption and a head."""
    top = "".join(f'<th scope="col">{escape(h)}</th>' for h in head)
    body = "".join("<tr>" + "".join(f"<td>{escape(str(c))}</td>" for c in row) + "</tr>" for row in rows)
    return f"<table><caption>{escape(caption)}</caption><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"


def day(value: date) -> str:
    """A day as official texts write it."""
    return f"{value.year}年{value.month}月{value.day}日"


def signed(about: About) -> str:
    """Who signs, and the day."""
    return f'<p style="text-align:right">{escape(about.agency)}</p><p style="text-align:right">{day(about.made)}</p>'


def addressed(about: About) -> str:
    """To whom a document of this agency goes."""
    if about.agency.endswith("人民政府") and about.place == "云州市":
        return "各县（区）人民政府，市政府各部门、各直属机构："
    if about.agency.endswith(("镇人民政府", "乡人民政府", "街道办事处")):
        return "各村（居）民委员会，各站所、各有关单位："
    if about.agency.endswith("人民政府"):
        return f"各乡镇人民政府、街道办事处，{about.place[-1]}政府各部门："
    if about.agency.endswith("大学"):
        return "各学院，各部门、各单位："
    return "各县（区）有关部门，局属各单位，各有关单位："


_PURPOSES = (
    "为了规范{t}，保障{o}的合法权益，根据有关法律、法规和国家、省的规定，结合{p}实际，制定本办法。",
    "为了进一步做好{t}工作，明确各方责任，提高服务效能，依照有关法律、法规，制定本办法。",
    "为了加强{t}，维护{o}的合法权益，促进工作规范、公开、高效，根据上级有关文件精神，制定本办法。",
)
_PRINCIPLES = (
    "公开、公平、公正",
    "政府主导、社会参与",
    "属地管理、分级负责",
    "便民高效、权责一致",
    "统筹规划、分类指导",
)
_DUTIES = (
    "{a}负责{t}的统筹协调、业务指导和监督管理，{x}的具体工作由其所属机构承担。",
    "县（区）人民政府对本行政区域内的{t}工作负总责，建立工作协调机制，将所需经费列入本级预算。",
    "财政部门负责资金保障和监督；审计机关依法对资金管理使用情况进行审计监督。",
    "乡镇人民政府、街道办事处协助做好{m}的受理、核实和公示工作。",
    "任何单位和个人对违反本办法的行为有权举报，接到举报的机关应当自收到之日起十五个工作日内核查处理，并为举报人保密。",
)
_STEPS = (
    "申请{m}的，应当通过政务服务平台或者受理窗口提出，如实填报信息，并对材料的真实性负责。能够通过数据共享获取的材料，不再要求提交。",
    "受理机关应当自收到申请之日起{n}个工作日内完成审核。材料不齐全的，应当当场或者在五个工作日内一次告知需要补正的全部内容。",
    "{m}的条件、标准、程序和结果应当在政府网站和办公场所公开，涉及个人隐私的信息应当进行处理。",
    "从事{m}的单位应当建立台账，台账保存期限不得少于三年，并按季度向{a}报送情况。",
    "{a}应当会同有关部门每年至少组织一次{m}专项检查，检查结果向社会公布。",
    "{m}实行动态管理。情况发生变化的，当事人应当在三十日内报告，管理机关应当及时调整。",
)
_BAD = (
    "弄虚作假、骗取{m}资格或者资金的，取消资格，追回已经发放的资金，三年内不再受理其申请；构成犯罪的，依法追究刑事责任。",
    "工作人员在{t}工作中滥用职权、玩忽职守、徇私舞弊的，依法给予处分；构成犯罪的，依法追究刑事责任。",
    "违反本办法规定，未按要求公开信息的，由其上级机关责令改正；情节严重的，对负有责任的人员依法给予处分。",
)


def filled(sentence: str, about: About) -> str:
    """A sentence with its slots filled."""
    t, rng = about.topic, about.rng
    return sentence.format(
        t=t.name, o=t.whom, p=about.place, a=about.agency, m=rng.choice(t.matters), x=rng.choice(t.matters),
        n=chinese(rng.choice((3, 5, 7, 10, 15, 20))),
    )  # fmt: skip


def chapters(about: About) -> str:
    """A rule in chapters and articles."""
    rng, t = about.rng, about.topic
    general = [
        filled(rng.choice(_PURPOSES), about),
        f"{about.place}行政区域内{t.name}及其监督管理，适用本办法。法律、法规另有规定的，从其规定。",
        f"{t.name}遵循{rng.choice(_PRINCIPLES)}的原则，重点做好{'、'.join(t.matters)}等工作。",
        *(filled(s, about) for s in rng.sample(_DUTIES, rng.randint(2, 4))),
    ]
    parts: list[tuple[str, list[str]]] = [("总则", general)]
    for matter in rng.sample(t.matters, min(len(t.matters), rng.randint(2, 4))):
        own = [filled(s, about) for s in rng.sample(_STEPS, rng.randint(2, 4))]
        own.insert(1, f"开展{matter}工作，应当符合下列要求：{rng.choice(t.measures)}。")
        parts.append((matter, own))
    parts.append(("保障措施", [f"{m}。" for m in rng.sample(t.measures, min(3, len(t.measures)))]))
    parts.append(("监督管理", [filled(s, about) for s in rng.sample(_BAD, rng.randint(2, 3))]))
    years = about.slots.get("years", "五")
    last = [f"本办法由{about.agency}负责解释。"]
    last.append(f"本办法自{day(_effective(about))}起施行，有效期{years}年。此前规定与本办法不一致的，以本办法为准。")
    parts.append(("附则", last))
    return _opening(about) + _numbered(parts).replace("本办法", f"本{_called(about.title)}") + signed(about)


def _called(title: str) -> str:
    """What a rule calls itself: 办法, 规程 and so on."""
    name = title.split("》")[0]
    return next((w for w in ("规定", "细则", "规程", "基准") if name.endswith(w)), "办法")


def _effective(about: About) -> date:
    return date(*map(int, about.slots["effective"].split("-"))) if "effective" in about.slots else about.made


def _opening(about: About) -> str:
    if "印发" not in about.title:
        return ""
    inner = about.title.split("印发", 1)[1].removesuffix("的通知")
    lines = [addressed(about), f"{inner}已经{about.short}研究通过，现印发给你们，请结合实际认真组织实施。"]
    return paragraphs(lines) + signed(about) + heading(inner.strip("《》"))


def _numbered(parts: list[tuple[str, list[str]]]) -> str:
    out, number = [], 0
    for chapter, (name, articles) in enumerate(parts, 1):
        out.append(heading(f"第{chinese(chapter)}章 {name}"))
        for article in articles:
            number += 1
            out.append(f"<p><strong>第{chinese(number)}条</strong> {escape(article)}</p>")
    return "".join(out)


_AIMS = (
    "到{y}年底，{f}，{t}工作机制更加健全，{o}的获得感明显增强。",
    "力争用两年左右时间，实现{f}，形成可复制、可推广的经验做法。",
    "坚持问题导向和目标导向相结合，聚焦{m}等关键环节，推动{t}提质增效，{f}。",
)
_SECURING = (
    "加强组织领导。各有关单位要把{t}摆上重要议事日程，主要负责人亲自过问，分管负责人具体抓落实，确保责任到岗、任务到人。",
    "强化经费保障。统筹用好各级财政资金，提高资金使用效益，任何单位不得截留、挤占、挪用。",
    "严格督促检查。{a}将采取随机抽查、实地走访等方式进行督导，对工作不力的予以通报。",
    "做好宣传引导。充分利用政府网站、政务新媒体和基层宣传阵地，解读政策，回应{o}关切。",
    "及时总结报送。各单位应于每季度末将工作进展、经验做法和存在问题报送{a}。",
)


def points(about: About) -> str:
    """A document in numbered points: aims, tasks, securing."""
    rng, t = about.rng, about.topic
    aim = rng.choice(_AIMS).format(
        y=about.made.year + rng.choice((0, 1, 2)), f=about.figure(), t=t.name, o=t.whom, m=rng.choice(t.matters)
    )
    opening = f"为贯彻落实上级部署，扎实推进{t.name}，切实维护{t.whom}的合法权益，现就有关事项通知如下。"
    out = [paragraphs([addressed(about), opening]), heading("一、总体要求"), paragraphs([aim])]
    out.append(heading("二、重点任务"))
    measures = rng.sample(t.measures, len(t.measures)) * 2
    steps = rng.sample(_STEPS, len(_STEPS))
    for number, matter in enumerate(rng.sample(t.matters, len(t.matters)), 1):
        measure = measures[number - 1]
        more = filled(steps[number - 1].replace("{m}", matter), about)
        out.append(f"<p><strong>（{chinese(number)}）{escape(matter)}。</strong>{escape(measure)}。{escape(more)}</p>")
    if rng.random() < 0.4:
        rows = [(f.label, f.unit, f.value(rng, about.made.year - 1), f.value(rng, about.made.year)) for f in t.figures]
        out.append(table("主要指标", ("指标", "单位", "上年完成", "本年目标"), rows))
    out.append(heading("三、保障措施"))
    for number, sentence in enumerate(rng.sample(_SECURING, rng.randint(2, 4)), 1):
        out.append(paragraphs([f"（{chinese(number)}）{filled(sentence, about)}"]))
    return "".join(out) + signed(about)


def notice(about: About) -> str:
    """A short notice."""
    rng, t = about.rng, about.topic
    begin = about.made + timedelta(days=rng.randint(5, 20))
    lines = [
        addressed(about),
        f"根据工作安排，现将{t.name}有关事项通知如下：",
        f"一、时间安排。自{day(begin)}起至{day(begin + timedelta(days=rng.randint(5, 60)))}止，逾期不再受理。",
        f"二、办理对象。{t.whom}。已经办理过{rng.choice(t.matters)}的，无需重复提交。",
        f"三、有关要求。{rng.choice(t.measures)}。请提前准备相关材料，合理安排时间，避免集中排队。",
        f"四、联系方式。{about.short}办公室，咨询电话：0999-5550{rng.randint(100, 199)}。工作日9:00—12:00、14:00—17:30接听。",
    ]
    return paragraphs(lines) + signed(about)


def reply(about: About) -> str:
    """An approval."""
    rng = about.rng
    place = about.slots.get("p") or rng.choice(PLACES)
    name = about.slots.get("s") or site(rng)
    investment = rng.randint(600, 62000)
    lines = [
        f"{place}有关单位：",
        "你单位报来的请示及有关材料收悉。经研究，批复如下：",
        f"一、原则同意实施{name}项目。项目代码：99{about.made.year}-{rng.randint(100000, 999999)}。",
        f"二、建设地点位于{place}，主要建设内容包括主体工程、附属设施及配套管网、道路和绿化。",
        f"三、项目总投资{investment}万元，其中工程费用{investment * 8 // 10}万元，其余为工程建设其他费用和预备费。",
        "四、请依法办理用地、环评、施工许可等手续，严格执行招标投标制度，加强质量和安全管理。",
        "五、本批复自印发之日起有效期二年，逾期未开工又未申请延期的自行失效。",
    ]
    return paragraphs(lines) + signed(about)


def letter(about: About) -> str:
    """An answer to a proposal of a deputy."""
    rng, t = about.rng, about.topic
    lines = [
        f"{person(rng)}{'委员' if '政协' in about.title else '代表'}：",
        f"您提出的关于{t.name}的{'提案' if '政协' in about.title else '建议'}收悉。感谢您对{rng.choice(t.matters)}工作的关心和支持。现答复如下：",
        f"一、基本情况。近年来，我们把{t.name}作为重要工作内容，{about.figures()}。",
        f"二、已经开展的工作。{'；'.join(rng.sample(t.measures, min(3, len(t.measures))))}。",
        f"三、下一步打算。针对您反映的{rng.choice(t.matters)}问题，我们将会同有关部门，于{about.made.year}年底前研究提出解决办法，并及时反馈进展。",
        f"联系人：{person(rng)}，联系电话：0999-5550{rng.randint(100, 199)}。",
    ]
    return paragraphs(lines) + signed(about)


def _company_or(about: About) -> str:
    return about.slots.get("c") or company(about.rng)


def penalty(about: About) -> str:
    """A decision on a penalty."""
    rng, t = about.rng, about.topic
    fine = rng.choice((2000, 5000, 10000, 30000, 50000, 120000))
    found = about.made - timedelta(days=rng.randint(30, 90))
    lines = [
        f"当事人：{_company_or(about)}",
        f"经查，{day(found)}，本机关执法人员在对当事人进行现场检查时发现，当事人在{rng.choice(t.matters)}方面未按规定履行义务。"
        "以上事实有现场检查笔录、询问笔录、影像资料等证据证明。",
        "本机关于作出决定前向当事人送达了行政处罚告知书，当事人在法定期限内未提出陈述、申辩意见，也未要求听证。",
        f"本机关认为，当事人的行为违反了{t.name}有关规定。鉴于当事人积极改正、未造成危害后果，综合考虑裁量因素，决定给予如下行政处罚："
        f"一、警告；二、罚款人民币{fine}元。",
        "当事人应当自收到本决定书之日起十五日内缴纳罚款。逾期不缴纳的，每日按罚款数额的百分之三加处罚款。",
        "如不服本决定，可以自收到之日起六十日内申请行政复议，也可以在六个月内依法提起行政诉讼。",
    ]
    return paragraphs(lines) + signed(about)
