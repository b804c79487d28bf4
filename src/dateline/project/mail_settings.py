"""Settings of mailings: how many send, how fast, and who is asked about lost answers."""

import re
from pathlib import Path

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings

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
    mail_dkim_selectors: str = Field(
        default="",
        description="Keys that sign mail: `selector` or `selector@domain`, with commas.",
    )

    @field_validator("mail_rates")
    @classmethod
    def _known_rates(cls, value: str) -> str:
        _rates(value)
        return value

    def receiver_rates(self) -> dict[str, float]:
        """Receiver → mails a second of one sender process."""
        return {name: rate / max(1, self.mail_senders) for name, rate in _rates(self.mail_rates)}

    @property
    def sender_rate(self) -> float:
        """Mails a second of one sender process; 0: no limit."""
        return self.mail_rate / max(1, self.mail_senders)


def _rates(text: str) -> list[tuple[str, float]]:
    found = []
    for part in [part.strip().lower() for part in text.split(",") if part.strip()]:
        match = ONE.match(part)
        if not match or not float(match["rate"]):
            raise ValueError(f"{part!r} is not `receiver=mails a second`")
        found.append((match["receiver"], float(match["rate"])))
    return found
