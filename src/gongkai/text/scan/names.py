"""Finds names of persons where their surroundings give them away: a label before, an address or a number after."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金贾韦夏付方邹"
    "熊白孟秦邱侯江尹薛闫阎段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘"
    "祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景"
    "党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚"
)
_COMPOUND = "欧阳|上官|司马|诸葛|皇甫|令狐|司徒|慕容|尉迟|东方|夏侯|公孙|长孙|宇文|轩辕|端木|百里|呼延"
_SURNAME_SET = frozenset(_SURNAMES)
_USUAL = frozenset(_SURNAMES[:66]) - frozenset("高曾余于程任石金付方")
"""The surnames that make a name also where nothing stands between it and its label."""
_NAME = rf"(?:(?:{_COMPOUND})[\u4e00-\u9fff]{{1,2}}|[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}(?:·[\u4e00-\u9fff]{{1,6}})?)"
_NEVER = frozenset(
    "的是在了和与及等为于对被把有无不也将由至到向从因所其以或某市县区镇乡村局委厅处科部院站年月日元号个人会公司府机关位名数量"
    "我你他她它这那此各每并但就都按照根据如若请须应可能时间件项款条章节表页"
)
"""Characters that no given name holds in the contexts that are looked at here."""
_COMMON_WORDS = (
    "何时 何种 何处 何地 路长 成员 王府 高度 方面 金额 于是 程序 余额 安全 江苏 成立 严格 温度 常用 "
    "路线 管理 马上 白天 方式 方法 方案 任务 任职 文件 文化 文号 施工 向上 和谐 高级 高中 石桥 石油 "
    "金融 江北 江南 山东 安徽 安排 安置 宁夏 白沙 华东 曾用 原因 原则 原告 连接 简介 简称 单独 单价 "
    "边界 明确 明细 封面 查询 解释 解决 关系 关于 关闭 成绩 成果 常住 常见 华侨 荣誉 商品 商务 师范 "
    "农村 农业 农民 农户 司法 卫生 党员 党委 全部 全省 全市 应急 应当 包括 房屋 房产 车辆 车牌 路段 "
    "项目 班级 班主任 乐园 官网 游客 旅游 储备 温馨 黄河 长江 云州 高校 余款 童年 成人 成年 林业 "
    "田间 水利 毛利 段落 万元 常务 主任 康复 尚未 左右 武装 武警 齐全 向前 颜色 章程 时限 连续 庄园"
)
_COMMON = frozenset(_COMMON_WORDS.split())
_LABELS_WORDS = (
    "姓名 申请人 被申请人 当事人 投诉人 举报人 原告 被告 住户 户主 居民 村民 学生 患者 病人 伤者 死者 "
    "残疾人 低保户 救助对象 受助人 受益人 持卡人 收款人 户名 孤儿 开户名 监护人 家长 儿童 负责人 联系人 联系 "
    "经办人 代理人 承租人 产权人 被执行人 职工 法定代表人 报名人 考生 配偶 父亲 母亲 儿子 女儿 幼儿 "
    "同学 违法行为人 驾驶人"
)
_LABELS = tuple(_LABELS_WORDS.split())
_ENDS = (
    r"(?=$|[^\u4e00-\u9fff]|男|女|身份|公民|住|家住|"
    r"现住|现年|电话|手机|联系|同志|先生|女士|因|患|系|的|出生|卡号|账号|未婚|已婚|离异|丧偶|确诊|患有)"
)
_LABELLED = re.compile(
    rf"(?P<label>{'|'.join(sorted(_LABELS, key=len, reverse=True))})[:为 \t|]{{0,3}}(?P<name>{_NAME}){_ENDS}"
)
_ADDRESSED = re.compile(
    rf"(?<![\u4e00-\u9fff])(?P<name>{_NAME})"
    r"(?=同志|先生|女士|[ ,、(]{0,2}(?:男|女)(?![\u4e00-\u9fff])"
    r"|[ ,(]{0,2}(?:身份证|公民身份|手机|家住|现住|住址|患有|患|确诊))"
)
_CONNECTING_WORDS = (
    "联系电话 手机号码 手机号 手机 电话号码 电话 联系方式 居民身份证号码 身份证号码 身份证号 身份证件号码 "
    "证件号码 公民身份号码 身份证 银行卡号 银行卡 卡号 账号 帐号 号码 护照号 护照 车牌号 车牌 住宅电话 "
    "家庭电话 宅电 本人 为 是 男 女 汉族 的"
)
_CONNECTING = tuple(_CONNECTING_WORDS.split())
_CONNECTING_BY_END = {word[-1]: [one for one in _CONNECTING if one[-1] == word[-1]] for word in _CONNECTING}
_SIGNS = " \t,:;()、-|/。[]+"
_RUN = re.compile(r"[\u4e00-\u9fff·]+$")


@dataclass(frozen=True, slots=True)
class FoundName:
    """A name and the characters that it takes; `label` is what stands before it, or empty."""

    name: str
    start: int
    end: int
    label: str = ""


def is_plausible_name(word: str) -> bool:
    """Whether two to four Chinese characters can be a person's name; masked names (张某, 张×) are none."""
    if word in _COMMON or word[:2] in _COMMON or not 2 <= len(word.replace("·", "")) <= 8:
        return False
    compound = re.match(_COMPOUND, word) is not None
    if not compound and (word[0] not in _SURNAME_SET or (len(word) > 3 and "·" not in word)):
        return False
    return len(word) <= 4 + 8 * ("·" in word) and _NEVER.isdisjoint(word[2 if compound else 1 :])


def is_surname(char: str) -> bool:
    """Whether a character is a common surname."""
    return char in _SURNAME_SET


def _is_usual(name: str) -> bool:
    return name[0] in _USUAL or re.match(_COMPOUND, name) is not None


def find_names(plain: str) -> list[FoundName]:
    """The names of a half-width text that a label before or an address after gives away, in order."""
    found: dict[int, FoundName] = {}
    for match in (*_LABELLED.finditer(plain), *_ADDRESSED.finditer(plain)):
        label = match.groupdict().get("label") or ""
        run_on = bool(label) and match.end("label") == match.start("name") and not _is_usual(match["name"])
        if is_plausible_name(match["name"]) and not run_on:
            found.setdefault(
                match.start("name"), FoundName(match["name"], match.start("name"), match.end("name"), label)
            )
    return [found[start] for start in sorted(found)]


def name_before(line: str) -> FoundName | None:
    """The name that a line ends with, words such as 手机号 and signs after it left aside, placed in that line."""
    rest = line
    while True:
        cut = rest.rstrip(_SIGNS)
        for word in _CONNECTING_BY_END.get(cut[-1:], ()):
            if cut.endswith(word):
                cut = cut[: -len(word)]
                break
        if cut == rest:
            break
        rest = cut
    run = _RUN.search(rest)
    if run is None:
        return None
    if is_plausible_name(run[0]):
        return FoundName(run[0], run.start(), run.end())
    labelled = [name for name in find_names(rest) if name.end == len(rest)]
    return labelled[-1] if labelled else None
