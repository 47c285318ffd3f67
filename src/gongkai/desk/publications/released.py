"""What belongs to a publication that is out: channels, the text ready to paste, interpretation, reads, public notes."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gongkai.agencies.rights import Right, may
from gongkai.desk.publications.common import LIST_CRUMB, TROUBLE, header, visible
from gongkai.desk.publications.moves import explained
from gongkai.publishing.actions.channels import AUTOMATIC, copies_of, note_taken_down, record_release
from gongkai.publishing.models import Channel, Kind, Publication, RelationKind, State, Validity
from gongkai.publishing.queries.coverage import suggest_rows
from gongkai.publishing.queries.desk import interpretation_due
from gongkai.publishing.queries.paths import policy_for
from gongkai.text.rich import channels, reading

EXPORTS = (Channel.WECHAT, Channel.WEIBO)
READ_DAYS = 30
MOST_ROWS = 300
"""Matters of standard directories that are offered to choose from; those that look alike stand first."""


def released_context(request: HttpRequest, row: Publication) -> dict[str, Any]:
    """What the page of a released publication shows besides its path."""
    if row.state not in (State.PUBLISHED, State.WITHDRAWN):
        return {}
    since = timezone.localdate() - timedelta(days=READ_DAYS)
    read = row.read_counts.filter(day__gte=since).aggregate(n=Sum("count"))["n"] or 0
    return {
        "channel_releases": row.channel_releases.select_related("recorded_by"),
        "copies": copies_of(row) if row.state == State.WITHDRAWN else (),
        "may_take_down": may(request.user, Right.RECORD_CHANNELS, row.agency),
        "channels": recordable(),
        "exports": [(c.value, c.label) for c in EXPORTS],
        "validities": [(v, label) for v, label in Validity.choices if v != Validity.NOT_YET],
        "public_notes": row.public_notes.all(),
        "reads_recent": read,
        "read_days": READ_DAYS,
        "interpretation": interpretation_of(row),
        **_filing(request, row),
    }


def _filing(request: HttpRequest, row: Publication) -> dict[str, Any]:
    """The matters of standard directories that it fills, and those that it may fill too."""
    may_file = row.state == State.PUBLISHED and any(
        may(request.user, right, row.agency) for right in (Right.DRAFT_PUBLICATIONS, Right.MANAGE_DIRECTORIES)
    )
    filings = row.filings.select_related("row__directory").order_by("row__directory__name", "row__order")
    return {
        "filings": filings,
        "may_file": may_file,
        "filing_rows": suggest_rows(row, limit=MOST_ROWS, least=0) if may_file else (),
        "has_duties": may_file and row.agency.row_duties.filter(row__directory__retired=False).exists(),
    }


def recordable() -> list[tuple[str, Any]]:
    """The channels that a person records; the own site records itself."""
    return [(value, label) for value, label in Channel.choices if value not in AUTOMATIC]


def interpretation_of(row: Publication) -> dict[str, Any] | None:
    """Whether a normative document is interpreted as policy wants: what there is, or until when it is due."""
    if row.kind != Kind.NORMATIVE or row.published_at is None:
        return None
    policy = policy_for(row.agency)
    found = [
        r.source
        for r in row.incoming.filter(kind=RelationKind.INTERPRETS, source__state=State.PUBLISHED).select_related(
            "source"
        )
    ]
    day = interpretation_due(row, policy)
    return {"required": policy.interpretation_required, "found": found, "due": day}


@require_POST
def record_channel(request: HttpRequest, pk: int) -> HttpResponse:
    """Records a release through another channel."""
    row = visible(request, pk)
    post = request.POST
    try:
        record_release(
            row,
            by=request.user,
            channel=post.get("channel", ""),
            at=_moment(post.get("at", "")),
            place=post.get("place", ""),
            link=post.get("link", ""),
            note=post.get("note", ""),
        )
    except TROUBLE as error:
        messages.error(request, explained(error))
    else:
        messages.success(request, _("已登记。"))
    return redirect("desk:publication", pk=pk)


@require_POST
def taken_down(request: HttpRequest, pk: int, copy: int) -> HttpResponse:
    """Notes that a copy of what was withdrawn here was taken down from another channel."""
    release = get_object_or_404(visible(request, pk).channel_releases.select_related("publication__agency"), pk=copy)
    try:
        note_taken_down(release, by=request.user)
    except TROUBLE as error:
        messages.error(request, explained(error))
    else:
        messages.success(request, _("已登记。"))
    return redirect("desk:publication", pk=pk)


@require_GET
def export(request: HttpRequest, pk: int, channel: str) -> HttpResponse:
    """The text of a released publication, ready to paste into another channel."""
    row = visible(request, pk)
    if channel not in EXPORTS or row.state != State.PUBLISHED:
        raise Http404
    link = request.build_absolute_uri(row.get_absolute_url())
    context = header(_("复制到%(channel)s") % {"channel": Channel(channel).label}, LIST_CRUMB) | {
        "publication": row,
        "channel": Channel(channel),
        "channels": recordable(),
        "channel_link": link,
        "may_record": may(request.user, Right.RECORD_CHANNELS, row.agency),
        **_ready(row, channel, link),
    }
    return render(request, "desk/publications/export.html", context)


def _ready(row: Publication, channel: str, link: str) -> dict[str, Any]:
    """The texts to paste; those in boxes each with its name, how long it is as the channel counts, and its limit."""
    limits = channels.LIMITS
    if channel == Channel.WECHAT:
        text = row.summary or reading.plain(row.body)
        made = channels.for_wechat(row.body, link=link)
        boxes = [
            (_("标题"), row.title, len(row.title), limits.wechat_title),
            (
                _("摘要"),
                digest := reading.cut(" ".join(text.split()), limits.wechat_digest),
                len(digest),
                limits.wechat_digest,
            ),
            (_("原文链接（填入“阅读原文”）"), link, 0, 0),
        ]
        return {"wechat": made, "boxes": boxes, "limits": limits}
    post = channels.for_weibo(row.title, reading.plain(row.body) or row.summary, digest=row.summary, link=link)
    boxes = [
        (_("长微博"), post.long, channels.weibo_length(post.long), limits.weibo),
        (_("短微博"), post.short, channels.weibo_length(post.short), limits.weibo_short),
    ]
    return {"boxes": boxes, "limits": limits}


def _moment(text: str) -> datetime | None:
    if not text.strip():
        return None
    try:
        found = parse_datetime(text.strip())
    except ValueError:
        found = None
    if found is None:
        raise ValidationError({"at": _("请按“2026-01-31 09:00”的格式填写时间。")})
    return timezone.make_aware(found) if timezone.is_naive(found) else found
