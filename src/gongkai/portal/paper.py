"""The page of a publication, put together without the template language, which would take much of its time.

Everything that goes in is escaped here, but for the text, which was cleaned when it was written.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

from django.conf import settings
from django.template.defaultfilters import linebreaksbr, urlencode

from gongkai.portal import labels, meta, published
from gongkai.portal.bodies import Body
from gongkai.portal.reading_text import Heading, outlined
from gongkai.portal.templatetags.quick import metadata
from gongkai.portal.templatetags.site import day, size, validity_tag
from gongkai.publishing.models import Kind, Validity
from gongkai.publishing.queries.publication_page import FileLine, Linked, Note, Page

Word = Callable[[str], str]


def crumbs(page: Page, body: Body, categories: Sequence[tuple[str, str]]) -> str:
    """Where the publication stands: its agency, its first category, its kind."""
    _ = labels.words()
    above = "".join(f'<li><a href="{escape(url)}">{escape(label)}</a></li>' for url, label in categories[:1])
    return (
        f'<nav class="crumbs" aria-label="{_("位置")}"><ol><li><a href="{body.url}">{escape(body.label)}</a></li>'
        f'{above}<li aria-current="page">{escape(labels.kind(page.kind))}</li></ol></nav>'
    )


def paper(
    page: Page, body: Body, name: str, heir: Body | None, path: str, categories: Sequence[tuple[str, str]]
) -> str:
    """The publication from its title to its last link; `name` is the one that its agency bore then."""
    _ = labels.words()
    text, outline = outlined(page.body)
    claimed = page.claim if page.kind == Kind.CLARIFICATION else ""
    groups = published.beside(page)
    return f"""
<article class="paper{" ended" if page.is_ended else ""}">
<header class="title">
  {_ribbon(page, _)}
  <h1 lang="zh-Hans">{escape(page.title)}</h1>
  {_state(page, name)}
  {_heir(heir, _)}
  {_jumps(page, groups, _)}
</header>
<details class="meta" open><summary>{_("信息要素")}</summary>
{metadata(published.table(page), categories, page.summary)}</details>
<div class="columns">
<div class="main">
{"".join(_note(note, _) for note in page.notes)}
{_claim(page, _) if claimed else ""}
{_video(page.video_url, _)}
<div class="text" lang="zh-Hans">{text}</div>
{"</section>" if claimed else ""}
{_files(page.files, _)}
<div class="print-only source"><img src="{path}qr.svg" alt="" width="96" height="96" fetchpriority="low">\
<p>{escape(meta.absolute(path))}<br>{escape(settings.WAGTAIL_SITE_NAME)}</p></div>
</div>
<aside class="side" aria-label="{_("相关信息")}">
{_outline(outline, _)}
{"".join(_group(group, number) for number, group in enumerate(groups, 1))}
{_own_links(page, body, _)}
</aside>
</div>
</article>
"""


def _ribbon(page: Page, _: Word) -> str:
    found = published.ribbon(page)
    if found is None:
        return ""
    by = "".join(f" {escape(one.label)}{_('：')}{_named(one, _)}" for one in found.by)
    said = f"<b>{escape(found.word)}</b> {escape(found.text)}{by}"
    return f'<div class="ribbon {found.level}" role="note"><p>{said}</p></div>'


def _named(one: Linked, _: Word) -> str:
    if not one.id:
        return escape(one.title)
    number = f"{_('（')}{escape(one.document_number)}{_('）')}" if one.document_number else ""
    return f'<a href="/p/{one.id}/">{escape(one.title)}{number}</a>'


def _state(page: Page, name: str) -> str:
    released = published.day(page.published_at)
    number = f'<span class="number">{escape(page.document_number)}</span>' if page.document_number else ""
    return (
        f'<p class="state">{number}{_validity(page)}<span>{escape(name)}</span>'
        f'<time datetime="{released}">{released}</time></p>'
    )


def _validity(page: Page) -> str:
    if not page.validity:
        return ""
    look, mark = "warning", ""
    if page.is_ended:
        look, mark = "ended", "⊘ "
    elif page.validity == Validity.EFFECTIVE:
        look, mark = "good", "✓ "
    return f'<span class="tag {look}">{mark}{escape(labels.validity(page.validity))}</span>'


def _heir(heir: Body | None, _: Word) -> str:
    if heir is None:
        return ""
    said = _("该机关已撤销，职能由以下机关承接：")
    return f'<p class="heir small">{said}<a href="{heir.url}">{escape(heir.name)}</a></p>'


def _note(note: Note, _: Word) -> str:
    at = day(note.at)
    return (
        f'<div class="notice small"><p><b>{_("更正与说明")}</b> <time datetime="{at}">{at}</time>'
        f" {escape(note.text)}</p></div>"
    )


def _claim(page: Page, _: Word) -> str:
    source = f"<footer>{_('见于')}{escape(page.claim_source)}</footer>" if page.claim_source else ""
    return (
        f'<section class="claim"><h2>{_("流传的说法")}</h2><blockquote lang="zh-Hans">'
        f'<p>{linebreaksbr(page.claim)}</p>{source}</blockquote></section>\n<section class="fact"><h2>{_("事实")}</h2>'
    )


def _video(url: str, _: Word) -> str:
    if not url:
        return ""
    return f'<p class="video"><a class="button" href="{escape(url)}" rel="noopener">▶ {_("看视频")}</a></p>'


def _files(files: Sequence[FileLine], _: Word) -> str:
    if not files:
        return ""
    items = "".join(
        f'\n<li><a href="/files/{f.id}/" download><b>{escape(f.title or f.name)}</b>'
        f"<span>{escape(f.type.upper())} · {size(f.size)}</span></a></li>"
        for f in files
    )
    return f'<section class="files" aria-labelledby="files"><h2 id="files">{_("附件")}</h2><ul>{items}</ul></section>'


def _outline(outline: Sequence[Heading], _: Word) -> str:
    if not outline:
        return ""
    items = "".join(f'<li class="l{h.level}"><a href="#{h.id}">{escape(h.text)}</a></li>' for h in outline)
    return (
        f'<nav class="outline noprint" aria-labelledby="outline"><h2 id="outline">{_("本文目录")}</h2>'
        f'<ol lang="zh-Hans">{items}</ol></nav>'
    )


def _jumps(page: Page, groups: Sequence[published.Group], _: Word) -> str:
    """On narrow screens all this stands below the text: who came for it need not turn past the whole document."""
    links = [("files", _("附件"), len(page.files))] if page.files else []
    links += [(f"beside-{number}", group.title, len(group.links)) for number, group in enumerate(groups, 1)]
    if not links:
        return ""
    items = "".join(f'<li><a href="#{id}">{escape(label)} {n}</a></li>' for id, label, n in links)
    return f'<ul class="jumps" aria-label="{_("本页")}">{items}</ul>'


def _group(group: published.Group, number: int) -> str:
    items = "".join(f"<li>{_link(one)}{_about(one)}{validity_tag(one.validity)}</li>" for one in group.links)
    title = f"<h2>{escape(group.title)}</h2>"
    return f'<section id="beside-{number}">{title}<ul class="links" lang="zh-Hans">{items}</ul></section>'


def _link(one: Linked) -> str:
    return f'<a href="/p/{one.id}/">{escape(one.title)}</a>' if one.id else escape(one.title)


def _about(one: Linked) -> str:
    if not (one.document_number or one.published_at):
        return ""
    return f'<span class="quiet small">{escape(one.document_number)} {day(one.published_at)}</span>'


def _own_links(page: Page, body: Body, _: Word) -> str:
    issues = ""
    if page.series:
        address = f"/series/?name={urlencode(page.series)}"
        issues = f'<li><a href="{address}">{_("同系列各期：")}{escape(page.series)}</a></li>'
    return (
        f'<section class="noprint"><h2>{_("本页")}</h2><ul class="links plain"><li><a href="{body.url}">'
        f"{escape(body.label)}{_('的全部信息')}</a></li>{issues}"
        f'<li><a href="/p/{page.id}.json">{_("机读数据")} JSON</a></li></ul></section>'
    )
