"""Settings of mailings: how many send, how fast, and who is asked about lost answers."""

import re
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings

from dateline.mail.domain.esps import ESPS, Esp, EspRoute, is_signing
from dateline.mail.domain.svix import is_key

SHORTEST_SECRET = 16
API = re.compile(r"(https://[^/@\s]+|http://(127\.0\.0\.1|localhost)(:[0-9]+)?)(/[^\s]*)?\Z")

ONE = re.compile(r"(?P<receiver>[a-z0-9.-]+\.[a-z0-9-]+)=(?P<rate>[0-9]+(?:\.[0-9]+)?)\Z")


class MailSettings(BaseSettings):
    """The part of `Config` that is about mail to many."""

    mail_senders: int = Field(
        default=1, ge=0, le=32, description="Processes that send newsletters and alerts by mail."
    )
    mail_connections: int = Field(
        default=4, ge=1, le=100, description="Connections each of them keeps to the mail server."
    )
    mail_rate: float = Field(
        default=0.0,
        ge=0,
        description=(
            "Mails a second that all of them together send at most, which your provider's quota "
            "may ask for; 0 sets no limit."
        ),
    )
    mail_rates: str = Field(
        default="",
        description="The same for single receivers, with commas: `example.org=20,example.net=5`.",
    )
    mail_log: Path | None = Field(
        default=None,
        description=(
            "Log of the Postfix on this machine that takes the mail on: where an answer was lost, "
            "it is looked up there; without it such a mail is listed as unknown."
        ),
    )
    mail_esp: Literal["", "postmark", "mailgun", "resend"] = Field(
        default="",
        description=(
            "ESP through whose API newsletters and alerts leave; empty: by `mail_url`, as all "
            "other mail does."
        ),
    )
    mail_esp_key: SecretStr | None = Field(
        default=None, description="Key of that API (Postmark: the server's token)."
    )
    mail_esp_domain: str = Field(
        default="", description="Domain at Mailgun that mail leaves from, such as `mg.example.org`."
    )
    mail_esp_stream: str = Field(
        default="", description="Message stream at Postmark, such as `broadcast`."
    )
    mail_esp_url: str = Field(
        default="",
        description=(
            "Address of the ESP's API where it is another one than usual, such as "
            "`https://api.eu.mailgun.net/v3/`."
        ),
    )
    mail_esp_secret: SecretStr | None = Field(
        default=None,
        description=(
            "What shows that an event comes from the ESP: the signing key of Mailgun or Resend "
            "(`whsec_…`), or `user:password` for Postmark and Resend, of 16 characters at least."
        ),
    )
    mail_warm_up: int = Field(
        default=0,
        ge=0,
        le=10_000_000,
        description=(
            "Mails that a new route or sender's domain sends on its first day; twice as many after "
            "each day on which half of it was used. 0 sets no limit."
        ),
    )
    mail_warm_up_receivers: str = Field(
        default="",
        description="The same for single receivers, with commas: `example.org=50`.",
    )
    mail_dkim_selectors: str = Field(
        default="",
        description="Keys that sign mail: `selector` or `selector@domain`, with commas.",
    )

    @field_validator("mail_rates")
    @classmethod
    def _known_rates(cls, value: str) -> str:
        _rates(value)
        return value

    @field_validator("mail_warm_up_receivers")
    @classmethod
    def _known_firsts(cls, value: str) -> str:
        if any(count < 1 or count % 1 for _, count in _rates(value)):
            raise ValueError("a first day's mails are a whole number")
        return value

    @field_validator("mail_esp_url")
    @classmethod
    def _esp_address(cls, value: str) -> str:
        if value and not API.match(value):
            raise ValueError("expected an https:// address without a password")
        return value

    def esp_problems(self) -> list[str]:
        """What an ESP lacks that was chosen; a sentence for each (dateline.E026)."""
        if not self.mail_esp:
            return []
        esp = ESPS[self.mail_esp]
        lacks = [name for name in esp.needs if not getattr(self, f"mail_esp_{name}")]
        problems = [
            f"dateline.E026: DATELINE_MAIL_ESP={esp.name} needs DATELINE_MAIL_ESP_{name.upper()}, "
            f"which is not set. {esp.title} shows it with your account."
            for name in lacks
        ]
        secret = self.mail_esp_secret.get_secret_value() if self.mail_esp_secret else ""
        if secret and not _is_secret(esp, secret):
            kinds = ["`user:password`", *([f"`{esp.signs_with}…`"] if esp.signs_with else [])]
            more = f", and be {' or '.join(kinds)}." if esp.has_basic_auth else "."
            problems.append(
                "dateline.E026: DATELINE_MAIL_ESP_SECRET must have at least "
                f"{SHORTEST_SECRET} characters, all of them ASCII{more}"
            )
        return problems

    def esp_route(self) -> EspRoute | None:
        """The ESP that mail to many leaves through; none: it leaves by SMTP."""
        if not self.mail_esp or self.mail_esp_key is None:
            return None
        return EspRoute(
            self.mail_esp,
            self.mail_esp_key.get_secret_value(),
            self.mail_esp_url,
            self.mail_esp_domain,
            self.mail_esp_stream,
            self.mail_esp_secret.get_secret_value() if self.mail_esp_secret else "",
        )

    def warm_up(self) -> dict[str, int]:
        """Receiver (empty: all of them) → mails on the first day of a new way."""
        firsts = {name: int(count) for name, count in _rates(self.mail_warm_up_receivers)}
        return ({"": self.mail_warm_up} if self.mail_warm_up else {}) | firsts

    def receiver_rates(self) -> dict[str, float]:
        """Receiver → mails a second of one sender process."""
        return {name: rate / max(1, self.mail_senders) for name, rate in _rates(self.mail_rates)}

    @property
    def sender_rate(self) -> float:
        """Mails a second of one sender process; 0: no limit."""
        return self.mail_rate / max(1, self.mail_senders)


def _is_secret(esp: Esp, secret: str) -> bool:
    if not secret.isascii() or len(secret) < SHORTEST_SECRET:
        return False
    if is_signing(esp, secret):
        return is_key(secret)
    return ":" in secret or not esp.has_basic_auth


def _rates(text: str) -> list[tuple[str, float]]:
    found = []
    for part in [part.strip().lower() for part in text.split(",") if part.strip()]:
        match = ONE.match(part)
        if not match or not float(match["rate"]):
            raise ValueError(f"{part!r} is not `receiver=mails a second`")
        found.append((match["receiver"], float(match["rate"])))
    return found
