"""Codes by mail that prove an address, in the session that asked for them and in no other."""

import secrets
from datetime import datetime, timedelta

from allauth.account.adapter import get_adapter
from django.contrib.sessions.backends.base import SessionBase
from django.core.mail import EmailMessage

from dateline.accounts.domain.ways import fingerprint

LIVES = timedelta(minutes=10)  # OWASP ASVS 5.0, 6.5.5
TRIES = 3


class CodeRefused(Exception):
    """A code that proves nothing: `code_wrong`, or `code_over` when no more can be tried."""


def send(
    session: SessionBase, purpose: str, address: str, *, subject: str, text: str, at: datetime
) -> None:
    """Send a code to `address`; `text` has a place for `{code}`. An earlier one ends."""
    code = get_adapter().generate_email_verification_code()
    session[_key(purpose)] = {
        "address": address,
        "code": fingerprint(_bare(code)),
        "until": (at + LIVES).isoformat(),
        "left": TRIES,
    }
    EmailMessage(subject, text.replace("{code}", code), to=[address]).send()


def sent_to(session: SessionBase, purpose: str) -> str:
    """The address that a code was sent to; empty where there is no code to type."""
    return str(session.get(_key(purpose), {}).get("address", ""))


def check(session: SessionBase, purpose: str, typed: str, *, at: datetime) -> str:
    """Return the address that `typed` proves; the code is worthless afterwards.

    Raises:
        CodeRefused: wrong (three times end it), older than ten minutes, or of another session.

    """
    held = session.get(_key(purpose))
    if not held or datetime.fromisoformat(held["until"]) <= at:
        forget(session, purpose)
        raise CodeRefused("code_over")
    if secrets.compare_digest(held["code"], fingerprint(_bare(typed))):
        forget(session, purpose)
        return str(held["address"])
    if held["left"] <= 1:
        forget(session, purpose)
        raise CodeRefused("code_over")
    session[_key(purpose)] = held | {"left": held["left"] - 1}
    raise CodeRefused("code_wrong")


def forget(session: SessionBase, purpose: str) -> None:
    """Make a code worthless."""
    session.pop(_key(purpose), None)


def _key(purpose: str) -> str:
    return f"code_for_{purpose}"


def _bare(code: str) -> str:
    """A code as people type it: letter case, spaces and dashes do not count."""
    return "".join(c for c in code.upper() if c.isalnum())
