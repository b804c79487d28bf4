"""The cache of a process, except what must hold for all of them: rate limits of signing in.

allauth keeps how often somebody tried, and which codes of an app were used, in Django's default
cache, under a lock that it makes there too. In a process's own memory each process would count
alone; in the database they count together, and a restart forgets nothing.
"""

from typing import Any

from django.core.cache.backends.db import DatabaseCache
from django.core.cache.backends.locmem import LocMemCache

PREFIX = "allauth"
TABLE = "accounts_limitentry"
ENTRIES = 1_000_000  # what has ended is removed first


class LimitsInDatabase(LocMemCache):
    """Django's in-memory cache, with every key of allauth in a table instead."""

    def __init__(self, name: str, params: dict[str, Any]) -> None:
        super().__init__(name, params)
        self.table = DatabaseCache(TABLE, {"OPTIONS": {"MAX_ENTRIES": ENTRIES}})

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """The value of a key, or `default`."""
        if key.startswith(PREFIX):
            return self.table.get(key, default, version)
        return super().get(key, default, version)

    def set(self, key: str, value: Any, timeout: Any = None, version: int | None = None) -> None:
        """Store a value for `timeout` seconds."""
        if key.startswith(PREFIX):
            self.table.set(key, value, timeout, version)
        else:
            super().set(key, value, timeout, version)

    def add(self, key: str, value: Any, timeout: Any = None, version: int | None = None) -> bool:
        """Store a value where there is none; say whether it was. One statement decides."""
        if key.startswith(PREFIX):
            return bool(self.table.add(key, value, timeout, version))
        return super().add(key, value, timeout, version)

    def delete(self, key: str, version: int | None = None) -> bool:
        """Forget a key; say whether there was one."""
        if key.startswith(PREFIX):
            return bool(self.table.delete(key, version))
        return super().delete(key, version)
