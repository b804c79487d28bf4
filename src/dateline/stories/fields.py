"""A set of slugs in one column that every database can search without JSON operators."""

from typing import Any

from django.db import models
from django.db.models import Q, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Concat, StrIndex
from django.db.models.lookups import GreaterThan


class SlugSetField(models.TextField[Any, Any]):
    """A tuple of slugs, stored as `,one,two,` so that `is_named` finds exactly `one`.

    Empty means no restriction. Values are sorted, so that equal sets are equal text.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.update(blank=True, default="")
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: str | None, *_: Any) -> tuple[str, ...]:
        return self.to_python(value)

    def to_python(self, value: Any) -> tuple[str, ...]:
        parts = value.split(",") if isinstance(value, str) else (value or ())
        return tuple(sorted({part.strip() for part in parts if part.strip()}))

    def get_prep_value(self, value: Any) -> str:
        slugs = self.to_python(value)
        return f",{','.join(slugs)}," if slugs else ""

    def value_to_string(self, obj: models.Model) -> str:
        return ",".join(self.value_from_object(obj))

    def value_from_object(self, obj: models.Model) -> tuple[str, ...]:
        return self.to_python(super().value_from_object(obj))


def is_named(field: str, slug: str | Combinable) -> Q:
    """Whether the SlugSetField `field` names `slug`, a text or what the database is to look up.

    Not `contains`, which is LIKE: a statement in which LIKE is given a value is prepared anew by
    SQLite each time it runs, and every list that readers see asks this.
    """
    comma = Value(",")
    sought = Value(f",{slug},") if isinstance(slug, str) else Concat(comma, slug, comma)
    return Q(GreaterThan(StrIndex(field, sought), 0))
