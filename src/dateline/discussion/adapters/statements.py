"""Questions asked for every comment and page: written in Django's way, turned into SQL once.

Turning a query set into SQL costs more than the database needs to answer it. What is asked for each
comment is built once in a thread, with a Slot for each value that differs.
"""

import threading
from collections.abc import Callable
from typing import Any

from django.db import connection, models
from django.db.models import Expression


class Slot(Expression):
    """The place of a value in a query set: it is filled whenever the question is asked."""

    def __init__(self, name: str, field: models.Field[Any, Any]) -> None:
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, _compiler: Any, _connection: Any) -> Any:  # Django's own signature
        return "%s", [self]

    def filled(self, values: dict[str, Any]) -> Any:
        """The value of this slot, as the database takes it."""
        return self.output_field.get_db_prep_value(values[self.name], connection)


class Question:
    """A query set of `values_list` rows that is compiled once in each thread.

    `build` makes it, with Slots, from what changes its shape: a limit, an order. Ask with that, and
    with a value for each Slot; rows come back as Django would give them.
    """

    def __init__(self, build: Callable[..., Any]) -> None:
        self._build = build
        self._kept = threading.local()

    def ask(self, *shape: Any, **values: Any) -> list[tuple[Any, ...]]:
        """The rows, in order."""
        made: dict[Any, Any] = self._kept.__dict__
        if shape not in made:
            compiler = self._build(*shape).query.get_compiler(connection=connection)
            sql, params = compiler.as_sql()
            converters = compiler.get_converters([column[0] for column in compiler.select])
            made[shape] = compiler, sql, params, converters
        compiler, sql, params, converters = made[shape]
        with connection.cursor() as cursor:
            cursor.execute(sql, [p.filled(values) if isinstance(p, Slot) else p for p in params])
            rows = cursor.fetchall()
        return [tuple(row) for row in compiler.apply_converters(map(list, rows), converters)]

    def first(self, *shape: Any, **values: Any) -> tuple[Any, ...] | None:
        """The first row, or None."""
        return next(iter(self.ask(*shape, **values)), None)
