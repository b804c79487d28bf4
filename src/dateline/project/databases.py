"""Turn a database URL into what Django wants, with the rules that keep rows safe."""

from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from dateline.project.config import ConfigError

# FULL: a COMMIT is on disk before anybody is told. IMMEDIATE: a transaction that will write waits
# for its turn instead of failing when it upgrades. No mmap: a torn file must not be mapped.
SQLITE_OPTIONS: dict[str, Any] = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA journal_size_limit=67108864;"
        "PRAGMA cache_size=-20000;PRAGMA temp_store=MEMORY"
    ),
}
# Where somebody waits for the answer, a database that is away is given up after so long: threads
# that wait for it answer nobody else.
PATIENCE_S = 5
# What the query of a PostgreSQL address may say (libpq's names); `host` is a folder of sockets.
TLS_OPTIONS = frozenset({"sslmode", "sslrootcert", "sslcert", "sslkey", "channel_binding"})


# While the server is away the pool tries it again after one second, two, four and so on: it must
# not rest longer than somebody waits. Later whoever asks next makes it try.
POOL: dict[str, Any] = {"timeout": PATIENCE_S, "reconnect_timeout": PATIENCE_S}


def settings_for(url: str) -> dict[str, Any]:
    """Return one entry of Django's DATABASES for `url`.

    Raises:
        ConfigError: the scheme is neither `sqlite` nor `postgresql`, a part is missing, or the
            query asks for something that would not be done.

    """
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        name = unquote(parts.path).removeprefix("/")
        if not name:
            raise ConfigError(
                "dateline.E003: DATELINE_DATABASE_URL names no file. "
                "Write sqlite:////absolute/path, or leave it empty."
            )
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": name,
            "OPTIONS": dict(SQLITE_OPTIONS),
            "ATOMIC_REQUESTS": False,
        }
    if parts.scheme in {"postgres", "postgresql"}:
        return _postgresql(parts)
    raise ConfigError(
        f"dateline.E003: DATELINE_DATABASE_URL begins with {parts.scheme!r}. "
        "Use sqlite:///path or postgresql://user:password@host/name."
    )


def _postgresql(parts: SplitResult) -> dict[str, Any]:
    asked = dict(parse_qsl(parts.query))
    socket = asked.pop("host", "")
    # An `sslmode` that is passed over would be a promise of encryption that nobody keeps.
    if strange := sorted(set(asked) - TLS_OPTIONS):
        raise ConfigError(
            f"dateline.E003: DATELINE_DATABASE_URL says {', '.join(strange)}, which is not known. "
            f"After the question mark stand host, {', '.join(sorted(TLS_OPTIONS))}."
        )
    return {
        "ENGINE": "dateline.project.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or socket,
        "PORT": str(parts.port or ""),
        "OPTIONS": {"pool": dict(POOL), "connect_timeout": PATIENCE_S, **asked},
        "CONN_HEALTH_CHECKS": False,  # `project.postgresql` tries them
        "CONN_MAX_AGE": 0,
    }


def for_a_renderer(settings: dict[str, Any]) -> None:
    """Change an entry of DATABASES in place: on SQLite, wait for a lock no longer than a person."""
    if "timeout" in settings["OPTIONS"]:
        settings["OPTIONS"]["timeout"] = PATIENCE_S
