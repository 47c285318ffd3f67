"""Takes words out of a draft and its files so that nothing of them is left."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from gongkai.agencies.models import Person
from gongkai.files.actions import content, store
from gongkai.files.models import Attachment
from gongkai.publishing.actions.drafting import ATTACHMENTS
from gongkai.publishing.models import Publication
from gongkai.publishing.scanner import Found, find


def redacted(draft: Publication, fingerprints: set[str], by: Person) -> list[dict[str, Any]]:
    """Removes the named hits from a draft in place; returns what was removed, masked.

    Raises ValidationError where a hit is gone or its words cannot be removed.
    """
    chosen = [found for found in find(draft) if found.hit.fingerprint in fingerprints]
    if {found.hit.fingerprint for found in chosen} != fingerprints or not chosen:
        raise ValidationError(_("选中的内容已经改动。请重新扫描后再选。"))
    for where in dict.fromkeys(found.hit.where for found in chosen):
        _remove(draft, where, [found for found in chosen if found.hit.where == where], by)
    return [{"where": f.place, "rule": f.hit.rule, "masked": f.hit.excerpt_masked, "by": by.pk} for f in chosen]


def _remove(draft: Publication, where: str, chosen: list[Found], by: Person) -> None:
    hits = [found.hit for found in chosen]
    if where == "body":
        draft.body = redact_html(draft.body, hits)
    elif where.startswith("file:"):
        _remove_from_file(draft, int(where[5:]), hits, by)
    else:
        text = getattr(draft, where)
        setattr(draft, where, redact_text(text, hits))


def _remove_from_file(draft: Publication, id: int, hits: list[Any], by: Person) -> None:
    attachment = Attachment.objects.get(pk=id)
    data = content(attachment)
    remove = _IN_FILES.get(attachment.type)
    needles = words_of_hits(data, attachment.type, hits)
    if remove is None or not needles:
        raise ValidationError(
            _("“%(name)s”中的内容不能自动删除。请在原文件中删除后重新上传。") % {"name": attachment.name}
        )
    result = remove(data, needles)
    if result.unresolved:
        raise ValidationError(
            _("“%(name)s”中有%(count)d处内容不能可靠地删除，文件没有改动。请在原文件中删除后重新上传。")
            % {"name": attachment.name, "count": len(result.unresolved)}
        )
    fresh = store(result.data, attachment.name, by=by, agency=draft.agency, types=ATTACHMENTS)
    draft.files = [{**row, "attachment": fresh.pk} if row["attachment"] == id else row for row in draft.files]
    draft.body = draft.body.replace(f'data-attachment="{id}"', f'data-attachment="{fresh.pk}"').replace(
        f'"/files/{id}/"', f'"/files/{fresh.pk}/"'
    )
