"""SQL written once: it is kept by each process and run again with other values.

Most of what a reader's page costs is Django writing SQL that it wrote before. A `Prepared` lets
Django write it for one set of stand-ins, keeps it with everything needed to make objects of rows,
and puts the values of each call where the stand-ins are. The rows are the same objects as the
query set's own; only `prefetch_related` is not looked at. `Insert` and `Change` do the same for the
rows that a busy thread writes.

This file leans on Django's compiler (5.2): `as_sql`, `get_converters`, `klass_info`.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.models import (
    BigAutoField,
    BinaryField,
    BooleanField,
    CharField,
    DateTimeField,
    Field,
    ForeignKey,
    IntegerField,
    Model,
    PositiveBigIntegerField,
    PositiveIntegerField,
    PositiveSmallIntegerField,
    QuerySet,
    SmallIntegerField,
    TextField,
    UUIDField,
)
from django.db.models.query import (
    FlatValuesListIterable,
    ModelIterable,
    ValuesListIterable,
    get_related_populators,
)
from django.db.models.sql import Query

Row = TypeVar("Row")
Saved = TypeVar("Saved", bound=Model)
Value = datetime | int | str | bytes | UUID | Sequence[int] | Sequence[UUID]
SINGLE = (datetime, int, str, bytes, UUID)

FIRST_MOMENT = datetime(8901, 2, 3, 4, 5, 6, 789_000, tzinfo=UTC)  # nobody asks for it
FIRST_NUMBER = 7_246_135_000_000_000_000  # fits into 64 bits; no row has it
NUMBERS_APART = 10_000  # so many stand-ins one list of ids may have
PLANS_AT_MOST = 512  # shapes of one query; one more, and all are written anew

_NUMBERS = (
    BigAutoField, IntegerField, SmallIntegerField, PositiveIntegerField,
    PositiveSmallIntegerField, PositiveBigIntegerField,
)  # fmt: skip
# What a field of exactly this class hands to any database as it is; all else Django prepares.
_AS_IT_IS: dict[type[Any], tuple[type[Any], ...]] = {
    **dict.fromkeys(_NUMBERS, (int, type(None))),
    CharField: (str, type(None)),
    TextField: (str, type(None)),
    BooleanField: (bool, type(None)),
    BinaryField: (bytes, type(None)),
    DateTimeField: (type(None),),
    UUIDField: (type(None),),
}


@dataclass(frozen=True, slots=True)
class Slot:
    """The place of one value in a query: its name, and which one of a list of ids."""

    name: str
    index: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """A query's SQL, what stands at each of its places, and how a row becomes an object."""

    alias: str
    sql: str
    places: tuple[Any, ...]  # a Slot, or the value itself
    converters: tuple[tuple[int, Any, Any], ...]  # column, functions, expression
    make: Callable[[list[Any]], Any]


class Prepared(Generic[Row]):
    """A query set that is built once for each shape and run with other values each time.

    `build` is given the shape by position and the values by name, and returns the query set. What
    changes the SQL (which filters, how many rows, a masthead's slug) is the shape; what only
    changes a value is a moment (aware), a whole number, text, bytes, a UUID, or a list of numbers
    or UUIDs for `__in`.

    `of` makes what is returned of each row of the query set. With `keep`, so many of them are kept,
    and a row of which the database says the same in every column is not made again: what `of` makes
    is frozen then, and comes of the row alone.
    """

    def __init__(
        self,
        build: Callable[..., QuerySet[Any, Any]],
        *,
        of: Callable[[Any], Row] | None = None,
        keep: int = 0,
    ) -> None:
        self.build = build
        self.of = of
        self.plans: dict[Hashable, Plan] = {}
        self._made = lru_cache(maxsize=keep)(self._make) if keep else self._make

    def __call__(self, *shape: Hashable, **values: Value) -> list[Row]:
        """Run the query; one query to the database, none where a list of ids is empty.

        Raises:
            ValueError: a value that does not stand in the SQL as it was given.

        """
        given = {name: _padded(value) for name, value in values.items()}
        if any(isinstance(value, tuple) and not value for value in given.values()):
            return []
        sizes = tuple(len(v) if isinstance(v, tuple) else 0 for v in given.values())
        plan = self.plans.get((shape, sizes)) or self._written(shape, given, sizes)
        connection = connections[plan.alias]
        with connection.cursor() as cursor:
            cursor.execute(plan.sql, [_value(place, given, connection) for place in plan.places])
            rows = cursor.fetchall()
        return [self._made(plan, row) for row in rows]

    def _make(self, plan: Plan, row: tuple[Any, ...]) -> Any:
        made = plan.make(_converted(row, plan.converters, connections[plan.alias]))
        return self.of(made) if self.of else made

    def _written(
        self, shape: tuple[Hashable, ...], given: dict[str, Any], sizes: tuple[int, ...]
    ) -> Plan:
        stand_ins = {
            name: _stand_in(value, number) for number, (name, value) in enumerate(given.items())
        }
        plan = _plan(self.build(*shape, **stand_ins), stand_ins)
        if len(self.plans) >= PLANS_AT_MOST:
            self.plans.clear()
        self.plans[shape, sizes] = plan
        return plan


class Insert(Generic[Saved]):
    """Puts new rows of one model into the database, whose keys that makes.

    What `save()` does beside that is not done: no signal, no `auto_now`, no default that only the
    database knows.
    """

    def __init__(self, model: type[Saved]) -> None:
        self.meta = Query(model).get_meta()
        own = self.meta.local_concrete_fields
        self.columns = [_Column.of(field) for field in own if not field.primary_key]
        self._kept: dict[int, str] = {}  # how many rows -> SQL

    def __call__(self, row: Saved) -> Saved:
        """Insert `row` in one statement, and give it its key; return it."""
        return self.together([row])[0]

    def together(self, rows: Sequence[Saved]) -> Sequence[Saved]:
        """Insert `rows` in one statement, and give each its key; return them."""
        if not rows:
            return rows
        connection = connections[DEFAULT_DB_ALIAS]
        values = [column.value(row, connection) for row in rows for column in self.columns]
        with connection.cursor() as cursor:
            cursor.execute(self._sql(len(rows), connection), values)
            keys = cursor.fetchall()
        for row, (key,) in zip(rows, keys, strict=True):
            row.pk = key
            row._state.adding, row._state.db = False, connection.alias  # noqa: SLF001 - as save() does
        return rows

    def _sql(self, count: int, connection: Any) -> str:
        if count not in self._kept:
            quoted = connection.ops.quote_name
            columns = ", ".join(quoted(str(column.field.column)) for column in self.columns)
            marks = "(" + ", ".join(["%s"] * len(self.columns)) + ")"
            into, key = quoted(self.meta.db_table), quoted(str(self.meta.pk.column))
            places = ", ".join([marks] * count)
            parts = ["INSERT INTO", into, f"({columns}) VALUES", places, "RETURNING", key]
            self._kept[count] = " ".join(parts)
        return self._kept[count]


class Change(Generic[Saved]):
    """Writes some fields of a row that is there, as `save(update_fields=...)` does. No signal."""

    def __init__(self, model: type[Saved], *names: str) -> None:
        self.meta = Query(model).get_meta()
        self.columns = [_Column.of(self.meta.get_field(name)) for name in names]
        self._kept = ""

    def __call__(self, row: Saved) -> None:
        """Write the fields as `row` has them, in one statement.

        Raises:
            DatabaseError: the row is not there any more.

        """
        connection = connections[DEFAULT_DB_ALIAS]
        values = [column.value(row, connection) for column in self.columns]
        with connection.cursor() as cursor:
            cursor.execute(self._kept or self._sql(connection), [*values, row.pk])
            if not cursor.rowcount:
                raise DatabaseError(f"{row!r} is not there any more.")

    def _sql(self, connection: Any) -> str:
        quoted = connection.ops.quote_name
        sets = ", ".join(f"{quoted(column.field.column)} = %s" for column in self.columns)
        table, key = quoted(self.meta.db_table), quoted(str(self.meta.pk.column))
        self._kept = " ".join([f"UPDATE {table}", f"SET {sets}", f"WHERE {key} = %s"])
        return self._kept


@dataclass(frozen=True, slots=True)
class _Column:
    """A field as its values are written; `as_it_is`: of which types they go as they are."""

    field: Any
    name: str
    as_it_is: tuple[type[Any], ...]
    adapted: tuple[type[Any], ...]

    @classmethod
    def of(cls, field: Any) -> "_Column":
        target: Field[Any, Any] = field.target_field if isinstance(field, ForeignKey) else field
        adapted = {DateTimeField: (datetime,), UUIDField: (UUID,)}.get(type(target), ())
        return cls(field, field.attname, _AS_IT_IS.get(type(target), ()), adapted)

    def value(self, row: Model, connection: Any) -> Any:
        """What the database is handed for this column of `row`."""
        value = getattr(row, self.name)
        kind = type(value)
        if kind in self.as_it_is:
            return value
        if kind in self.adapted:
            return _adapted(value, connection)
        return self.field.get_db_prep_save(value, connection=connection)


def _padded(value: Value) -> Value:
    """A list of ids in one of few lengths, so that few shapes are written; the first one again."""
    if isinstance(value, SINGLE):
        return value
    ids: tuple[Any, ...] = tuple(value)
    size = 1 << (len(ids) - 1).bit_length() if ids else 0
    return ids + ids[:1] * (size - len(ids))


def _stand_in(value: Value, number: int) -> Value:
    if isinstance(value, datetime):
        return FIRST_MOMENT + timedelta(milliseconds=number)
    first = FIRST_NUMBER + number * NUMBERS_APART
    if isinstance(value, UUID):
        return UUID(int=first)
    if isinstance(value, str):
        return f"\x01{number}"
    if isinstance(value, bytes):
        return b"\x01\x00%d" % number
    if isinstance(value, int):
        return first
    numbers = range(first, first + len(value))
    return tuple(map(_uuid, numbers)) if isinstance(value[0], UUID) else tuple(numbers)


def _uuid(number: int) -> UUID:
    return UUID(int=number)


def _plan(found: QuerySet[Any, Any], stand_ins: dict[str, Value]) -> Plan:
    alias = found.db
    connection = connections[alias]
    compiler = found.query.get_compiler(using=alias)
    sql, params = compiler.as_sql()
    slots = _slots(stand_ins, connection)
    places = tuple(_place(param, slots) for param in params)
    if missing := {*slots.values()} - {place for place in places if isinstance(place, Slot)}:
        names = ", ".join(sorted({slot.name for slot in missing}))
        raise ValueError(f"{names} does not stand in the SQL as it was given: {sql}")
    columns = [column for column, *_ in compiler.select[: compiler.col_count]]
    converters = compiler.get_converters(columns)
    return Plan(
        alias, sql, places,
        tuple((at, functions, column) for at, (functions, column) in converters.items()),
        _maker(found, compiler, alias),
    )  # fmt: skip


def _slots(stand_ins: dict[str, Value], connection: Any) -> dict[Any, Slot]:
    """Which slot each stand-in is, by what Django hands to the database for it."""
    found: dict[Any, Slot] = {}
    for name, value in stand_ins.items():
        if isinstance(value, tuple):
            found |= {
                _adapted(one, connection): Slot(name, index) for index, one in enumerate(value)
            }
        else:
            found[_adapted(value, connection)] = Slot(name)
    return found


def _place(param: object, slots: dict[Any, Slot]) -> Any:
    """The slot that a parameter stands for, or itself. Drivers wrap bytes, and call them `obj`."""
    bare = getattr(param, "obj", param)
    return slots.get(bare, param) if isinstance(bare, SINGLE) else param


def _maker(found: QuerySet[Any, Any], compiler: Any, alias: str) -> Callable[[list[Any]], Any]:
    """What the query set's own iterable would make of a row."""
    kind = found._iterable_class  # noqa: SLF001 - the query set tells it in no other way
    if kind is ValuesListIterable:
        return tuple
    if kind is FlatValuesListIterable:
        return lambda row: row[0]
    if kind is not ModelIterable:
        raise ValueError(f"{kind.__name__} cannot be prepared. Use models or values_list().")
    info, select = compiler.klass_info, compiler.select
    fields = info["select_fields"]
    start, end = fields[0], fields[-1] + 1
    names = [column.target.attname for column, *_ in select[start:end]]
    populators = get_related_populators(info, select, alias)  # type: ignore[call-arg] # 6.1's stubs
    annotations = tuple((compiler.annotation_col_map or {}).items())

    def make(row: list[Any]) -> Any:
        made = info["model"].from_db(alias, names, row[start:end])
        for populator in populators:
            populator.populate(row, made)
        for name, at in annotations:
            setattr(made, name, row[at])
        return made

    return make


def _value(place: Any, given: dict[str, Any], connection: Any) -> Any:
    if not isinstance(place, Slot):
        return place
    value = given[place.name]
    return _adapted(value if place.index is None else value[place.index], connection)


def _adapted(value: Value, connection: Any) -> Any:
    """A moment or UUID as this database takes it; a number or text as it is."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, UUID) and not connection.features.has_native_uuid_field:
        return value.hex
    return value


def _converted(
    row: Sequence[Any], converters: tuple[tuple[int, Any, Any], ...], connection: Any
) -> list[Any]:
    values = list(row)
    for at, functions, column in converters:
        value = values[at]
        for function in functions:
            value = function(value, column, connection)
        values[at] = value
    return values
