"""Lets whoever holds a post into the staff side; everything beyond the door is decided by `rights`."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend

from gongkai.agencies.queries import current_posts

DOOR = "wagtailadmin.access_admin"


class PostBackend(ModelBackend):
    """Signs people in by password; a current post opens the staff side."""

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        """Whether the person has one of Django's permissions; the staff side's door opens by a post."""
        if perm == DOOR and user_obj.is_active and obj is None and current_posts(user_obj).exists():
            return True
        return bool(super().has_perm(user_obj, perm, obj))
