"""What Wagtail calls when the last step of a path was approved; imported before any model, so it imports none."""

from __future__ import annotations

import logging
from typing import Any

log = logging.getLogger(__name__)


def finish_path(workflow_state: Any, user: Any = None) -> None:
    """Releases what went through its path.

    Wagtail also calls this when an administrator switches the last step off: nothing is released then.
    """
    from gongkai.publishing.actions.releasing import release

    last = workflow_state.current_task_state
    if last is None or last.status != last.STATUS_APPROVED:
        log.warning("path %s ended without its last step: nothing is released", workflow_state.pk)
        return
    release(workflow_state.content_object, by=user)
