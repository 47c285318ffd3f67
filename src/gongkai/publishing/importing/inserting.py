"""Inserts many new rows of one table with one prepared statement; what is alike in all rows is prepared once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import repeat
from typing import Any

from django.db import connections, models, router

_PER_STATEMENT = 200


def insert_many(rows: Sequence[models.Model]) -> None:
    """Stores new rows and gives them their ids, as `bulk_create` does in several times the time.

    For models whose fields are plain: no files, no times that set themselves. Must be called within a transaction;
    raises IntegrityError as `bulk_create` does.
    """
    if not rows:
        return
    model = type(rows[0])
    connection = connections[router.db_for_write(model)]
    if connection.vendor != "sqlite":
        model._default_manager.bulk_create(rows, batch_size=_PER_STATEMENT)
        return
    meta = model._meta
    for row, id in zip(rows, _ids(connection, meta.db_table, len(rows)), strict=True):
        row.pk = id
        row._state.adding, row._state.db = False, connection.alias
    quote = connection.ops.quote_name
    names = ", ".join(quote(field.column) for field in meta.concrete_fields)
    places = ", ".join(["%s"] * len(meta.concrete_fields))
    columns = [
        _column(connection, field, [row.__dict__[field.attname] for row in rows]) for field in meta.concrete_fields
    ]
    with connection.cursor() as cursor:
        # The words of the statement are the names of tables and columns; all values go beside it.
        cursor.executemany(
            f"INSERT INTO {quote(meta.db_table)} ({names}) VALUES ({places})", zip(*columns, strict=True)
        )


def _ids(connection: Any, table: str, count: int) -> range:
    """The next ids of a table: a transaction that writes is the only one, and ids are never given twice."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        found = cursor.fetchone()
    last = int(found[0]) if found else 0
    return range(last + 1, last + 1 + count)


def _column(connection: Any, field: Any, values: list[Any]) -> Iterable[Any]:
    """The values of one column as the database takes them."""
    if values.count(values[0]) == len(values):
        return repeat(field.get_db_prep_save(values[0], connection), len(values))
    if isinstance(field, models.JSONField):
        return [field.get_db_prep_save(value, connection) for value in values]
    known = {value: field.get_db_prep_save(value, connection) for value in set(values)}
    return [known[value] for value in values]
