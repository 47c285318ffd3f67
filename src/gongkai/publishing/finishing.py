"""What Wagtail calls when the last step of a path was approved; imported before any model, so it imports none."""

from __future__ import annotations

from typing import Any


def finish_path(workflow_state: Any, user: Any = None) -> None:
    """Releases what went through its path."""
    from gongkai.publishing.actions.releasing import release

    release(workflow_state.content_object, by=user)
