"""Submission: a draft goes onto its path; one that was returned goes again."""

from __future__ import annotations

from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gongkai.agencies.actions.shared import refuse_abolished
from gongkai.agencies.models import Person
from gongkai.agencies.rights import Right, require
from gongkai.publishing.actions.scanning import scan
from gongkai.publishing.actions.shared import BASIS_REVIEW, changeable, expect, locked, note
from gongkai.publishing.actions.steps import end_path, require_whole, settle_step
from gongkai.publishing.checking import missing
from gongkai.publishing.links import outside_links
from gongkai.publishing.models import CoordinationRequest, Publication, State
from gongkai.publishing.pictures import undescribed
from gongkai.publishing.tasks import try_links


def submit(publication: Publication, *, by: Person) -> Publication:
    """Scans the newest draft and starts its path (条例第十七条).

    Raises NotAllowed; ValidationError by field for what is missing; WrongState where it is under review already.
    """
    require(by, Right.DRAFT_PUBLICATIONS, publication.agency)
    with transaction.atomic():
        row = locked(publication)
        if not changeable(row) or (row.state == State.PUBLISHED and not row.has_unpublished_changes):
            expect(row)
        draft = row.get_latest_revision_as_object()
        refuse_abolished(row.agency)
        if problems := _pictures(draft) | missing(draft):
            raise ValidationError(problems)
        workflow = draft.get_workflow()
        if workflow is None:
            raise ValidationError(_("%(agency)s还没有设置发布流程。请联系管理员。") % {"agency": row.agency.name})
        require_whole(workflow)
        if CoordinationRequest.objects.filter(revision=row.latest_revision_id).exists():
            # Other agencies answered for the round before; they are asked anew for this one.
            draft.save_revision(user=by, clean=False)
            row = locked(publication)
        report = scan(row)
        end_path(row, by)
        workflow.start(draft, by)
        fresh = Publication.objects.select_related("agency").get(pk=row.pk)
        settle_step(fresh)
        if outside_links(draft):
            transaction.on_commit(partial(try_links.enqueue, fresh.pk))
        note(fresh, "submit", by=by, basis=BASIS_REVIEW, revision=draft.latest_revision_id, hits=len(report.hits))
    return fresh


def _pictures(draft: Publication) -> dict[str, str]:
    """What to say where pictures of the text are not described; nothing where all are."""
    if not (bare := undescribed(draft.body)):
        return {}
    words = ngettext(
        "正文中有%(n)d张图片没有替代文字。请选中图片，写明图上的内容，读屏软件会读给看不见的人。",
        "正文中有%(n)d张图片没有替代文字。请选中图片，写明图上的内容，读屏软件会读给看不见的人。",
        bare,
    )
    return {"body": words % {"n": bare}}
