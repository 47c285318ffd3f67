"""Takes words out of a draft and its files so that nothing of them is left."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from gongkai.agencies.models import Person
from gongkai.files.actions import content, store
from gongkai.files.models import Attachment
from gongkai.publishing.actions.drafting import ATTACHMENTS
from gongkai.publishing.models import Publication
from gongkai.publishing.scanner import Found, find, parts_of_file
from gongkai.text.redaction import FileUnreadable, Redacted, Style, redact_docx, redact_html, redact_pdf, redact_text
from gongkai.text.scan import Hit, page_text

_IN_FILES: dict[str, Callable[[bytes, Sequence[str]], Redacted]] = {"pdf": redact_pdf, "docx": redact_docx}


def redacted(draft: Publication, fingerprints: set[str], by: Person) -> list[dict[str, Any]]:
    """Removes the named hits from a draft in place; returns what was removed, masked.

    Raises ValidationError where a hit is gone or its words cannot be removed: then nothing is saved.
    """
    chosen = [found for found in find(draft) if found.hit.fingerprint in fingerprints]
    if {found.hit.fingerprint for found in chosen} != fingerprints or not chosen:
        raise ValidationError(_("选中的内容已经改动。请重新扫描后再选。"))
    for where in dict.fromkeys(found.hit.where for found in chosen):
        _remove(draft, where, [found.hit for found in chosen if found.hit.where == where], by)
    return [_entry(found, by) for found in chosen]


def _entry(found: Found, by: Person) -> dict[str, Any]:
    return {"where": found.place, "rule": found.hit.rule, "masked": found.hit.excerpt_masked, "by": by.pk}


def _remove(draft: Publication, where: str, hits: list[Hit], by: Person) -> None:
    if where == "body":
        text = page_text(draft.body)
        draft.body = _from_html(draft.body, _words(text, hits))
    elif where.startswith("file:"):
        _remove_from_file(draft, int(where[5:]), hits, by)
    else:
        setattr(draft, where, redact_text(getattr(draft, where), [(h.start, h.end) for h in hits], Style.MASK))


def _words(text: str, hits: Sequence[Hit]) -> list[str]:
    words = [text[h.start : h.end] for h in hits]
    if not all(w.strip() for w in words):
        raise ValidationError(_("选中的问题不是某几个字，不能自动删除。请按提示修改。"))
    return words


def _from_html(html: str, words: Sequence[str]) -> str:
    try:
        result = redact_html(html, words, Style.MASK)
    except ValueError:
        raise ValidationError(_("选中的内容太短，不能自动删除。请在正文中修改。")) from None
    return result.html


def _remove_from_file(draft: Publication, id: int, hits: Sequence[Hit], by: Person) -> None:
    attachment = Attachment.objects.get(pk=id)
    remove = _IN_FILES.get(attachment.type)
    words = _words_in_file(attachment, {h.fingerprint for h in hits})
    if remove is None or not words:
        raise ValidationError(
            _("“%(name)s”中的内容不能自动删除。请在原文件中删除后重新上传。") % {"name": attachment.name}
        )
    try:
        result = remove(content(attachment), words)
    except (FileUnreadable, ValueError) as error:
        raise ValidationError(_("“%(name)s”：%(error)s") % {"name": attachment.name, "error": error}) from error
    if not result.done:
        raise ValidationError(
            _("“%(name)s”中有%(count)d处内容不能可靠地删除，文件没有改动。请在原文件中删除后重新上传。")
            % {"name": attachment.name, "count": len(result.unresolved)}
        )
    fresh = store(result.data, attachment.name, by=by, agency=draft.agency, types=ATTACHMENTS)
    draft.files = [{**row, "attachment": fresh.pk} if row["attachment"] == id else row for row in draft.files]


def _words_in_file(attachment: Attachment, fingerprints: set[str]) -> list[str]:
    """The words of the hits; they are found again, since only their masked form is kept."""
    found = [
        text[hit.start : hit.end]
        for text, hits in parts_of_file(attachment)
        for hit in hits
        if hit.fingerprint in fingerprints
    ]
    return list(dict.fromkeys(w for w in found if w.strip()))
