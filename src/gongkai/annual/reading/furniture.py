"""What stands around a report and is no part of it: site navigation, page metadata, adverts, other articles."""

from __future__ import annotations

import re

_LINKS = re.compile(
    r"^(?:格式[：:]\s*(?:pdf|docx?|pptx?|txt)|页数[：:]|评分[：:]|大小[：:]|推荐阅读|相关(?:阅读|文章|推荐|新闻|链接|文档)|猜你喜欢|热门(?:文章|推荐)"
    r"|上一[篇条]|下一[篇条]|网站地图|友情链接|联系我们$|关于我们$|扫一扫|分享到|返回顶部|责任编辑[：:]|您是第|访问量|浏览次数|浏览器版本过低)"
    r"|【(?:打印|关闭)|(?:打印|关闭)(?:本页|窗口|页面)",
    re.IGNORECASE,
)
_IMPRINT = re.compile(
    r"^(?:【[^】]{0,40}】\s*推荐阅读|凡本网(?:站)?注明|版权(?:所有|声明)|免责声明|主办(?:单位)?[：:]|承办(?:单位)?[：:]|网站标识码|copyright|©)"
    r"|ICP备|公网安备",
    re.IGNORECASE,
)
_BUTTONS = re.compile(
    r"(?:【?字[体号][：:]|打印本页|关闭窗口|当前位置|您的位置|现在位置|分享到|扫一扫|浏览次数|首页\s*[>»›/])"
)
_METADATA = re.compile(
    r"^(?:索引号|发布(?:机构|单位|日期|时间)|公开(?:日期|时间|机构)|生成日期|成文日期|发文(?:日期|机关)|文号|信息来源|来源|作者|名称|标题"
    r"|主题分类|公开方式|有效性|编辑|时间|日期|字体|公文种类|信息分类|体裁|信息索引)\s*[：:]"
)
_NEWS = re.compile(r"^(?:日前|近日|本报讯|记者|[^，。]{0,12}讯[（(\s]|\d{1,2}月\d{1,2}日[，,])")
_ARTICLE = re.compile(
    r"(?:思考|研究|探析|分析|影响|对策|启示|浅谈|初探|刍议|探讨|综述|之我见|(?:几点)?建议|心得(?:体会)?|讲话|致辞)$"
)
_OTHER_DOCUMENT = re.compile(
    r"(?:指南|条例|办法|规定|通知|方案|制度|要点|规程|通报|公告|公示|简报|流程图?|目录|规则|意见|批复|函)(?:[（(].{1,12}[)）])?$"
)
_KEYWORDS = re.compile(r"^[\[【]?(?:关键词|摘\s*要|内容提要|Abstract|Key\s*words)[\]】]?[:：\]】]?", re.IGNORECASE)
_SEPARATOR = re.compile(
    r"^.{0,50}?(?:篇|范文)\s*(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3})\s*[：:]?$|^(?:.{0,20}\s)?第\s*[0-9一二三四五六七八九十]{1,3}\s*篇[：:]?$"
    r"|^篇\s*[0-9一二三四五六七八九十]{1,3}[：:\s]"
)
_RELEVANT = re.compile(
    r"公开|信息|申请|报告|条例|附[件表]|我(?!国)|本[局委厅办区县市镇乡校院机单部所处站年报级]|建议|提案|政务|网站|邮编|电话"
    r"|联系|^无|没有|收费|费用|复议|诉讼|问题|工作|盖章"
)


def ends_page(text: str) -> bool:
    """Whether a line stands below a text on a page: links to other texts, a document library's data, the imprint."""
    if len(text) <= 60 and _LINKS.search(text):
        return True
    return len(text) <= 600 and _IMPRINT.search(text) is not None


def is_furniture(text: str) -> bool:
    """Whether a line belongs to the page around the text, wherever it stands."""
    return len(text) <= 120 and (
        _BUTTONS.search(text) is not None or _METADATA.match(text) is not None or ends_page(text)
    )


def is_metadata(text: str) -> bool:
    """Whether a line tells something about the page: when, by whom, under which number it was published."""
    return len(text) <= 300 and _METADATA.match(text) is not None


def is_news(text: str) -> bool:
    """Whether a paragraph opens a news item."""
    return _NEWS.match(text) is not None


def is_article_title(text: str) -> bool:
    """Whether a line is the title of an essay or another kind of document about disclosure, not of a report."""
    if not 6 <= len(text) <= 50 or re.search(r"[。；，]", text):
        return False
    return _ARTICLE.search(text) is not None or _OTHER_DOCUMENT.search(text) is not None


def is_scholarly(text: str) -> bool:
    """Whether a paragraph gives the abstract or the keywords of an article."""
    return _KEYWORDS.match(text) is not None


def is_separator(text: str) -> bool:
    """Whether a line separates texts that were put into one file (篇1, 范文二)."""
    return len(text) <= 60 and _SEPARATOR.match(text) is not None


def is_relevant(text: str) -> bool:
    """Whether a paragraph may be a part of a report at all."""
    return _RELEVANT.search(text) is not None
