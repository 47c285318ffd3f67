"""Queries of public pages whose SQL is made once: building it costs more than running it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet

_FIRST = 4_611_686_018_000_000_000
"""Stands for the first value while the SQL is made: a whole number that means nothing else."""


class Prepared:
    """A query for rows of values, given as a function from whole numbers to a `values_list` queryset."""

    def __init__(self, build: Callable[..., QuerySet[Any]], values: int = 1) -> None:
        self._build = build
        self._places = tuple(_FIRST + n for n in range(values))
        self._made = threading.local()

    def rows(self, *values: int, part: tuple[int, int] | None = None) -> list[Sequence[Any]]:
        """The rows, each with its values as Python has them; `part` is how many and after how many."""
        sql, template, compiler, converters = self._statement()
        if part is not None:
            sql = f"{sql} LIMIT {part[0]:d} OFFSET {part[1]:d}"
        chosen = dict(zip(self._places, values, strict=True))
        with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.execute(sql, [chosen.get(p, p) if isinstance(p, int) else p for p in template])
            found: list[Sequence[Any]] = cursor.fetchall()
        return list(map(tuple, compiler.apply_converters(found, converters))) if converters else found

    def first(self, *values: int) -> Sequence[Any] | None:
        """The first row, if there is any."""
        found = self.rows(*values)
        return found[0] if found else None

    def _statement(self) -> tuple[str, Sequence[Any], Any, Any]:
        made: tuple[str, Sequence[Any], Any, Any] | None = getattr(self._made, "statement", None)
        if made is None:
            # A compiler belongs to the connection of its thread, so every thread makes its own.
            compiler = self._build(*self._places).query.get_compiler(DEFAULT_DB_ALIAS)
            sql, template = compiler.as_sql()
            columns = [column[0] for column in compiler.select[: compiler.col_count]]
            made = self._made.statement = (sql, template, compiler, compiler.get_converters(columns))
        return made
