"""`gongkai worker`: the background process of an installation, with the clock."""

from __future__ import annotations

import typer

from gongkai.cli.django_setup import start_django
from gongkai.cli.words import gettext as _


def worker(
    once: bool = typer.Option(False, "--once", help=_("办完现有的任务就结束。")),
) -> None:
    """Do the background work: index changes, deliver them, release what is due.

    Run exactly one beside the web processes. Ends on Ctrl+C or a TERM signal after the task in hand.
    """
    start_django()
    from django_tasks_db.management.commands.db_worker import Worker

    from gongkai import clock
    from gongkai.publishing.tasks import turn

    if once:
        turn.call()
    stop = None if once else clock.start()
    Worker(
        queue_names=["default"],
        interval=0.5,
        batch=once,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="gongkai-worker",
        excluded_queue_names=[],
    ).run()
    if stop is not None:
        stop.set()
