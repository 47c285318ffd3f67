"""Balance checks of the annexed tables of 2008 to 2013."""

from __future__ import annotations

from gongkai.annual.audit.balance import Balance
from gongkai.annual.audit.model import Rule

_FORM = "政府信息公开工作年度报告指标统计附表（各地自定）"


class Requests(Balance):
    id = "R-REQUESTS"
    basis = _FORM
    title = "申请总数不等于各形式之和"
    title_en = "Applications are not the sum of the ways in"
    about = "申请总数应等于当面、传真、电子邮件、网上、信函、其他形式申请数之和。" + Balance.silent
    wrong = "申请总数 5；当面 2，网上 2，余为 0"
    right = "申请总数 5；当面 2，网上 3，余为 0"


class Replies(Balance):
    id = "R-REPLIES"
    basis = _FORM
    title = "答复总数不等于各类之和"
    title_en = "Replies are not the sum of the kinds of reply"
    about = "对申请的答复总数应等于同意、部分同意、否决公开三类之和。" + Balance.silent
    wrong = "答复 5；同意 3，部分同意 0，否决 1"
    right = "答复 5；同意 3，部分同意 0，否决 2"


class Fees(Balance):
    id = "R-FEES"
    basis = _FORM
    title = "收费总数不等于各项之和"
    title_en = "Fees are not the sum of their parts"
    about = "收取费用总数应等于检索费、复制费、邮寄费之和。" + Balance.silent
    wrong = "收费 30 元；检索 0，复制 20，邮寄 5"
    right = "收费 25 元；检索 0，复制 20，邮寄 5"


class FullText(Balance):
    id = "R-FULLTEXT"
    basis = _FORM
    title = "全文电子化数大于公开总数"
    title_en = "More items in full text than published"
    about = "全文电子化的主动公开信息数是其中数，不应大于主动公开信息数。" + Balance.silent
    wrong = "主动公开 100；全文电子化 120"
    right = "主动公开 120；全文电子化 100"


class Appeals(Balance):
    id = "R-APPEALS"
    basis = _FORM
    title = "不满意的申诉数大于申诉总数"
    title_en = "More unsatisfied appeals than appeals"
    about = "对首次处理不满意的行政申诉数是其中数，不应大于行政申诉数。" + Balance.silent
    wrong = "申诉 1；不满意 2"
    right = "申诉 2；不满意 1"


RULES: tuple[Rule, ...] = (
    Requests(),
    Replies(),
    Fees(),
    FullText(),
    Appeals(),
)
