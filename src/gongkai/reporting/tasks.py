"""Background work of the library."""

from __future__ import annotations

from django_tasks import task


@task()
def read_file(item_id: int) -> str:
    """Reads one imported file; returns the state that it came to."""
    from gongkai.reporting.importing import read_item

    return read_item(item_id)
