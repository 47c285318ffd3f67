"""What may be done with transfers to archives and libraries: send, receive, return, note what was missed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from gongkai.agencies.models import Agency, Person, Role
from gongkai.agencies.queries import existing
from gongkai.agencies.rights import ROLES, NotAllowed, Right, require
from gongkai.office.actions import notify
from gongkai.publishing.actions.shared import holders
from gongkai.publishing.dates import month_of, months_after, months_until
from gongkai.publishing.exporting.machine import canonical, machine_form
from gongkai.publishing.models import Manifest, ManifestItem, MissedTransfer, Publication
from gongkai.publishing.queries.paths import policy_for
from gongkai.publishing.queries.transfer import due_day, first_month, may_receive, squares, to_hand_over, venues_of
from gongkai.trail.chain import record

BASIS = "《中华人民共和国政府信息公开条例》第二十五条"
_R: Any = Role
_C: Any = MissedTransfer.Consequence

TOLD: dict[Any, tuple[Any, ...]] = {
    _C.POINTS: (_R.DISCLOSURE_OFFICER,),
    _C.HEAD: (_R.DISCLOSURE_OFFICER, _R.UNIT_HEAD),
    _C.LEADER: (_R.DISCLOSURE_OFFICER, _R.UNIT_HEAD, _R.SIGNING_LEADER),
}
"""Who in the agency is told of a missed month, by what follows from it; the supervisors above are told of each."""


def send(agency: Agency, venue: Agency, month: date, *, by: Person | None) -> Manifest:
    """Hands the publications that an agency released in a month to a venue, with a fingerprint of each.

    `by` is None for the platform itself. A manifest that was returned is drawn up again. Raises NotAllowed;
    ValidationError for a venue that is not the agency's, a month that is not over, one that was sent, an empty one.
    """
    if by is not None:
        require(by, Right.TRANSFER_PUBLICATIONS, agency)
    first = month_of(month)
    if first >= month_of(timezone.localdate()):
        raise ValidationError(
            {"month": _("%(month)s还没有结束。请在下个月送交。") % {"month": first.strftime("%Y-%m")}}
        )
    if venue.pk not in {v.pk for v in venues_of(agency)}:
        raise ValidationError({"venue": _("%(venue)s不是本机关的接收场所。") % {"venue": venue.name}})
    with transaction.atomic():
        Agency.objects.select_for_update(of=("self",)).get(pk=agency.pk)
        manifest = _blank(agency, venue, first, by)
        count = _fill(manifest, to_hand_over(agency, first))
        if not count:
            raise ValidationError(_("该月没有发布信息，不需要送交。"))
        data = {"venue": venue.pk, "month": first, "items": count}
        record("publishing.send_manifest", by=by, agency=agency, target=manifest, data=data, basis=BASIS)
        _make_good(manifest)
        message = gettext_noop("%(agency)s送交了%(month)s的政府信息，共%(count)s条，请接收。")
        people = holders(venue, ROLES[Right.RECEIVE_TRANSFERS], timezone.localdate())
        _tell(people, message, manifest, agency=agency.name, count=count)
    return manifest


def receive(manifest: Manifest, *, by: Person) -> Manifest:
    """Confirms the receipt, by the venue's own account. Raises NotAllowed; ValidationError where that is done."""
    with transaction.atomic():
        row = _waiting(manifest, by)
        row.received_at, row.received_by = timezone.now(), by
        row.save(update_fields=["received_at", "received_by"])
        _note("receive_manifest", row, by)
        message = gettext_noop("%(venue)s已接收%(month)s送交的政府信息。")
        _tell(_senders(row), message, row, venue=row.venue.name)
    manifest.refresh_from_db()
    return manifest


def give_back(manifest: Manifest, *, by: Person, reason: str) -> Manifest:
    """Returns a manifest with the reason; the agency draws it up again. Raises NotAllowed, ValidationError."""
    words = reason.strip()
    if not words:
        raise ValidationError({"reason": _("请写明退回原因，例如“第3号附件打不开”。")})
    with transaction.atomic():
        row = _waiting(manifest, by)
        row.problem = words[:300]
        row.save(update_fields=["problem"])
        _note("return_manifest", row, by, reason=row.problem)
        message = gettext_noop("%(venue)s退回了%(month)s送交的政府信息：%(reason)s")
        _tell(_senders(row), message, row, venue=row.venue.name, reason=row.problem[:80])
    manifest.refresh_from_db()
    return manifest


def note_missed(now: datetime) -> int:
    """Notes every month of this year that should have been handed over and was not; returns how many are new.

    The first month in a calendar year costs points, the second is taken up with the head, the third and each later one
    with the leader. A month counts once, however many venues were left out.
    """
    today = timezone.localdate(now)
    last = months_after(month_of(today), -1)
    made = 0
    for agency in existing(today):
        since = first_month(agency)
        if since is None:
            continue
        for month in months_until(max(since, date(last.year, 1, 1)), last):
            if today > due_day(agency, month):
                made += _note_month(agency, month)
    return made


def monthly_transfers(now: datetime) -> int:
    """Hands over the last month for the agencies whose rules say so; returns how many manifests were sent."""
    month = months_after(month_of(timezone.localdate(now)), -1)
    agencies = [a for a in existing(timezone.localdate(now)) if policy_for(a).transfer_automatic]
    sent = 0
    for square in squares(Agency.objects.filter(pk__in=[a.pk for a in agencies]), month):
        if square.manifest is None and square.waiting:
            send(square.agency, square.venue, month, by=None)
            sent += 1
    return sent


def _blank(agency: Agency, venue: Agency, month: date, by: Person | None) -> Manifest:
    """A manifest without items: new, or the one that was returned."""
    manifest: Manifest | None = Manifest.objects.filter(agency=agency, venue=venue, month=month).first()
    if manifest is None:
        return Manifest.objects.create(agency=agency, venue=venue, month=month, sent_by=by)
    if manifest.received_at is not None:
        raise ValidationError(_("该月已经送交并接收，不需要再送。"))
    if not manifest.problem:
        raise ValidationError(_("该月已经送交，正等待%(venue)s接收。") % {"venue": venue.name})
    manifest.items.all().delete()
    manifest.problem, manifest.sent_at, manifest.sent_by = "", timezone.now(), by
    manifest.save()
    return manifest


def _fill(manifest: Manifest, publications: Iterable[Publication]) -> int:
    rows = []
    for number, publication in enumerate(publications, 1):
        snapshot = machine_form(publication)
        data = canonical(snapshot)
        files = [
            {
                "name": row.attachment.name,
                "size": row.attachment.size,
                "sha256": row.attachment.sha256,
                "sm3": row.attachment.sm3,
                "attachment": row.attachment_id,
            }
            for row in publication.file_rows.select_related("attachment")
        ]
        rows.append(
            ManifestItem(
                manifest=manifest,
                publication=publication,
                number=number,
                sm3=hashlib.new("sm3", data).hexdigest(),
                sha256=hashlib.sha256(data).hexdigest(),
                files=files,
                snapshot=snapshot,
            )
        )
    ManifestItem.objects.bulk_create(rows, batch_size=200)
    return len(rows)


def _waiting(manifest: Manifest, by: Person) -> Manifest:
    """The manifest, locked, where it waits for the venue and the person receives for it by a post there.

    Whoever keeps the system has every other right, but no receipt is worth anything that the venue did not give.
    """
    require(by, Right.RECEIVE_TRANSFERS, manifest.venue)
    if not may_receive(by, manifest.venue):
        raise NotAllowed(_("接收和退回只能由%(venue)s的接收人办理。") % {"venue": manifest.venue.name})
    rows = Manifest.objects.select_for_update(of=("self",)).select_related("agency", "venue")
    row: Manifest = rows.get(pk=manifest.pk)
    if row.received_at is not None:
        raise ValidationError(_("本表已经接收。"))
    if row.problem:
        raise ValidationError(_("本表已经退回，请等送交机关重新送交。"))
    return row


def _note_month(agency: Agency, month: date) -> int:
    """Notes an agency's missed month for each venue that got nothing; the number of new notes."""
    missing = [
        s
        for s in squares(Agency.objects.filter(pk=agency.pk), month)
        if s.waiting and s.missed is None and (s.manifest is None or s.manifest.problem)
    ]
    if not missing:
        return 0
    with transaction.atomic():
        earlier = MissedTransfer.objects.filter(agency=agency, month__year=month.year).exclude(month=month)
        count = earlier.order_by().values("month").distinct().count() + 1
        consequence = _C.POINTS if count == 1 else _C.HEAD if count == 2 else _C.LEADER
        rows = MissedTransfer.objects.bulk_create(
            [MissedTransfer(agency=agency, venue=s.venue, month=month, consequence=consequence) for s in missing]
        )
        data = {"month": month, "venues": [s.venue.pk for s in missing], "consequence": str(consequence)}
        record("publishing.note_missed_transfer", by=None, agency=agency, target=rows[0], data=data, basis=BASIS)
        _tell_of_missed(agency, month, consequence, count)
    return len(rows)


def _tell_of_missed(agency: Agency, month: date, consequence: Any, count: int) -> None:
    today = timezone.localdate()
    people = list(holders(agency, TOLD[consequence], today))
    if agency.parent is not None:
        people += list(holders(agency.parent, (_R.SUPERVISOR,), today))
    message = gettext_noop("%(agency)s未按时送交%(month)s的政府信息，本年第%(count)s次：%(consequence)s。")
    link = f"{reverse('desk_transfers')}?month={month:%Y-%m}#missed"
    values = {"agency": agency.name, "month": f"{month:%Y-%m}", "count": count, "consequence": consequence.label}
    notify(people, message, link=link, **values)


def _make_good(manifest: Manifest) -> None:
    missed = MissedTransfer.objects.filter(agency=manifest.agency, venue=manifest.venue, month=manifest.month)
    missed.filter(made_good_at__isnull=True).update(made_good_at=timezone.now())


def _senders(manifest: Manifest) -> list[Person]:
    if manifest.sent_by is not None:
        return [manifest.sent_by]
    return list(holders(manifest.agency, ROLES[Right.TRANSFER_PUBLICATIONS], timezone.localdate()))


def _tell(people: Iterable[Person], message: str, manifest: Manifest, **values: Any) -> None:
    link = reverse("desk_manifest", args=[manifest.pk])
    notify(people, message, link=link, month=f"{manifest.month:%Y-%m}", **values)


def _note(verb: str, manifest: Manifest, by: Person, **data: Any) -> None:
    record(f"publishing.{verb}", by=by, agency=manifest.venue, target=manifest, data=data, basis=BASIS)
