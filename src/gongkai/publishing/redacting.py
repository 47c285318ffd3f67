"""Takes words out of a draft and its files so that nothing of them is left."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from gongkai.agencies.models import Person
from gongkai.files.actions import content, store
from gongkai.files.models import Attachment
from gongkai.publishing.actions.drafting import ATTACHMENTS
from gongkai.publishing.models import Publication
from gongkai.publishing.scanner import Found, find, in_file, parts_of_file, words_of
from gongkai.text.redaction import REMOVERS, FileUnreadable, Style, redact_html, redact_pdf, redact_text
from gongkai.text.scan import RULES, Hit, read_page, scan_text, text_tables

_IN_TEXT = ("body", "image", "link")
"""Where hits of the text stand: in its words, in what is said in place of its pictures, in addresses of its links."""


def redacted(draft: Publication, fingerprints: set[str], by: Person) -> list[dict[str, Any]]:
    """Removes the named hits from a draft in place; returns what was removed, masked.

    Raises ValidationError where a hit is gone or its words cannot be removed: then nothing is saved.
    """
    chosen = [found for found in find(draft) if found.hit.fingerprint in fingerprints]
    if {found.hit.fingerprint for found in chosen} != fingerprints or not chosen:
        raise ValidationError(_("选中的内容已经改动。请重新扫描后再选。"))
    for found in chosen:
        if not found.removable:
            words = _("“%(rule)s”不能用脱敏处理：%(remedy)s。")
            raise ValidationError(
                words % {"rule": RULES[found.hit.rule].label, "remedy": found.hit.remedy.rstrip("。")}
            )
    in_text = [found.hit for found in chosen if found.hit.where in _IN_TEXT]
    if in_text:
        draft.body = _from_html(draft.body, _words_of_text(draft, in_text))
    for where in dict.fromkeys(found.hit.where for found in chosen if found.hit not in in_text):
        _remove(draft, where, [found.hit for found in chosen if found.hit.where == where], by)
    return [_entry(found, by) for found in chosen]


def _entry(found: Found, by: Person) -> dict[str, Any]:
    return {"where": found.place, "rule": found.hit.rule, "masked": found.hit.excerpt_masked, "by": by.pk}


def _remove(draft: Publication, where: str, hits: list[Hit], by: Person) -> None:
    if where.startswith("file:"):
        _remove_from_file(draft, int(where[5:]), hits, by)
    elif where == "files":
        words = _words_found((row["title"] for row in draft.files), where, hits)
        draft.files = [{**row, "title": _without(row["title"], words)} for row in draft.files]
    else:
        text = getattr(draft, where)
        _real(words_of(hits, text, ()))
        setattr(draft, where, redact_text(text, [(h.start, h.end) for h in hits], Style.MASK))


def _words_of_text(draft: Publication, hits: list[Hit]) -> list[str]:
    """The words of hits in the text, in what stands for its pictures, and in the addresses of its links."""
    page = read_page(draft.body)
    said = {
        "image": [image.alt or "" for image in page.images],
        "link": [link.href.partition(":")[2].partition("?")[0] for link in page.links],
    }
    words = words_of([hit for hit in hits if hit.where == "body"], page.text, page.tables)
    for where, texts in said.items():
        chosen = [hit for hit in hits if hit.where == where]
        words += _words_found(texts, where, chosen) if chosen else []
    return _real(words)


def _words_found(texts: Iterable[str], where: str, hits: Sequence[Hit]) -> list[str]:
    """The words of hits whose text is one of several."""
    marks = {hit.fingerprint for hit in hits}
    found = [t[h.start : h.end] for t in texts for h in scan_text(t, where=where) if h.fingerprint in marks]
    return _real(found)


def _real(words: list[str]) -> list[str]:
    if not words or not all(w.strip() for w in words):
        raise ValidationError(_("选中的问题不是某几个字，不能自动删除。请按提示修改。"))
    return words


def _without(text: str, words: Sequence[str]) -> str:
    for word in words:
        text = text.replace(word, redact_text(word, [(0, len(word))], Style.MASK))
    return text


def _from_html(html: str, words: Sequence[str]) -> str:
    try:
        result = redact_html(html, words, Style.MASK)
    except ValueError:
        raise ValidationError(_("选中的内容太短，不能自动删除。请在正文中修改。")) from None
    return result.html


def _remove_from_file(draft: Publication, id: int, hits: Sequence[Hit], by: Person) -> None:
    attachment = Attachment.objects.get(pk=id)
    marks = {h.fingerprint for h in hits}
    in_name = [h for h in scan_text(attachment.name, where=f"file:{id}") if h.fingerprint in marks]
    name = redact_text(attachment.name, [(h.start, h.end) for h in in_name], Style.MASK)
    inside = marks - {h.fingerprint for h in in_name}
    data = _without_hits(attachment, inside) if inside else content(attachment)
    fresh = store(data, name, by=by, agency=draft.agency, types=ATTACHMENTS)
    draft.files = [{**row, "attachment": fresh.pk} if row["attachment"] == id else row for row in draft.files]
    draft.body = draft.body.replace(f'"/files/{id}/"', f'"/files/{fresh.pk}/"')


def _without_hits(attachment: Attachment, marks: set[str]) -> bytes:
    """The file without the words of the hits. Raises ValidationError where one of them is, or may be, left."""
    named = {"name": attachment.name}
    remove = REMOVERS.get(attachment.type)
    words, covered = _words_in_file(attachment, marks), _covers(attachment, marks)
    if remove is None or not (words or covered):
        raise ValidationError(_("“%(name)s”中的内容不能自动删除。请在原文件中删除后重新上传。") % named)
    try:
        data = content(attachment)
        result = redact_pdf(data, words, covered=True) if covered else remove(data, words)
    except (FileUnreadable, ValueError) as error:
        raise ValidationError(_("“%(name)s”：%(error)s") % {**named, "error": error}) from error
    left = {*result.unresolved, *(word for word in words if not result.counts.get(word))}
    if left:
        raise ValidationError(
            _("“%(name)s”中有%(count)d处内容不能可靠地删除，文件没有改动。请在原文件中删除后重新上传。")
            % {**named, "count": len(left)}
        )
    return result.data


def _covers(attachment: Attachment, marks: set[str]) -> bool:
    """Whether words under a box, which are no hits of their own, are among what has to go."""
    if attachment.type != "pdf":
        return False
    return any(one.hit.rule == "covered_text" and one.hit.fingerprint in marks for one in in_file(attachment))


def _words_in_file(attachment: Attachment, fingerprints: set[str]) -> list[str]:
    """The words of the hits; they are found again, since only their masked form is kept."""
    found: list[str] = []
    for text, hits in parts_of_file(attachment):
        chosen = [hit for hit in hits if hit.fingerprint in fingerprints]
        found += words_of(chosen, text, list(text_tables(text)) if chosen else ())
    return list(dict.fromkeys(w for w in found if w.strip()))
