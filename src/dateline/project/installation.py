"""What can be wrong with an installation, each with the way to put it right."""

import shutil
import socket
import sqlite3
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from dateline import SAFE_SQLITE, clock
from dateline.mastheads import queries as mastheads
from dateline.newsletters.queries.kept_back import kept_back
from dateline.project.config import SECRET_KEY_FILE, Config

MEGABYTE = 1024 * 1024
LEAST_FREE_MB = 200
LITTLE_FREE_MB = 2048
SHORTEST_KEY = 32
OLDEST_POSTGRES = 150_000
MAIL_TIMEOUT_S = 3.0


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem: `fatal` ones make `dateline check` fail. `text` says what to do."""

    id: str
    text: str
    fatal: bool = True

    def __str__(self) -> str:
        return f"{self.id}: {self.text}"


Findings = Iterator[Finding]


def examine(config: Config) -> list[Finding]:
    """Everything that is wrong or unwise, in the order in which to put it right."""
    return [finding for look in EXAMINATIONS for finding in look(config)]


def reasons_not_to_serve(config: Config) -> list[str]:
    """What makes serving unsafe or pointless, as text. Empty means go."""
    looks = (sqlite_is_safe, data_folder, secret_key, database_answers, migrations_are_run)
    return [str(finding) for look in looks for finding in look(config) if finding.fatal]


def sqlite_is_safe(_: Config) -> Findings:
    """SQLite before 3.51.3 can lose rows of the write-ahead log (WAL-reset bug)."""
    if connection.vendor == "sqlite" and sqlite3.sqlite_version_info < SAFE_SQLITE:
        wanted = ".".join(str(part) for part in SAFE_SQLITE)
        yield Finding(
            "dateline.E005",
            f"SQLite {sqlite3.sqlite_version} can lose committed changes; {wanted} or later is "
            "needed. Install the `pysqlite3` package, or set DATELINE_DATABASE_URL to PostgreSQL.",
        )


def data_folder(config: Config) -> Findings:
    """The data folder exists, can be written, is nobody else's, and has room."""
    folder = config.data_dir
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / ".writable"
        probe.write_text("")
        probe.unlink()
    except OSError as error:
        yield Finding(
            "dateline.E006",
            f"{folder} cannot be written: {error.strerror}. "
            "Make it writable for this user, or set DATELINE_DATA_DIR.",
        )
        return
    free = shutil.disk_usage(folder).free // MEGABYTE
    if free < LITTLE_FREE_MB:
        fatal = free < LEAST_FREE_MB
        yield Finding(
            "dateline.E007" if fatal else "dateline.W007",
            f"{folder} has {free} MB left on its disk. Free some space, or move the folder.",
            fatal,
        )


def secret_key(config: Config) -> Findings:
    """There is a signing key, long enough, and nobody else can read it."""
    key = config.stored_secret_key()
    if key is None:
        yield Finding(
            "dateline.E008",
            f"there is no signing key in {config.data_dir / SECRET_KEY_FILE} and no "
            "DATELINE_SECRET_KEY. Run `dateline setup`, which makes one.",
        )
        return
    if len(key) < SHORTEST_KEY:
        yield Finding(
            "dateline.E008",
            f"the signing key has {len(key)} characters; {SHORTEST_KEY} are needed. "
            "Remove it and run `dateline setup`; everybody signs in again.",
        )
    path = config.data_dir / SECRET_KEY_FILE
    if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
        yield Finding(
            "dateline.E009", f"other users can read {path}. Run `chmod 600 {path}`.", fatal=False
        )


def database_answers(_: Config) -> Findings:
    """The database can be reached, and is a version that we know."""
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        yield Finding(
            "dateline.E010",
            f"the database does not answer: {str(error).strip()}. "
            "Start it, or correct DATELINE_DATABASE_URL.",
        )
        return
    version = getattr(connection, "pg_version", OLDEST_POSTGRES)
    if version < OLDEST_POSTGRES:
        yield Finding(
            "dateline.E011", f"PostgreSQL is version {version // 10_000}; 15 or later is needed."
        )


def migrations_are_run(_: Config) -> Findings:
    """The tables are those that this version of the code expects."""
    try:
        pending = pending_migrations()
    except DatabaseError:
        return  # said by `database_answers`
    if pending:
        yield Finding(
            "dateline.E012",
            f"{len(pending)} migrations have not been run, the first is {pending[0]}. "
            "Run `dateline upgrade`, which makes a backup first.",
        )


def pending_migrations() -> list[str]:
    """Names of the migrations to run, as `app.0001_initial`, in order."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def mail_host(config: Config) -> Findings:
    """The mail host takes connections."""
    if "smtp" not in settings.EMAIL_BACKEND:
        if config.scheme == "https":
            yield Finding(
                "dateline.W013",
                f"mail does not leave this machine (DATELINE_MAIL_URL is {config.mail_url!r}). "
                "Set it to smtp://user:password@host:587.",
                fatal=False,
            )
        return
    try:
        address = (settings.EMAIL_HOST, settings.EMAIL_PORT)
        socket.create_connection(address, timeout=MAIL_TIMEOUT_S).close()
    except OSError as error:
        yield Finding(
            "dateline.E013",
            f"the mail host {settings.EMAIL_HOST}:{settings.EMAIL_PORT} does not answer: "
            f"{error.strerror or error}. Start it, or correct DATELINE_MAIL_URL.",
        )


def esp_events(config: Config) -> Findings:
    """What the ESP tells of mails can be heard."""
    if config.mail_esp and not config.mail_esp_secret:
        yield Finding(
            "dateline.W027",
            f"bounces and complaints that {config.mail_esp} hears of are not taken in. Set "
            "DATELINE_MAIL_ESP_SECRET, and this address as its webhook: "
            f"{config.origin(config.account_host)}/mail/events/{config.mail_esp}/",
            fatal=False,
        )


def host_names(config: Config) -> Findings:
    """The names that readers and editors use lead somewhere."""
    if config.network_domain == "localhost":
        return  # browsers resolve *.localhost themselves
    for host in [config.desk_host, config.account_host, *_masthead_hosts()]:
        try:
            socket.getaddrinfo(host, None)
        except OSError:
            yield Finding(
                "dateline.W014",
                f"the name {host} cannot be resolved. Add it to your DNS.",
                fatal=False,
            )


def proxies(config: Config) -> Findings:
    """Only named machines may say who the reader is; what leaves loopback is encrypted."""
    for network in config.trusted_proxies:
        if network.prefixlen == 0:
            yield Finding(
                "dateline.E015",
                f"DATELINE_TRUSTED_PROXIES trusts {network}, so anybody may claim any address. "
                "List only your proxies.",
            )
    if config.scheme == "https" and not config.trusted_proxies:
        yield Finding(
            "dateline.E016",
            "DATELINE_SCHEME is https, but no proxy is trusted to say so. Set "
            "DATELINE_TRUSTED_PROXIES to the address of the server that ends TLS.",
        )
    if config.scheme == "http" and config.bind not in {"127.0.0.1", "::1", "localhost"}:
        yield Finding(
            "dateline.W017",
            f"the front listens on {config.bind} without TLS, so passwords can be read on the "
            "way. Put Caddy or nginx before it (deploy/), and set DATELINE_SCHEME=https.",
            fatal=False,
        )


def people(_: Config) -> Findings:
    """Somebody can sign in to the desk."""
    try:
        somebody = get_user_model().objects.filter(is_superuser=True, is_active=True).exists()
    except DatabaseError:
        return
    if not somebody:
        yield Finding(
            "dateline.W018",
            "nobody can administer the desk. Run `dateline setup`, which asks for the first.",
            fatal=False,
        )


def second_step(config: Config) -> Findings:
    """A stolen password alone opens no newsroom."""
    if config.staff_mfa == "off":
        yield Finding(
            "dateline.W022",
            "DATELINE_STAFF_MFA is off, so a password alone opens the desk. Take it out, unless "
            "this is only for trying things out.",
            fatal=False,
        )


def pretend_providers(config: Config) -> Findings:
    """Whoever asks the pretend provider is whom they like."""
    if config.pretend_providers:
        yield Finding(
            "dateline.W023",
            "DATELINE_PRETEND_PROVIDERS is set, so anybody at this machine can log in as anybody "
            "new. Take it out; only the demo has a use for it.",
            fatal=False,
        )


def _masthead_hosts() -> list[str]:
    try:
        return sorted(mastheads.hosts())
    except DatabaseError:
        return []


def addresses(config: Config) -> list[str]:
    """Lines that say where to go: each masthead, then the account host and the desk."""
    width = max([8, *(len(site.name) for site in mastheads.all_mastheads())])
    sites = [(site.name, site.origin) for site in mastheads.all_mastheads()]
    desk = ("Desk", config.origin(config.desk_host))
    account = ("Accounts", config.origin(config.account_host))
    return [f"  {name:<{width}}  {origin}/" for name, origin in [*sites, account, desk]]


def letters_leave(_: Config) -> Findings:
    """No letter that should leave by itself is kept back."""
    try:
        found = kept_back(at=clock.now())
    except DatabaseError:
        return  # said by `database_answers` and `migrations_are_run`
    for one in found:
        yield Finding(
            "dateline.W024",
            f"{one.name} was to leave by itself and is kept back since "
            f"{one.since:%H:%M UTC, %d %B}: {' '.join(one.reasons)} "
            f"Put it right at /letters/{one.edition_id}/ on the desk.",
            fatal=False,
        )


EXAMINATIONS: tuple[Callable[[Config], Findings], ...] = (
    sqlite_is_safe,
    data_folder,
    secret_key,
    database_answers,
    migrations_are_run,
    mail_host,
    esp_events,
    host_names,
    proxies,
    people,
    second_step,
    pretend_providers,
    letters_leave,
)
