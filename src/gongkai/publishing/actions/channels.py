"""Channels: what went out besides the own site is recorded, so that it can be counted (条例第二十三条至第二十五条)."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.agencies.models import Person
from gongkai.agencies.rights import Right, require
from gongkai.publishing.actions.shared import expect, locked
from gongkai.publishing.actions.shared import note as put_on_record
from gongkai.publishing.models import Channel, ChannelRelease, Publication, State

BASIS = "《中华人民共和国政府信息公开条例》第二十三条"
AUTOMATIC = (Channel.SITE,)
"""Recorded by the release itself."""
GONE = (Channel.PRESS_CONFERENCE, Channel.BROADCAST, Channel.NEWSPAPER, Channel.GAZETTE)
"""What went out there cannot be taken down any more."""


def record_release(
    publication: Publication,
    *,
    by: Person,
    channel: str,
    at: datetime | None = None,
    place: str = "",
    link: str = "",
    note: str = "",
) -> ChannelRelease:
    """Records that a released publication also went out through another channel.

    `place` is the account, page or notice board; `link` its address there. Raises NotAllowed; WrongState where it is
    not public; ValidationError by field for another channel, a time to come or before the release, a broken address.
    """
    require(by, Right.RECORD_CHANNELS, publication.agency)
    moment = at or timezone.now()
    with transaction.atomic():
        row = locked(publication)
        expect(row, State.PUBLISHED)
        _check(row, channel, moment, place, link)
        release = ChannelRelease.objects.create(
            publication=row,
            channel=channel,
            at=moment,
            place=place.strip()[:120],
            link=link.strip(),
            note=note.strip()[:200],
            recorded_by=by,
        )
        put_on_record(row, "record_channel", by=by, basis=BASIS, channel=channel, at=moment, place=place, link=link)
    return release


def copies_of(publication: Publication) -> QuerySet[ChannelRelease]:
    """Where else a publication went out and still stands; what is printed or was said cannot be taken down."""
    kept = publication.channel_releases.filter(taken_down_at=None)
    return kept.exclude(channel__in=(*AUTOMATIC, *GONE))


def note_taken_down(release: ChannelRelease, *, by: Person) -> ChannelRelease:
    """Notes that the copy of a withdrawn publication was taken down from a channel.

    Raises NotAllowed, WrongState where the publication is still public.
    """
    require(by, Right.RECORD_CHANNELS, release.publication.agency)
    with transaction.atomic():
        row = locked(release.publication)
        expect(row, State.WITHDRAWN)
        if ChannelRelease.objects.filter(pk=release.pk, taken_down_at=None).update(taken_down_at=timezone.now()):
            put_on_record(row, "take_down_copy", by=by, basis=BASIS, channel=release.channel, link=release.link)
    release.refresh_from_db()
    return release


def _check(row: Publication, channel: str, moment: datetime, place: str, link: str) -> None:
    problems: dict[str, Any] = {}
    if channel not in Channel.values or channel in AUTOMATIC:
        problems["channel"] = _("请选择本网站以外的渠道。")
    if moment > timezone.now():
        problems["at"] = _("发布时间还没有到。请在发布之后登记。")
    parts = urlsplit(link.strip())
    if link.strip() and (parts.scheme not in ("http", "https") or not parts.netloc or len(link) > 200):
        problems["link"] = _("请填写以 https:// 开头的完整地址。")
    if channel == Channel.OTHER and not place.strip():
        problems["place"] = _("请写明是什么渠道。")
    if problems:
        raise ValidationError(problems)
