"""A report inside a page as the sites of agencies serve it: menus, scripts, Word's inline styles, lists of links."""

from __future__ import annotations

import random
import re

_COLUMNS = re.findall(
    r"[^|]+",
    "首页|要闻动态|政务公开|政务服务|互动交流|走进云州|数据开放|专题专栏|政策文件|政策解读|公开指南|公开制度|"
    "法定主动公开|依申请公开|公开年报|规划信息|统计信息|财政预决算|行政许可|行政处罚|重大项目|公共资源|招标采购|"
    "应急管理|食品药品|环境保护|社会救助|医疗卫生|义务教育|就业创业|住房保障|乡村振兴|建议提案|人事任免",
)
_PLACES = re.findall(
    r"[^|]+",
    "临溪县|松亭县|河口区|北苑区|石桥镇|梅岭镇|云州市教育局|云州市民政局|云州市财政局|云州市水务局|云州市文旅局",
)
_NEWS = (
    "{place}召开{n}月份重点工作调度会",
    "{place}开展第{n}期业务培训",
    "{place}发布{n}项便民服务措施",
    "关于公布{place}第{n}批重点项目名单的通知",
    "{place}组织开展安全生产大检查第{n}轮督导",
)
_WORD_P = (
    "margin-top: 0pt; margin-bottom: 0pt; text-indent: 32pt; line-height: 28pt; text-align: justify; "
    "font-family: Calibri; font-size: 10.5pt;"
)
_WORD_SPAN = "mso-spacerun: 'yes'; font-family: 仿宋_GB2312; mso-font-kerning: 1.0pt; font-size: 16.0000pt;"
_WORD_TD = (
    "border-top: none; border-left: none; border-bottom: 1pt solid windowtext; border-right: 1pt solid windowtext; "
    "padding: 0cm 5.4pt; height: 22.7pt; word-break: break-all;"
)
_WORD_CELL_P = "text-align: center; margin: 0pt;"
_WORD_CELL_SPAN = "font-family: 宋体; font-size: 9pt; color: rgb(0, 0, 0);"
_SCRIPT = """
(function(){{var w=window,d=document;w.__site=w.__site||[];w.__site.push({{id:{n},page:"art/{n}/content.html",
channel:["{a}","{b}"],t:+new Date()}});var s=d.createElement("script");s.async=true;s.src="/js/count_{n}.js";
var h=d.getElementsByTagName("script")[0];h.parentNode.insertBefore(s,h);function bind(e,t,f){{if(e.addEventListener)
e.addEventListener(t,f,false);else if(e.attachEvent)e.attachEvent("on"+t,f)}}bind(w,"load",function(){{
var a=d.getElementById("zoom{n}");if(a&&a.style){{a.style.fontSize="16px"}}}})}})();
"""


def site_page(bare: str, number: int) -> str:
    """The report of a bare page, in a page of 60 to 120 KB. The same number gives the same page."""
    rng = random.Random(number)
    title = re.search("<title>(.*?)</title>", bare, re.S)
    body = re.search("<body>(.*)</body>", bare, re.S)
    assert title is not None
    assert body is not None
    return "\n".join(
        (
            _head(title[1], rng),
            "<body>",
            _menus(rng),
            _crumbs(title[1]),
            '<div class="main clearfix"><div class="content-box">',
            _facts(rng),
            f'<div class="article-con TRS_Editor" id="zoom">{_as_word(body[1])}</div>',
            _related(rng),
            "</div>",
            _sidebar(rng),
            "</div>",
            _footer(rng),
            "</body></html>",
        )
    )


def _scripts(rng: random.Random, count: int) -> str:
    return "\n".join(
        '<script type="text/javascript">'
        + _SCRIPT.format(n=rng.randrange(10_000), a=rng.choice(_COLUMNS), b=rng.choice(_COLUMNS))
        + "</script>"
        for _ in range(count)
    )


def _head(title: str, rng: random.Random) -> str:
    rules = "\n".join(
        f".c{i}-{rng.randrange(999)} li a{{display:block;float:left;width:{rng.randrange(40, 400)}px;"
        f"background:url(/images/bg{i}.png) no-repeat 0 {i}px;line-height:{rng.randrange(20, 60)}px;color:#333}}"
        for i in range(40)
    )
    return (
        '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/'
        'xhtml1-transitional.dtd">\n<html xmlns="http://www.w3.org/1999/xhtml"><head>\n'
        '<meta http-equiv="Content-Type" content="text/html; charset=utf-8" />\n'
        f'<meta name="ArticleTitle" content="{title}" />\n<title>{title}_云州市人民政府</title>\n'
        f'<style type="text/css">\n{rules}\n</style>\n{_scripts(rng, 5)}\n</head>'
    )


def _menus(rng: random.Random) -> str:
    items = []
    for name in _COLUMNS:
        below = "".join(
            f'<li><a href="/col/col{rng.randrange(9999)}/index.html" target="_blank">{sub}</a></li>'
            for sub in rng.sample(_COLUMNS, 4)
        )
        items.append(
            f'<li class="nav-item"><a href="/col/{rng.randrange(9999)}/">{name}</a><ul class="sub">{below}</ul></li>'
        )
    return (
        '<div class="header"><div class="logo"><a href="/">云州市人民政府</a></div>'
        f'<ul class="nav">{"".join(items)}</ul></div>'
        '<div style="display:none" id="tip">正在加载，请稍候…</div>'
    )


def _crumbs(title: str) -> str:
    return (
        '<div class="crumbs">您现在的位置：<a href="/">首页</a> &gt; <a href="/xxgk/">政务公开</a> &gt; '
        f'<a href="/xxgk/nb/">公开年报</a> &gt; {title}</div>'
    )


def _facts(rng: random.Random) -> str:
    return (
        '<table class="xxgk-info" width="100%"><tr><td><b>索 引 号：</b>'
        f"{rng.randrange(10**8):09d}/2024-{rng.randrange(99999):05d}</td><td><b>组配分类：</b>公开年报</td></tr>"
        "<tr><td><b>发布机构：</b>云州市人民政府</td><td><b>公开形式：</b>主动公开</td></tr></table>"
        '<div class="share">【字体：<a href="javascript:doZoom(16)">大</a> <a href="javascript:doZoom(14)">中</a> '
        '<a href="javascript:doZoom(12)">小</a>】 <a href="javascript:window.print()">打印</a></div>'
    )


def _as_word(body: str) -> str:
    """The report's own markup as an editor leaves it after pasting from Word."""
    body = re.sub(r"</?(?:article|section)[^>]*>", "", body)
    body = re.sub(
        r"<(td|th)([^>]*)>(.*?)</\1>",
        lambda m: (
            f'<td{_spans(m[2])} style="{_WORD_TD}"><p class="MsoNormal" style="{_WORD_CELL_P}">'
            f'<span style="{_WORD_CELL_SPAN}">{m[3]}</span></p></td>'
        ),
        body,
        flags=re.S,
    )
    body = re.sub(
        r"<p>(.*?)</p>",
        lambda m: f'<p class="MsoNormal" style="{_WORD_P}"><span style="{_WORD_SPAN}">{m[1]}</span></p>',
        body,
        flags=re.S,
    )
    body = re.sub(
        r"<h2[^>]*>(.*?)</h2>",
        lambda m: f'<p class="MsoNormal" style="{_WORD_P}"><b><span style="{_WORD_SPAN}">{m[1]}</span></b></p>',
        body,
        flags=re.S,
    )
    return re.sub(r"<h1[^>]*>", '<p style="text-align: center"><b>', body).replace("</h1>", "</b></p>")


def _spans(attributes: str) -> str:
    return "".join(f" {found}" for found in re.findall(r'(?:row|col)span="?\d+"?', attributes))


def _related(rng: random.Random) -> str:
    return f'<div class="related"><h3>相关阅读</h3><ul>{_news(rng, 10)}</ul></div>'


def _sidebar(rng: random.Random) -> str:
    return f'<div class="sidebar"><h3>最新信息</h3><ul>{_news(rng, 30)}</ul></div>'


def _news(rng: random.Random, count: int) -> str:
    return "".join(
        f'<li><a href="/art/{rng.randrange(9999)}/art_{rng.randrange(99999)}.html" target="_blank" title="">'
        f"{rng.choice(_NEWS).format(place=rng.choice(_PLACES), n=rng.randrange(1, 12))}</a>"
        f"<span>2024-{rng.randrange(1, 12):02d}-{rng.randrange(1, 28):02d}</span></li>"
        for _ in range(count)
    )


def _footer(rng: random.Random) -> str:
    links = "".join(f'<option value="http://www.example.cn/{i}/">{place}</option>' for i, place in enumerate(_PLACES))
    return (
        f'<div class="footer"><select>{links}</select><p><a href="/map.html">网站地图</a> | '
        '<a href="/about.html">关于我们</a> | <a href="/law.html">法律声明</a></p>'
        "<p>主办：云州市人民政府办公室 版权所有 云ICP备00000000号 网站标识码0000000000</p></div>"
        f"{_scripts(rng, 3)}"
    )
