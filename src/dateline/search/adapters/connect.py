"""The engine that this installation uses: DATELINE_SEARCH, or what suits its database."""

from functools import lru_cache
from importlib import import_module
from pathlib import Path

from django.conf import settings
from django.db import connection

from dateline.search.adapters.interface import Engine

_MODULES = {
    "sqlite": ("sqlite", "SqliteEngine"),
    "tantivy": ("tantivy", "TantivyEngine"),
    "postgresql": ("postgresql", "PostgresEngine"),
}


def engine() -> Engine:
    """The engine of this installation; made once a process."""
    return _engine(
        settings.DATELINE_SEARCH or connection.vendor, Path(settings.DATELINE_SEARCH_DIR)
    )


@lru_cache(maxsize=8)
def _engine(named: str, folder: Path) -> Engine:
    """Only the engine that is used is imported: tantivy is an extra."""
    if named.startswith("opensearch+"):
        module = import_module("dateline.search.adapters.opensearch")
        return module.OpenSearchEngine(named.removeprefix("opensearch+"))  # type: ignore[no-any-return]
    name, kind = _MODULES[named]
    module = import_module(f"dateline.search.adapters.{name}")
    made: Engine = (
        getattr(module, kind)() if name == "postgresql" else getattr(module, kind)(folder / name)
    )
    return made
