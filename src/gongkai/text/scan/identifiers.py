"""Finds the numbers that point to one person: identity, telephone, bank, passport, plate and e-mail address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from gongkai.text.check_digits import valid_credit_code
from gongkai.text.personal import is_identity_number, is_province, passes_luhn
from gongkai.text.scan.model import Level
from gongkai.text.scan.names import FoundName, name_before
from gongkai.text.scan.view import Found, View

_ID18 = re.compile(r"(?<![0-9A-Za-z])[1-9](?:[ \-]?[0-9]){16}[ \-]?[0-9Xx](?![0-9A-Za-z])")
_ID15 = re.compile(
    r"(?<![0-9A-Za-z.\-/])[1-9][0-9]{7}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}(?![0-9A-Za-z.\-])"
)
_ID_LABEL = re.compile(r"身份证|公民身份|证件号|身份号")
_MOBILE = re.compile(
    r"(?<![0-9A-Za-z_.=])(?:\+?86[ \-]?)?"
    r"(?:1[3-9][0-9](?P<gap>[ \-]?)[0-9]{4}(?P=gap)[0-9]{4}|1[3-9][0-9]{2}[ \-][0-9]{3}[ \-][0-9]{4})"
    r"(?![0-9A-Za-z_]|[.\-][0-9])"
)
_LANDLINE = re.compile(r"(?<![0-9A-Za-z.])\(?0[1-9][0-9]{1,2}\)?[ \-]?[2-9][0-9]{6,7}(?![0-9])")
_CARD = re.compile(
    r"(?<![0-9A-Za-z_.=/])(?:[3-9][0-9]{14,18}|[3-9][0-9]{3}(?:[ \-][0-9]{4}){3}(?:[ \-][0-9]{1,3})?)(?![0-9A-Za-z_])"
)
_CARD_STARTS = ("62", "4", "5", "35", "9558", "60")
_CARD_LABEL = re.compile(r"卡号|银行卡|信用卡|借记卡|一卡通|社保卡|账号|帐号")
_ACCOUNT = re.compile(
    r"(?P<label>(?<!公众号)(?<!微信)(?<!登录)(?<!平台)(?<!微博)(?<!注册)(?:账号|帐号|账户号码|银行账户|对公账户))"
    r"[:为 \t]{0,4}(?P<number>[0-9](?:[ \-]?[0-9]){7,29})"
)
_PASSPORT = re.compile(
    r"(?<![A-Za-z0-9])(?:[EG][0-9]{8}|[EG][A-Z][0-9]{7}|[HMC][0-9]{8,10}|[DSP][0-9]{7,8})(?![A-Za-z0-9])"
)
_PASSPORT_LABEL = re.compile(r"护照|通行证|回乡证|台胞证|证件号")
_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领][A-HJ-NP-Z][·•. ]?"
    r"[A-HJ-NP-Z0-9]{4,5}[A-HJ-NP-Z0-9挂学警港澳](?![A-Za-z0-9])"
)
_EMAIL = re.compile(
    r"(?<![A-Za-z0-9._%+\-])[A-Za-z0-9][A-Za-z0-9._%+\-]{0,63}@(?P<host>[A-Za-z0-9\-]{1,63}(?:\.[A-Za-z0-9\-]{1,63}){1,5})"
)
_CODE = re.compile(r"(?<![0-9A-Za-z])[0-9A-HJ-NPQRTUWXY]{18}(?![0-9A-Za-z])")
_NO_NUMBER = re.compile(
    r"(?:编号|流水号|订单号?|单号|备案号|许可证号?|标识码|批准文号|索引号|文号|代码|编码|条码|序列号|证书号|合同号|案号|受理号|统一编号)[^0-9，。；,;]{0,8}$"
)
_OFFICE = re.compile(
    r"(?:值班|办公|咨询|监督|举报|投诉|服务|热线|报名|公开|业务|受理|维修|客服|预约|报修|救援|应急|单位|窗口|大厅|传真|招标|采购|报案)[^0-9，。；;]{0,10}$"
)
_CONTACT = re.compile(
    r"联系人|经办人|负责人|承办人|项目联系|办公|咨询|值班|监督|举报|服务|热线|传真|窗口|单位电话|客服|大厅|科室|[校院园局科处站所镇乡县市区部组队馆社]长|主任|书记|经理"
    r"|[\u4e00-\u9fff](?:科|处|股|办)[ \t]"
)
_HOME = re.compile(r"住宅|宅电|家庭电话|家中电话|家里")
_COUNTED = re.compile(r"\s?(?:[万亿]?[元吨人件条个次户份册台辆克斤升度株亩]|平方|立方|千瓦|公里|公斤)")
_ADULT = 18


def identifiers(view: View, on: date | None) -> Iterator[Found]:
    """Every number of a person in the text; `on` is the day on which ages are counted."""
    if view.number_windows:
        yield from _identity(view, on)
        yield from _old_identity(view)
        yield from _mobiles(view)
        yield from _landlines(view)
        yield from _cards(view)
        yield from _accounts(view)
        yield from _passports(view)
        yield from _codes(view)
    yield from _plates(view)
    yield from _emails(view)


def owner_of(view: View, start: int) -> FoundName | None:
    """The name that stands just before a place, at most two dozen characters back."""
    before = view.before(start, 24)
    name = name_before(before)
    if name is None:
        return None
    shift = start - len(before)
    return FoundName(name.name, name.start + shift, name.end + shift, name.label)


def _raised(view: View, start: int) -> Level | None:
    return Level.BLOCK if owner_of(view, start) else None


def _identity(view: View, on: date | None) -> Iterator[Found]:
    for found in _identity_shapes(view):
        digits = _bare(found[0])
        labelled = _ID_LABEL.search(view.before(found.start(), 20)) is not None
        if is_identity_number(digits) and _born(digits) and not valid_credit_code(digits):
            yield Found("idcard18", found.start(), found.end())
            if on is not None and _age(digits, on) < _ADULT:
                yield Found(
                    "minor", found.start(), found.end(), None, "身份号码显示不满十八周岁", "born less than 18 years ago"
                )
        elif labelled and is_province(digits[:2]) and _born(digits):
            yield Found(
                "idcard18", found.start(), found.end(), Level.WARN, "校验码不符", "its check character is wrong"
            )


def _identity_shapes(view: View) -> Iterator[re.Match[str]]:
    """Every place where 18 signs could be an identity number; such places may overlap."""
    for start, end in view.number_windows:
        place = start
        while found := _ID18.search(view.plain, place, end):
            yield found
            place = found.start() + 1


def _born(digits: str) -> bool:
    try:
        born = date(int(digits[6:10]), int(digits[10:12]), int(digits[12:14]))
    except ValueError:
        return False
    return 1800 <= born.year <= 2100


def _age(digits: str, on: date) -> int:
    year, month, day = int(digits[6:10]), int(digits[10:12]), int(digits[12:14])
    return on.year - year - ((on.month, on.day) < (month, day))


def _old_identity(view: View) -> Iterator[Found]:
    for found in view.in_numbers(_ID15):
        before = view.before(found.start(), 20)
        if is_province(found[0][:2]) and not _NO_NUMBER.search(before) and not view.in_url(found.start()):
            if not _ID_LABEL.search(before) and owner_of(view, found.start()) is None:
                continue
            yield Found("idcard15", found.start(), found.end(), _raised(view, found.start()))


def _mobiles(view: View) -> Iterator[Found]:
    for found in view.in_numbers(_MOBILE):
        start = found.start()
        before = view.before(start, 20)
        if view.in_url(start) or _COUNTED.match(view.after(found.end(), 4)) or _NO_NUMBER.search(before):
            continue
        if before.endswith("-") and before[-2:-1].isalnum() and before[-2:-1].isascii():
            continue
        level = Level.WARN if _OFFICE.search(before) and not owner_of(view, start) else None
        yield Found("mobile", start, found.end(), level)


def _landlines(view: View) -> Iterator[Found]:
    for found in view.in_numbers(_LANDLINE):
        before = view.before(found.start(), 30)
        if _HOME.search(before) or (not _CONTACT.search(before) and owner_of(view, found.start())):
            yield Found("landline", found.start(), found.end())


def _cards(view: View) -> Iterator[Found]:
    for found in view.in_numbers(_CARD):
        digits = _bare(found[0])
        before = view.before(found.start(), 16)
        if not passes_luhn(digits) or _COUNTED.match(view.after(found.end(), 4)) or view.in_url(found.start()):
            continue
        labelled = _CARD_LABEL.search(before) is not None
        if labelled or (len(digits) >= 16 and digits.startswith(_CARD_STARTS) and not _NO_NUMBER.search(before)):
            yield Found("bankcard", found.start(), found.end())


def _accounts(view: View) -> Iterator[Found]:
    for found in view.matches(_ACCOUNT, ("账", "帐")):
        start, end = found.span("number")
        named = next((one for one in view.names if one.label in ("户名", "开户名", "收款人", "持卡人")), None)
        near = named is not None and abs(view.line_number(named.start) - view.line_number(start)) <= 1
        yield Found("bankacct", start, end, Level.BLOCK if near or owner_of(view, start) else None)


def _passports(view: View) -> Iterator[Found]:
    if view.has(("护照", "通行证", "回乡证", "台胞证", "证件号")):
        for found in view.in_numbers(_PASSPORT):
            if _PASSPORT_LABEL.search(view.before(found.start(), 20)):
                yield Found("passport", found.start(), found.end(), _raised(view, found.start()))


def _codes(view: View) -> Iterator[Found]:
    for found in view.in_numbers(_CODE):
        if valid_credit_code(found[0]):
            trader = found[0].startswith("92")
            yield Found(
                "uscc",
                found.start(),
                found.end(),
                Level.WARN if trader else None,
                "个体工商户" if trader else "",
                "a sole trader" if trader else "",
            )


def _plates(view: View) -> Iterator[Found]:
    for found in _PLATE.finditer(view.plain):
        if sum(char.isdigit() for char in found[0]) >= 2 and not view.in_url(found.start()):
            yield Found("plate", found.start(), found.end(), _raised(view, found.start()))


def _emails(view: View) -> Iterator[Found]:
    for found in view.matches(_EMAIL, ("@",)):
        host = found["host"].lower()
        if host != "gov.cn" and not host.endswith(".gov.cn"):
            yield Found("email", found.start(), found.end())


def _bare(number: str) -> str:
    return number.replace(" ", "").replace("-", "").upper()
