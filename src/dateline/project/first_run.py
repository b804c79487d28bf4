"""What an installation needs once: folders, key, settings, tables and somebody to sign in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from dateline.accounts.queries import by_email
from dateline.accounts.services.people import create_person
from dateline.alerts.services import keys as push_keys
from dateline.project import backups
from dateline.project.config import (
    PREFIX,
    SETTINGS_FILE,
    Config,
    read_settings_file,
    write_settings_file,
)


class SetupRefused(Exception):
    """An answer that cannot be used; the text says which and why."""


@dataclass(frozen=True, slots=True)
class Administrator:
    """The first person who may do everything on the desk."""

    email: str
    password: str
    name: str = ""


def set_up(
    config: Config,
    *,
    chosen: Mapping[str, str],
    administrator: Administrator | None,
    say: Callable[[str], None],
) -> None:
    """Make everything that is missing; leave what is there. Safe to run again.

    `chosen` maps field names of Config to what was answered; it is kept in `settings.env` of the
    data folder.

    Raises:
        SetupRefused: the address or the password of the administrator cannot be used.
        ConfigError: a chosen setting cannot be used.
        BackupError: there were rows to migrate and the backup of them failed.

    """
    if administrator:
        check_administrator(administrator)
    keep(config, chosen)
    config.ensure_secret_key()
    say(f"Data folder: {config.data_dir}")
    backups.upgrade(config, say)
    push_keys.ensure()
    if administrator:
        say(_administrator(administrator))
    elif not get_user_model().objects.filter(is_superuser=True).exists():
        say("Nobody can sign in to the desk yet. Run `dateline setup` again to add somebody.")


def keep(config: Config, chosen: Mapping[str, str]) -> None:
    """Store chosen settings beside those that were stored before, if all of them can be used."""
    named = {f"{PREFIX}{field.upper()}": value for field, value in chosen.items()}
    config.data_dir.mkdir(parents=True, exist_ok=True)
    path = config.data_dir / SETTINGS_FILE
    values = read_settings_file(path) | named
    Config.read(config.environment() | values)
    if values:
        write_settings_file(path, values)


def check_administrator(administrator: Administrator) -> None:
    """Refuse an address that is none and a password that is too easy.

    Raises:
        SetupRefused: with every reason.

    """
    try:
        validate_email(administrator.email)
    except ValidationError:
        raise SetupRefused(f"{administrator.email!r} is no e-mail address.") from None
    try:
        validate_password(administrator.password, get_user_model()(email=administrator.email))
    except ValidationError as error:
        raise SetupRefused(" ".join(error.messages)) from None


def _administrator(wanted: Administrator) -> str:
    if by_email(wanted.email):
        return f"{wanted.email} is there already and was left as it is."
    first, _, last = wanted.name.partition(" ")
    create_person(
        email=wanted.email, password=wanted.password,
        first_name=first, last_name=last, superuser=True,
    )  # fmt: skip
    return f"{wanted.email} can sign in to the desk."
