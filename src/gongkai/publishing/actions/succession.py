"""Succession: what an abolished agency had begun and not released goes on with the agency that has its functions."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from gongkai.agencies.models import Person
from gongkai.agencies.queries import successor_of
from gongkai.agencies.rights import Right, require
from gongkai.publishing.actions.drafting import add_writer, leave_path
from gongkai.publishing.actions.shared import expect, locked, note, unschedule
from gongkai.publishing.actions.steps import end_path
from gongkai.publishing.models import Publication, State
from gongkai.publishing.queries.timeliness import OPEN

BASIS = "《中华人民共和国政府信息公开条例》第十条"


def take_over(publication: Publication, *, by: Person) -> Publication:
    """Makes an unreleased publication of an abolished agency a draft of its successor, to be reviewed there anew.

    By whoever may draft for the successor. Raises NotAllowed; ValidationError where the agency still exists or has no
    successor; WrongState where it was released, withheld or given up: that stays with the agency that did it.
    """
    successor = successor_of(publication.agency)
    if publication.agency.abolished is None or successor is None:
        require(by, Right.DRAFT_PUBLICATIONS, publication.agency)
        raise ValidationError(_("%(agency)s没有撤销，信息由它自己办理。") % {"agency": publication.agency.name})
    require(by, Right.DRAFT_PUBLICATIONS, successor)
    with transaction.atomic():
        row = locked(publication)
        expect(row, *OPEN)
        before = row.agency
        end_path(row, by)
        unschedule(row)
        leave_path(row, State.DRAFT)
        row.agency = successor
        add_writer(row, by)
        row.save(update_fields=["agency", "drafters"])
        note(row, "take_over", by=by, basis=BASIS, before=before.pk, now=successor.pk)
    return row
