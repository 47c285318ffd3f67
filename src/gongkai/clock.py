"""The clock beside the background worker: some times a minute it does what is due by then."""

from __future__ import annotations

import logging
import threading

log = logging.getLogger(__name__)

SECONDS = 20
"""How late, at most, something that was set for a time happens."""


def run(stop: threading.Event) -> None:
    """Does what the time asks for until `stop` is set; an error is logged and does not stop the clock."""
    from django.db import close_old_connections

    from gongkai.publishing.tasks import turn

    while not stop.is_set():
        try:
            turn.call()
        except Exception:
            log.exception("The clock failed; it goes on in %s seconds.", SECONDS)
        finally:
            close_old_connections()
        stop.wait(SECONDS)


def start() -> threading.Event:
    """Runs the clock in a thread; setting the event that is returned ends it."""
    stop = threading.Event()
    threading.Thread(target=run, args=(stop,), name="clock", daemon=True).start()
    return stop
