"""What happened to a person's account."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderJoined:
    """A reader agreed to be known on one masthead, for the first time. `at` is aware UTC."""

    name: ClassVar[str] = "reader.joined"
    user_id: str
    masthead_id: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderRenamed:
    """A reader is known to others by another name. `at` is aware UTC."""

    name: ClassVar[str] = "reader.renamed"
    user_id: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginsEnded:
    """Somebody was signed out of every site of one or more log-ins. `at` is aware UTC."""

    name: ClassVar[str] = "reader.logins_ended"
    user_id: str
    count: int
    at: datetime
    cause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordGuessed:
    """Somebody typed wrong passwords for an address, again and again. `at` is aware UTC.

    `user_id` is its owner's; empty where it is nobody's, so that both are as much work.
    """

    name: ClassVar[str] = "reader.password_guessed"
    user_id: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountDeleted:
    """A reader and what was kept of them are gone, as they asked. `at` is aware UTC."""

    name: ClassVar[str] = "reader.deleted"
    user_id: str
    choice: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressChanged:
    """An administrator gave somebody another e-mail address, not confirmed yet. `at` is UTC."""

    name: ClassVar[str] = "reader.address_changed"
    user_id: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderConnected:
    """A reader may sign in with an account at a provider from now on. `at` is aware UTC."""

    name: ClassVar[str] = "reader.provider_connected"
    user_id: str
    provider: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderDisconnected:
    """A reader's account at a provider opens nothing here any more. `at` is aware UTC."""

    name: ClassVar[str] = "reader.provider_disconnected"
    user_id: str
    provider: str
    at: datetime
    cause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertsWished:
    """A reader wants a masthead's news alerts, for the first time. `at` is aware UTC."""

    name: ClassVar[str] = "reader.alerts_wished"
    user_id: str
    masthead_id: int
    at: datetime
