"""What an operator may set: one typed class, read once from DATELINE_* variables."""

import difflib
import os
import secrets
from collections.abc import Mapping
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import available_timezones

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from dateline.edge.domain.outer import outer_caches
from dateline.project.comment_hook import CommentHookSettings
from dateline.project.feed_settings import FeedSettings
from dateline.project.login_providers import ProviderSettings
from dateline.project.mail_settings import MailSettings
from dateline.project.push import PushSettings
from dateline.project.search_settings import SearchSettings
from dateline.project.wire_settings import WireSettings

PREFIX = "DATELINE_"
SECRET_KEY_FILE = "secret-key"  # noqa: S105 - the name of the file, not its content


SETTINGS_FILE = "settings.env"


class ConfigError(Exception):
    """A setting that cannot be used. The text is for the operator, one problem a line."""


class Config(
    MailSettings, CommentHookSettings, ProviderSettings, PushSettings, FeedSettings,
    SearchSettings, WireSettings,
):  # fmt: skip
    """Every setting of an installation. `docs/reference/settings.md` lists them.

    Built with `Config.read()`, which refuses unknown names and explains bad values. Paths are
    absolute after reading; times are whole seconds; sizes are megabytes of 1,048,576 bytes.
    """

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid", frozen=True)

    data_dir: Path = Field(
        default=Path("var"),
        description="Folder that holds the database, pictures, raw agency files and the key.",
    )
    database_url: str = Field(
        default="",
        description=(
            "Where the database is: `postgresql://user:password@host/name`, `sqlite:///path`, "
            "or empty for SQLite in the data folder."
        ),
    )
    network_domain: str = Field(
        default="localhost",
        description=(
            "Domain of the network; the desk answers on `desk.` in front of it, readers' accounts "
            "on `account.`."
        ),
    )
    bind: str = Field(default="127.0.0.1", description="Address that the front listens on.")
    port: int = Field(default=8000, ge=0, le=65535, description="Port that the front listens on.")
    scheme: Literal["http", "https"] = Field(
        default="http",
        description="Scheme readers use; `https` turns on Secure cookies and HSTS.",
    )
    public_port: int | None = Field(
        default=None,
        ge=1,
        le=65535,
        description="Port in public addresses, when it is not the one the front listens on.",
    )
    trusted_proxies: Annotated[tuple[IPv4Network | IPv6Network, ...], NoDecode] = Field(
        default=(),
        description="Addresses or networks whose X-Forwarded-* headers are believed, with commas.",
    )
    secret_key: SecretStr | None = Field(
        default=None,
        description="Key that signs sessions; empty uses the file `secret-key` in the data folder.",
    )
    secret_key_fallbacks: SecretStr | None = Field(
        default=None,
        description=(
            "Earlier signing keys, with commas: what they signed or sealed is still read, and "
            "sealed anew with the key of now within a day."
        ),
    )
    demo_domain: str = Field(
        default="",
        description="Domain for viewing from elsewhere: sites also answer on `<slug>.` in front.",
    )
    mail_url: str = Field(
        default="file:",
        description=(
            "How mail leaves: `smtp://user:password@host:587` (STARTTLS), `smtps://…`, `console:`, "
            "or `file:` for files in `mail` of the data folder."
        ),
    )
    mail_from: str = Field(
        default="",
        description="Sender of the network's own mail; empty means `desk@` the network domain.",
    )
    render_processes: int = Field(
        default=2, ge=1, le=64, description="Processes that render pages (about one per core)."
    )
    render_timeout_s: int = Field(
        default=30,
        ge=1,
        le=600,
        description="Seconds that one page may take before it is given up.",
    )
    max_upload_mb: int = Field(
        default=64,
        ge=1,
        le=2048,
        description="Largest request body that is accepted, in megabytes.",
    )
    max_connections: int = Field(
        default=4000, ge=16, le=100_000, description="Connections that the front holds at once."
    )
    edge_mb: int = Field(
        default=512,
        ge=16,
        le=1_048_576,
        description="Room for pages in the data folder, in megabytes; the oldest leave first.",
    )
    edge_outer: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description=(
            "Caches in front of this machine that are told what to purge, with commas: "
            "`varnish+http://127.0.0.1:6081`. Empty means there is none."
        ),
    )
    address_connections: int = Field(
        default=512,
        ge=1,
        le=100_000,
        description=(
            "Connections that one address may hold (IPv6: one /64); trusted proxies have no limit."
        ),
    )
    front_processes: int = Field(
        default=1, ge=1, le=32, description="Fronts that share the port and the page cache."
    )
    edge: Literal["on", "off"] = Field(
        default="on", description="`on` keeps shared pages and answers with them; `off` never does."
    )
    beacons: Literal["on", "off", "nginx"] = Field(
        default="on",
        description=(
            "Who counts what is read: `on` the front, `nginx` a collector before it that writes "
            "`beacon_log`, `off` nobody."
        ),
    )
    beacon_log: Path | None = Field(
        default=None,
        description="File in which nginx notes beacons, read where `beacons` is `nginx`.",
    )
    beacon_rate: int = Field(
        default=600,
        ge=1,
        le=1_000_000_000,
        description="Beacons that one address (IPv6: one /64) may send in a minute.",
    )
    access_log: Path | None = Field(
        default=None,
        description="File for one line a request, with readers' addresses; empty writes none.",
    )
    staff_mfa: Literal["on", "off"] = Field(
        default="on",
        description=(
            "`on` opens the desk only to people with a second step (app, key or passkey); `off` is "
            "for trying things out."
        ),
    )
    log_format: Literal["plain", "json"] = Field(
        default="plain", description="`plain` writes a line for people, `json` one object a line."
    )
    time_zone: str = Field(
        default="UTC",
        description="Time zone of the desk, as in the IANA list, such as `Asia/Tokyo`.",
    )

    @field_validator("trusted_proxies", mode="before")
    @classmethod
    def _split(cls, value: Any) -> Any:
        if isinstance(value, str):
            value = [part.strip() for part in value.split(",") if part.strip()]
        return tuple(ip_network(str(part), strict=False) for part in value)

    @field_validator("edge_outer", mode="before")
    @classmethod
    def _outer_caches(cls, value: Any) -> Any:
        if isinstance(value, str):
            value = tuple(part.strip() for part in value.split(",") if part.strip())
        outer_caches(value)
        return value

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        if value not in available_timezones():
            raise ValueError(f"{value!r} is no IANA time zone")
        return value

    @field_validator(
        "data_dir",
        "intake_dir",
        "access_log",
        "beacon_log",
        "apple_key_file",
        "mail_log",
        mode="after",
    )
    @classmethod
    def _absolute(cls, value: Path | None) -> Path | None:
        return value and value.expanduser().absolute()

    @classmethod
    def settings_customise_sources(  # type: ignore[override]  # the others go unused by name
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 - the name is pydantic's
        init_settings: PydanticBaseSettingsSource,
        **_: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Only arguments: `read` takes the environment apart itself, to name what is wrong."""
        return (init_settings,)

    @classmethod
    def read(cls, environ: Mapping[str, str] = os.environ) -> "Config":
        """Read the settings from `environ`, and from `settings.env` of the data folder below it.

        The file is what `dateline setup` wrote: a NAME=value a line. The environment wins.

        Raises:
            ConfigError: one line for each unknown name (dateline.E001) and bad value (E002).

        """
        given = {name: text for name, text in environ.items() if name.startswith(PREFIX)}
        folder = Path(given.get(f"{PREFIX}DATA_DIR") or cls.model_fields["data_dir"].default)
        given = read_settings_file(folder / SETTINGS_FILE) | given
        problems = [_unknown(name) for name in given if name not in cls.names()]
        values: dict[str, Any] = {
            field: given[name] for name, field in cls.names().items() if given.get(name, "") != ""
        }
        try:
            config = cls(**values)
        except ValidationError as error:
            problems += [_bad_value(cls, one, values) for one in error.errors()]
        else:
            problems += [_missing(name) for name in config.incomplete_providers()]
            problems += config.hook_problems() + config.esp_problems()
        if problems:
            raise ConfigError("\n".join(problems))
        return config

    @classmethod
    def names(cls) -> dict[str, str]:
        """Variable name → field name, in the order in which they are declared."""
        return {f"{PREFIX}{field.upper()}": field for field in cls.model_fields}

    def environment(self) -> dict[str, str]:
        """The variables that make `read` build this very configuration, for child processes."""
        found = {}
        for name, field in self.names().items():
            value = getattr(self, field)
            if isinstance(value, SecretStr):
                value = value.get_secret_value()
            elif isinstance(value, tuple):
                value = ",".join(str(part) for part in value)
            if value is not None and value != "":
                found[name] = str(value)
        return found

    @property
    def database(self) -> str:
        """The database URL with the default filled in."""
        return self.database_url or f"sqlite:///{self.data_dir / 'dateline.sqlite3'}"

    @property
    def intake(self) -> Path:
        """The folder that is watched for agency files."""
        return self.intake_dir or self.data_dir / "intake"

    @property
    def edge_dir(self) -> Path:
        """The folder of the page cache: counters, pages, the record of purges."""
        return self.data_dir / "edge"

    @property
    def desk_host(self) -> str:
        """Host name of the desk, without port."""
        return f"desk.{self.network_domain}"

    @property
    def account_host(self) -> str:
        """Host name where people sign in, without port."""
        return f"account.{self.network_domain}"

    def origin(self, host: str) -> str:
        """`http://host:port` as a browser writes it, with the port left out where it is usual."""
        port = self.public_port or (self.port if self.scheme == "http" else 443)
        usual = {"http": 80, "https": 443}[self.scheme]
        return f"{self.scheme}://{host}" + ("" if port == usual else f":{port}")

    def stored_secret_key(self) -> str | None:
        """The signing key from the setting or its file; None where neither is there yet."""
        if self.secret_key:
            return self.secret_key.get_secret_value()
        try:
            return (self.data_dir / SECRET_KEY_FILE).read_text().strip() or None
        except OSError:
            return None

    def earlier_keys(self) -> list[str]:
        """Signing keys that were replaced and are still believed, newest first."""
        text = self.secret_key_fallbacks.get_secret_value() if self.secret_key_fallbacks else ""
        return [key.strip() for key in text.split(",") if key.strip()]

    def ensure_secret_key(self) -> str:
        """Return the signing key, making one (readable by the owner only) where there is none."""
        if key := self.stored_secret_key():
            return key
        self.data_dir.mkdir(parents=True, exist_ok=True)
        path = self.data_dir / SECRET_KEY_FILE
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48) + "\n")
        path.chmod(0o600)
        return path.read_text().strip()


def read_settings_file(path: Path) -> dict[str, str]:
    """NAME → value of a file with one NAME=value a line; `#` begins a comment line.

    Raises:
        ConfigError: dateline.E019, a line that is neither.

    """
    try:
        lines = path.read_text().splitlines()
    except OSError:
        return {}
    found = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        name, equals, value = line.partition("=")
        if not equals:
            raise ConfigError(f"dateline.E019: {path}, line {number}: expected NAME=value.")
        found[name.strip()] = value.strip()
    return found


def write_settings_file(path: Path, values: Mapping[str, str]) -> None:
    """Write `values` for `read_settings_file`, readable by the owner only, in one step."""
    fresh = path.with_suffix(".new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write("# Written by `dateline setup`. The environment wins over this file.\n")
        file.writelines(f"{name}={value}\n" for name, value in values.items())
    fresh.replace(path)


def _unknown(name: str) -> str:
    known = [field.upper() for field in Config.model_fields]
    near = difflib.get_close_matches(name.removeprefix(PREFIX), known, n=1, cutoff=0.6)
    hint = "`dateline check --list-settings` lists all of them."
    if near:
        hint = f"Did you mean {PREFIX}{near[0]}?"
    return f"dateline.E001: unknown setting {name}. {hint}"


def _missing(name: str) -> str:
    about = Config.model_fields[name].description
    return (
        f"dateline.E024: {PREFIX}{name.upper()} is missing or names no file, and others of this "
        f"provider are set. It means: {about}"
    )


def _bad_value(cls: type[Config], error: Any, values: Mapping[str, str]) -> str:
    field = str(error["loc"][0])
    hidden = "SecretStr" in str(cls.model_fields[field].annotation)
    shown = "(hidden)" if hidden else repr(values.get(field, ""))
    reason = str(error["msg"]).removeprefix("Value error, ")
    about = cls.model_fields[field].description
    return f"dateline.E002: {PREFIX}{field.upper()} is {shown}: {reason}. It means: {about}"
