"""Puts into the trail what happens to topic columns.

Wagtail changes pages in its own views and commands; its signals are the one place through which all of them go.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from wagtail.log_actions import get_active_log_context
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished, post_page_move

from gongkai.publishing.models import ColumnPage
from gongkai.trail.chain import record


def connect() -> None:
    """Listens to Wagtail; called once when the program starts."""
    page_published.connect(_published, sender=ColumnPage, dispatch_uid="column-published")
    page_unpublished.connect(_unpublished, sender=ColumnPage, dispatch_uid="column-unpublished")
    post_page_move.connect(_moved, sender=ColumnPage, dispatch_uid="column-moved")


def note_deleted(page: Any, by: Any) -> None:
    """Notes that a column was deleted, which only its view tells."""
    _note("column_delete", page, by=by)


def _published(sender: Any, instance: Any, **more: Any) -> None:
    _note("column_publish", instance, scheduled=instance.go_live_at is not None)


def _unpublished(sender: Any, instance: Any, **more: Any) -> None:
    _note("column_unpublish", instance)


def _moved(sender: Any, instance: Any, parent_page_before: Page, parent_page_after: Page, **more: Any) -> None:
    if parent_page_before.pk != parent_page_after.pk:
        _note("column_move", instance, parents=[parent_page_before.title, parent_page_after.title])


def _note(action: str, page: Any, *, by: Any = None, **data: Any) -> None:
    """By whoever is at work in the admin; by the platform where the clock did it."""
    actor = by or get_active_log_context().user
    about = {"title": page.title, "path": page.url_path, **data}
    with transaction.atomic():
        record(f"publishing.{action}", by=actor, agency=page.agency, target=f"publishing.column:{page.pk}", data=about)
