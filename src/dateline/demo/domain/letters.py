"""Read the mail that Django's file backend keeps: several messages in a file, a line between."""

import re
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

_BETWEEN = re.compile(rb"^-{79}\r?\n", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Letter:
    """One message. `sent_at` is as it says itself, None where it does not; html may be empty."""

    sender: str
    to: str
    subject: str
    sent_at: datetime | None
    text: str
    html: str


def read_letters(data: bytes) -> list[Letter]:
    """Every message of one file, in the order in which they were sent."""
    return [_letter(part) for part in _BETWEEN.split(data) if part.strip()]


def _letter(data: bytes) -> Letter:
    message = message_from_bytes(data, policy=policy.default)
    dated = message["Date"]
    return Letter(
        sender=str(message["From"] or ""),
        to=str(message["To"] or ""),
        subject=str(message["Subject"] or "(no subject)"),
        sent_at=dated.datetime if dated else None,
        text=_body(message, "plain"),
        html=_body(message, "html"),
    )


def _body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    return str(part.get_content()) if part else ""
