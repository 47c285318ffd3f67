"""What many tests start from: the agencies and people of the demo city."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from django.test import Client

    from gongkai.agencies.models import Agency, Person


@dataclass(frozen=True)
class City:
    """The agencies by slug and the people by account."""

    agencies: dict[str, Agency]
    people: dict[str, Person]

    def __getitem__(self, slug: str) -> Agency:
        return self.agencies[slug]


@pytest.fixture
def city(db: None) -> City:
    """云州市 with its agencies, people and posts, without reports."""
    from gongkai.agencies import demo
    from gongkai.agencies.models import Agency, Person

    demo.load()
    return City({a.slug: a for a in Agency.objects.all()}, {p.username: p for p in Person.objects.all()})


@pytest.fixture
def signed_in(city: City) -> Callable[[str], Client]:
    """Gives a client in which the person with an account is signed in."""
    from django.test import Client

    def sign_in(username: str) -> Client:
        client = Client()
        client.force_login(city.people[username])
        return client

    return sign_in
