"""Balance checks of the statistics table of 2014 to 2018."""

from __future__ import annotations

from gongkai.annual.audit.balance import Balance
from gongkai.annual.audit.model import Rule

_FORM = "政府信息公开情况统计表（国办发〔2014〕32号）"


class Received(Balance):
    id = "R-RECEIVED"
    basis = _FORM
    title = "收到申请数不等于各渠道之和"
    title_en = "Applications received are not the sum of the ways in"
    about = "（一）收到申请数应等于当面、传真、网络、信函（及其他方式）申请数之和。" + Balance.silent
    wrong = "收到申请 10；当面 3，网络 4，信函 2"
    right = "收到申请 10；当面 3，网络 5，信函 2"


class Closed(Balance):
    id = "R-CLOSED"
    basis = _FORM
    title = "办结数不等于按时与延期之和"
    title_en = "Closed applications are not on time plus extended"
    about = "（二）申请办结数应等于按时办结数与延期办结数之和。" + Balance.silent
    wrong = "办结 9；按时 7，延期 1"
    right = "办结 9；按时 8，延期 1"


class Answered(Balance):
    id = "R-ANSWERED"
    basis = _FORM
    title = "答复数不等于各类答复之和"
    title_en = "Replies are not the sum of the kinds of reply"
    about = "（三）申请答复数应等于其下八类答复数之和。" + Balance.silent
    wrong = "答复 9；同意公开 6，信息不存在 2"
    right = "答复 9；同意公开 6，信息不存在 3"


class Denied(Balance):
    id = "R-DENIED"
    basis = "情况统计表：不同意公开答复数为各情形之和"
    title = "不予公开数不等于各情形之和"
    title_en = "Denials are not the sum of their grounds"
    about = "不同意（否决）公开答复数应等于其下各情形之和。" + Balance.silent
    wrong = "不同意公开 3；涉及商业秘密 1，涉及个人隐私 1"
    right = "不同意公开 3；涉及商业秘密 1，涉及个人隐私 2"


class Review(Balance):
    id = "R-REVIEW"
    basis = _FORM
    title = "行政复议数不等于各结果之和"
    title_en = "Reconsiderations are not the sum of their outcomes"
    about = "行政复议数量应等于维持、被依法纠错、其他情形三项之和。" + Balance.silent
    wrong = "行政复议 2；维持 1，纠错 0，其他 0"
    right = "行政复议 2；维持 1，纠错 0，其他 1"


class Litigation(Balance):
    id = "R-LITIGATION"
    basis = _FORM
    title = "行政诉讼数不等于各结果之和"
    title_en = "Suits are not the sum of their outcomes"
    about = "行政诉讼数量应等于维持（驳回）、被依法纠错、其他情形三项之和。" + Balance.silent
    wrong = "行政诉讼 2；维持 1，纠错 0，其他 0"
    right = "行政诉讼 2；维持 1，纠错 0，其他 1"


class Staff(Balance):
    id = "R-STAFF"
    basis = "情况统计表：工作人员数为专职与兼职之和"
    title = "工作人员数不等于专职与兼职之和"
    title_en = "Staff are not full time plus part time"
    about = "从事政府信息公开工作人员数应等于专职人员数与兼职人员数之和。" + Balance.silent
    wrong = "工作人员 6；专职 1，兼职 4"
    right = "工作人员 6；专职 2，兼职 4"


class Archives(Balance):
    id = "R-ARCHIVES"
    basis = "情况统计表（地方增加项）"
    title = "报送查阅场所数不等于纸质与电子之和"
    title_en = "Items sent to reading venues are not paper plus electronic"
    about = "向查阅场所报送信息数应等于纸质文件数与电子文件数之和。" + Balance.silent
    wrong = "报送 20；纸质 10，电子 5"
    right = "报送 20；纸质 10，电子 10"


class Sites(Balance):
    id = "R-SITES"
    basis = "情况统计表（地方增加项）"
    title = "公开网站数不等于各级之和"
    title_en = "Sites are not the sum of the levels"
    about = "开通政府信息公开网站（专栏）数应等于县级与乡级之和。" + Balance.silent
    wrong = "网站 12；区（市）4，乡镇 6"
    right = "网站 12；区（市）4，乡镇 8"


class ComplaintsLocal(Balance):
    id = "R-COMPLAINTS-LOCAL"
    basis = "情况统计表（地方增加项）"
    title = "举报投诉数不等于各结果之和"
    title_en = "Complaints are not the sum of their outcomes"
    about = "举报投诉数量应等于维持、被纠错、其他情形三项之和。" + Balance.silent
    wrong = "举报投诉 2；维持 1，纠错 0，其他 0"
    right = "举报投诉 2；维持 1，纠错 1，其他 0"


class ClosedAnswered(Balance):
    id = "R-CLOSED-ANSWERED"
    basis = _FORM
    title = "办结数与答复数不一致"
    title_en = "Closed applications and replies differ"
    about = "申请办结数一般等于申请答复数，只因撤回申请等情形才会不同。" + Balance.silent
    wrong = "办结 20，答复 0"
    right = "办结 20，答复 20"


class PublishedMax(Balance):
    id = "R-PUB-MAX"
    basis = _FORM
    title = "某一渠道公开数大于公开总数"
    title_en = "A channel published more than the total"
    about = (
        "不同渠道公开相同信息计1条，但每一渠道公开的都在总数之内，所以任一渠道不应大于主动公开政府信息数。"
        + Balance.silent
    )
    wrong = "主动公开 5 条；政府网站 30 条"
    right = "主动公开 30 条；政府网站 30 条"


class PublishedSum(Balance):
    id = "R-PUB-SUM"
    basis = _FORM
    title = "公开总数大于各渠道之和"
    title_en = "The total published exceeds the sum of the channels"
    about = "每条主动公开的信息至少经过一个渠道，所以总数不应大于各渠道之和。" + Balance.silent
    wrong = "主动公开 90 条；网站 40 条，其他方式 20 条，余为 0"
    right = "主动公开 60 条；网站 40 条，其他方式 20 条，余为 0"


class NormDocs(Balance):
    id = "R-NORM"
    basis = _FORM
    title = "公开的规范性文件数大于公开总数"
    title_en = "More normative documents published than items in all"
    about = "主动公开规范性文件数是主动公开政府信息数的其中数，不应大于它。" + Balance.silent
    wrong = "主动公开 10 条；其中规范性文件 12 条"
    right = "主动公开 40 条；其中规范性文件 12 条"


class NormDocsIssued(Balance):
    id = "R-NORM2"
    basis = _FORM
    title = "公开的规范性文件数大于制发数"
    title_en = "More normative documents published than issued"
    about = "主动公开规范性文件数一般不大于制发规范性文件总数；补公开往年文件时可能大于，请说明。" + Balance.silent
    wrong = "公开规范性文件 12；制发 8"
    right = "公开规范性文件 8；制发 8"


class Press(Balance):
    id = "R-PRESS"
    basis = _FORM
    title = "主要负责同志参加发布会次数大于总次数"
    title_en = "The head attended more press conferences than were held"
    about = "主要负责同志参加新闻发布会次数是其中数，不应大于总次数。" + Balance.silent
    wrong = "发布会 2 次；主要负责同志参加 3 次"
    right = "发布会 3 次；主要负责同志参加 2 次"


class Interview(Balance):
    id = "R-INTERVIEW"
    basis = _FORM
    title = "主要负责同志参加访谈次数大于总次数"
    title_en = "The head took part in more interviews than were held"
    about = "主要负责同志参加政府网站在线访谈次数是其中数，不应大于总次数。" + Balance.silent
    wrong = "在线访谈 1 次；主要负责同志参加 2 次"
    right = "在线访谈 2 次；主要负责同志参加 1 次"


RULES: tuple[Rule, ...] = (
    Received(),
    Closed(),
    Answered(),
    Denied(),
    Review(),
    Litigation(),
    Staff(),
    Archives(),
    Sites(),
    ComplaintsLocal(),
    ClosedAnswered(),
    PublishedMax(),
    PublishedSum(),
    NormDocs(),
    NormDocsIssued(),
    Press(),
    Interview(),
)
