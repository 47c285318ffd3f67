"""Lets whoever holds a post into the staff side; everything beyond the door is decided by `rights`."""

from __future__ import annotations

from typing import Any

from asgiref.sync import sync_to_async
from django.contrib.auth.backends import ModelBackend
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from gongkai.agencies.models import Person
from gongkai.agencies.queries import current_posts
from gongkai.agencies.signing_in import address_of, begin, failed, succeeded

DOOR = "wagtailadmin.access_admin"


class PostBackend(ModelBackend):
    """Signs people in by password, guessers not; a current post opens the staff side."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **more: Any
    ) -> Person | None:
        """The person with this name and password. Raises PermissionDenied while the name or the address has to wait."""
        if request is None or username is None or password is None:
            return super().authenticate(request, username=username, password=password, **more)
        address = address_of(request)
        if begin(username, address) is not None:
            raise PermissionDenied
        person: Person | None = super().authenticate(request, username=username, password=password, **more)
        (failed if person is None else succeeded)(username, address)
        return person

    async def aauthenticate(self, request: HttpRequest | None, *names: Any, **more: Any) -> Person | None:
        """The same for code that does not block."""
        found: Person | None = await sync_to_async(self.authenticate)(request, *names, **more)
        return found

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        """Whether the person has one of Django's permissions; the staff side's door opens by a post."""
        if perm == DOOR and user_obj.is_active and obj is None and current_posts(user_obj).exists():
            return True
        return bool(super().has_perm(user_obj, perm, obj))
