"""The agencies as public pages name and link them, kept in the process: there are few and they seldom change."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import reverse

from gongkai.agencies.models import Agency, AgencyName

KEPT_SECONDS = 15.0


@dataclass(frozen=True, slots=True)
class Body:
    """An agency in a list or a link."""

    id: int
    slug: str
    name: str
    label: str
    kind: Any
    level: Any
    parent: int | None
    successor: int | None
    abolished: date | None
    url: str
    former: tuple[tuple[date, str], ...] = ()

    def name_on(self, day: date | None) -> str:
        """The full name that it bore on a day."""
        return next((name for until, name in self.former if day is not None and day < until), self.name)


@dataclass(slots=True)
class Bodies:
    """All agencies, by id and by slug, in their official order."""

    by_id: dict[int, Body]
    by_slug: dict[str, Body]
    read_at: float = field(default_factory=time.monotonic)

    def heir(self, body: Body) -> Body | None:
        """Who goes on with the functions of an abolished agency today."""
        found, seen = body, {body.id}
        while found.successor is not None and found.successor not in seen:
            found = self.by_id[found.successor]
            seen.add(found.id)
        return found if found is not body else None

    def above(self, body: Body) -> list[Body]:
        """The agencies above one, the nearest first."""
        found: list[Body] = []
        while body.parent is not None and body.parent in self.by_id and self.by_id[body.parent] not in found:
            body = self.by_id[body.parent]
            found.append(body)
        return found

    def below(self, id: int) -> list[Body]:
        """The agencies directly below one."""
        return [body for body in self.by_id.values() if body.parent == id]

    def predecessors(self, id: int) -> list[Body]:
        """The abolished agencies whose functions one goes on with, at any remove."""
        direct = [body for body in self.by_id.values() if body.successor == id]
        return direct + [older for body in direct for older in self.predecessors(body.id) if older.id != id]

    def label(self, id: int | None) -> str:
        """The short name of an agency, or nothing."""
        body = self.by_id.get(id) if id else None
        return body.label if body else ""


_kept: Bodies | None = None


def bodies() -> Bodies:
    """The agencies, at most some seconds old."""
    global _kept
    if _kept is None or time.monotonic() - _kept.read_at > KEPT_SECONDS:
        _kept = _read()
    return _kept


def forget() -> None:
    """Reads the agencies anew the next time."""
    global _kept
    _kept = None


def _read() -> Bodies:
    former: dict[int, list[tuple[date, str]]] = {}
    for agency, until, name in AgencyName.objects.order_by("until").values_list("agency_id", "until", "name"):
        former.setdefault(agency, []).append((until, name))
    pattern = reverse("portal:agency-home", args=["SLUG"])
    found = [
        Body(
            id=id,
            slug=slug,
            name=name,
            label=short or name,
            kind=kind,
            level=level,
            parent=parent,
            successor=successor,
            abolished=abolished,
            url=pattern.replace("SLUG", slug),
            former=tuple(former.get(id, ())),
        )
        for id, slug, name, short, kind, level, parent, successor, abolished in Agency.objects.values_list(
            "id", "slug", "name", "short_name", "kind", "level", "parent_id", "successor_id", "abolished"
        )
    ]
    return Bodies({body.id: body for body in found}, {body.slug: body for body in found})
