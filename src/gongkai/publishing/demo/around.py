# ruff: noqa: E501 - whole sentences in one line
"""What grows around publications: how often they were read, what was searched, where else they went out, guides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from random import Random

from django.utils import timezone

from gongkai.agencies.models import Agency, Person
from gongkai.publishing.dates import months_after
from gongkai.publishing.demo.words import topics
from gongkai.publishing.models import (
    Channel,
    ChannelRelease,
    Guide,
    Publication,
    ReadCount,
    SearchCount,
    State,
)

_DAYS = 30
_EMPTY = ("公积金异地转移接续", "噪音扰民怎么投诉", "无人机飞行报备", "老年卡补办地点", "危房鉴定机构名录", "遛狗不牵绳处罚标准",
          "学区房2027划分", "临时摊位申请", "二手车限迁", "高龄津贴未到账")  # fmt: skip
_OTHER = (Channel.WECHAT, Channel.WEIBO, Channel.GAZETTE, Channel.BROADCAST, Channel.NEWSPAPER, Channel.BULLETIN_BOARD,
          Channel.READING_VENUE, Channel.PRESS_CONFERENCE)  # fmt: skip
_PLACES = {
    Channel.WECHAT: "云州发布", Channel.WEIBO: "@云州发布", Channel.GAZETTE: "云州市人民政府公报",
    Channel.BROADCAST: "云州人民广播电台", Channel.NEWSPAPER: "云州日报", Channel.BULLETIN_BOARD: "政务服务中心公告栏",
    Channel.READING_VENUE: "云州市图书馆政府信息查阅点", Channel.PRESS_CONFERENCE: "市政府新闻发布厅",
}  # fmt: skip


def add(rows: Sequence[Publication], today: date) -> None:
    """Adds reads, searches, channels and guides to what was published."""
    out = [row for row in rows if row.state == State.PUBLISHED]
    _reads(out, today)
    _searches(today)
    _channels(out)
    _guides(today)


def _reads(rows: Sequence[Publication], today: date) -> None:
    """Many readers of few publications, few of most; each day of the last month for those that are read much."""
    counts = []
    for row in rows:
        rng = Random(f"reads {row.pk} {row.title}")
        # The newer it is, the more it was read; a power law gives a few favourites.
        age = max(1, (today - row.published_at.date()).days)
        row.reads = int(rng.paretovariate(1.1) * 9 * min(60, age) ** 0.5)
        if rng.random() < 0.12 or age < _DAYS:
            for back in range(1, min(_DAYS, age) + 1, rng.randint(1, 4)):
                counts.append(ReadCount(publication=row, day=today - timedelta(days=back), count=rng.randint(1, 40)))
    Publication.objects.bulk_update(rows, ["reads"], batch_size=400)
    ReadCount.objects.bulk_create(counts, batch_size=2000)


def _searches(today: date) -> None:
    rng = Random("searches")
    found = [t.name for t in topics()] + [m for t in topics()[::3] for m in t.matters]
    rows = []
    for back in range(1, _DAYS + 1):
        day = today - timedelta(days=back)
        rows += [
            SearchCount(day=day, query=words, found=rng.randint(1, 90), count=rng.randint(1, 30))
            for words in rng.sample(found, 24)
        ]
        rows += [SearchCount(day=day, query=words, found=0, count=rng.randint(1, 6)) for words in rng.sample(_EMPTY, 3)]
    SearchCount.objects.bulk_create(rows, batch_size=1000)


def _channels(rows: Iterable[Publication]) -> None:
    by = Person.objects.filter(username="officer").first()
    releases = []
    for row in rows:
        releases.append(ChannelRelease(publication=row, channel=Channel.SITE, at=row.published_at, recorded_by=by))
        rng = Random(f"channels {row.title}")
        wanted = 0.5 if row.kind in ("normative", "policy", "interpretation", "regulation") else 0.12
        if rng.random() < wanted:
            for channel in rng.sample(_OTHER, rng.randint(1, 3)):
                at = min(row.published_at + timedelta(hours=rng.randint(1, 90)), timezone.now())
                releases.append(
                    ChannelRelease(publication=row, channel=channel, at=at, place=_PLACES[channel], recorded_by=by)
                )
    ChannelRelease.objects.bulk_create(releases, batch_size=1000)


def _guides(today: date) -> None:
    """A guide for each agency that is there; some are due for their half-yearly check, some past it."""
    by = Person.objects.filter(username="officer").first()
    rows = []
    for number, agency in enumerate(Agency.objects.filter(abolished__isnull=True, guide__isnull=True)):
        checked = today - timedelta(days=(number * 37) % 230 + 3)
        rows.append(
            Guide(
                agency=agency,
                venues=f"{agency.label}政务公开专区；云州市档案馆（文渊路72号）；云州市图书馆（文渊路74号）。工作日9:00—17:00开放。",
                changed_at=timezone.make_aware(datetime.combine(checked, time(15))),
                checked_on=checked,
                checked_by=by,
                check_due=months_after(checked, 6),
            )
        )
    Guide.objects.bulk_create(rows)
