"""Make up documents in the manner of government notices, as many as are wanted, each from its number alone."""

from __future__ import annotations

import random

from gongkai.search import Document

PLACES = ("云州市", "临溪县", "河口区", "松亭县", "石桥镇", "东湾街道", "白沙乡", "青岭镇")
OFFICES = [
    "人民政府",
    "人民政府办公室",
    "财政局",
    "教育局",
    "民政局",
    "卫生健康委员会",
    "生态环境局",
    "住房和城乡建设局",
    "交通运输局",
    "水利局",
    "农业农村局",
    "市场监督管理局",
    "应急管理局",
    "人力资源和社会保障局",
    "自然资源和规划局",
    "退役军人事务局",
    "统计局",
    "审计局",
    "公安局",
    "司法局",
]
SUBJECTS = [
    "住房公积金提取",
    "城乡居民最低生活保障",
    "安全生产专项整治",
    "道路交通事故预防",
    "老旧小区改造",
    "农村饮水安全",
    "森林防火",
    "防汛抗旱",
    "中小学招生入学",
    "学前教育普惠发展",
    "基本医疗保险支付",
    "特困人员救助供养",
    "退役军人就业创业",
    "农机购置补贴",
    "高标准农田建设",
    "生活垃圾分类",
    "扬尘污染防治",
    "饮用水水源地保护",
    "国有建设用地使用权出让",
    "房屋征收与补偿",
    "政府采购项目",
    "工程建设项目招标投标",
    "食品安全抽检",
    "特种设备检验",
    "药品零售监管",
    "网络预约出租汽车经营",
    "公共停车场收费",
    "天然气价格调整",
    "最低工资标准",
    "职业技能提升培训",
    "事业单位公开招聘",
    "行政处罚裁量基准",
    "规范性文件清理",
    "政务服务事项办理",
    "营商环境优化",
    "数据资源共享",
    "档案管理",
    "保密工作",
    "固定资产投资",
    "一般公共预算执行",
    "国有资产监督",
    "审计整改",
    "统计调查",
    "招商引资",
    "乡村振兴衔接资金",
    "殡葬服务",
    "社会组织登记",
    "残疾人康复",
]
VERBS = ["印发", "加强", "做好", "进一步规范", "公布", "调整", "开展", "推进", "明确", "公开征求"]
OBJECTS = [
    "实施方案",
    "管理办法",
    "工作要点",
    "任务分工",
    "指导意见",
    "实施细则",
    "应急预案",
    "目标任务",
    "名单",
    "结果",
]
KINDS = ("通知", "公告", "意见", "通告", "批复", "决定", "公示", "解读", "通报", "函")
KIND_WEIGHTS = (30, 20, 10, 5, 8, 4, 12, 5, 4, 2)
VALIDITIES, VALIDITY_WEIGHTS = ("有效", "已修改", "失效", "废止"), (80, 5, 8, 7)
CATEGORIES = tuple(f"法定内容{n:02d}" for n in range(1, 29))
THEMES = tuple(f"主题{n:03d}" for n in range(1, 133))
SURNAMES = [
    "朝",
    "晖",
    "诚",
    "达",
    "宏",
    "远",
    "嘉",
    "禾",
    "瑞",
    "丰",
    "泰",
    "安",
    "恒",
    "信",
    "明",
    "德",
    "广",
    "源",
    "盛",
    "景",
    "云",
    "岭",
    "青",
    "松",
    "翠",
    "微",
    "澄",
    "湖",
    "锦",
    "绣",
    "凌",
    "霄",
    "紫",
    "荆",
    "墨",
    "兰",
    "清",
    "溪",
]
TRADES = [
    "建设工程有限公司",
    "物业服务有限公司",
    "环保科技有限公司",
    "农业发展有限公司",
    "医药连锁有限公司",
    "运输有限公司",
]
SENTENCES = (
    "为进一步做好{subject}工作，根据有关法律法规和{office}要求，结合我市实际，制定本{object}。",
    "各县（区）要高度重视{subject}工作，压实责任，细化措施，确保各项任务落到实处。",
    "{place}{road}路{n}号{company}申报的{subject}项目，经审核符合条件，现予公示，公示期{m}个工作日。",
    "截至{year}年{month}月底，全市{subject}累计完成投资{big}万元，同比增长{m}.{d}%，惠及群众{n}户。",
    "{office}负责统筹协调，{other}负责资金保障，按照职责分工抓好落实。",
    "自{year}年{month}月{day}日起施行，有效期{d}年，由{office}负责解释。",
    "请于{month}月{day}日前将{subject}情况书面报送{office}，联系电话：{phone}。",
    "经{year}年第{d}次常务会议研究同意，决定对{road}村{subject}给予{big}元补助。",
    "对{company}违反规定的行为，依法责令限期改正，并处罚款{big}元。",
    "坚持以人民为中心，聚焦群众急难愁盼问题，持续提升{subject}水平。",
    "本次检查共抽取样品{n}批次，其中不合格{m}批次，合格率为9{d}.{d}%。",
    "经公开摇号，{company}等{m}家单位入选{subject}服务机构库。",
    "{road}路（{place}段）自{month}月{day}日零时起封闭施工，过往车辆请绕行。",
    "对逾期未整改的，由{other}依法处理，并向社会公布。",
    "收费标准调整为每立方米{d}.{m}元，自下一个抄表周期起执行。",
    "申请人应当提交身份证明、{subject}申请表和相关证明材料。",
    "原《{place}{subject}{object}》（云府〔{year}〕{n}号）同时废止。",
    "考生须携带准考证于{month}月{day}日上午8时{m}分到{road}中学考点报到。",
    "今年安排专项资金{big}元，重点支持{road}流域综合治理。",
    "会议听取了{office}关于{subject}情况的汇报。",
    "{year}年度“三公”经费支出{big}元，比上年减少{d}.{d}%。",
    "任命{road}同志为{other}副局长，试用期一年。",
    "项目总建筑面积{n}平方米，地上{m}层，容积率不大于{d}.{d}。",
    "有异议的，可在公示期内以书面形式向{office}反映。",
    "竞买保证金为人民币{big}元，起始价{n}万元，增价幅度{m}万元。",
    "发生险情时，{place}防汛指挥机构应当立即转移受威胁群众。",
    "不服本决定的，可在六十日内申请行政复议，或者在六个月内提起行政诉讼。",
    "新建改建农村公路{m}.{d}公里，实施危桥改造{d}座。",
    "符合条件的失业人员可享受一次性创业补贴{n}元。",
    "预计{month}月下旬有一次强降雨过程，请做好防范应对。",
    "累计培训家政服务员、养老护理员等{n}人次，发放补贴{big}元。",
    "中标候选人第一名：{company}，投标报价：{big}元，工期{n}日历天。",
    "该地块东至{road}路，西至规划道路，出让年限{m}0年。",
    "{road}小学服务范围为{road}社区、{place}东片居民小区。",
    "实行网格化管理，做到底数清、情况明、处置快。",
    "居民人均可支配收入{big}元，名义增长{d}.{d}%，居民消费价格上涨{d}.{d}%。",
    "第{m}条 {other}应当建立{subject}台账，每季度更新一次。",
    "严禁在禁燃区域内销售、储存和燃放烟花爆竹。",
    "经审计，发现{company}多结算工程款{big}元，已责成收回。",
    "拟建地点位于{place}{road}路以北，环境影响报告表全文见附件{d}。",
)


def name(chance: random.Random) -> str:
    """A made-up name of two to four characters: what rare phrases are made of."""
    return "".join(chance.choices(SURNAMES, k=chance.randint(2, 4)))


def paragraph(chance: random.Random, subject: str, sentences: int) -> str:
    """So many sentences about a subject."""
    values = {
        "subject": subject,
        "office": chance.choice(PLACES) + chance.choice(OFFICES),
        "other": chance.choice(OFFICES),
        "object": chance.choice(OBJECTS),
        "place": chance.choice(PLACES),
    }
    out = []
    for template in chance.choices(SENTENCES, k=sentences):
        number = chance.randrange(10**9)
        out.append(
            template.format(
                **values,
                road=name(chance),
                company=name(chance) + TRADES[number % 6],
                n=number % 3000 + 1,
                m=number % 28 + 1,
                d=number % 9 + 1,
                big=number % 999_983,
                year=2004 + number % 23,
                month=number % 12 + 1,
                day=number % 28 + 1,
                phone=10_000_000 + number % 80_000_000,
            )
        )
    return "".join(out)


def notice(number: int) -> Document:
    """The document of this number: always the same."""
    chance = random.Random(number)
    place, office = chance.choice(PLACES), chance.choice(OFFICES)
    subject, year = chance.choice(SUBJECTS), 2004 + chance.randrange(23)
    kind = chance.choices(KINDS, KIND_WEIGHTS)[0]
    validity = chance.choices(VALIDITIES, VALIDITY_WEIGHTS)[0]
    about = f"{chance.choice(VERBS)}{name(chance) if chance.random() < 0.2 else ''}{subject}"
    mark = place[0] + office[0]
    return Document(
        id=number,
        title=f"{place}{office}关于{about}{chance.choice(OBJECTS)}的{kind}",
        numbers=(f"{mark}发〔{year}〕{number % 900 + 1}号", f"{mark.encode().hex()[:6]}-{year}-{number:07d}"),
        body=paragraph(chance, subject, 7),
        files=paragraph(chance, subject, 5) if chance.random() < 0.3 else "",
        date=(year - 1970) * 31_556_952 + chance.randrange(31_000_000),
        agency=int(chance.paretovariate(0.7)) % 160 + 1,
        kind=kind,
        theme=chance.choice(THEMES),
        categories=tuple(sorted(set(chance.choices(CATEGORIES, k=chance.randint(1, 2))))),
        year=year,
        validity=validity,
        sunk=validity in ("失效", "废止"),
    )
