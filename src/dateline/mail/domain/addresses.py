"""Mail addresses as people type them, in the one form in which they are kept and compared."""

import re

import idna

LONGEST = 254  # octets of an address on the wire (RFC 5321, 4.5.3.1.3 with its angle brackets off)
LONGEST_LOCAL = 64  # octets before the @ (RFC 5321, 4.5.3.1.1)
LONGEST_LABEL = 63
# What a local part may say without quotes (RFC 5321, 4.1.2: dot-string); quoted ones are refused:
# nobody has one, and they carry tricks.
LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*\Z")
LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\Z")


class AddressRefused(ValueError):
    """Not an address that mail can be sent to; the message says what was found."""


def normalised(typed: str) -> str:
    """Return an address as it is kept: without spaces around it, domain in lower-case ASCII.

    `Ana@Bücher.Example` becomes `Ana@xn--bcher-kva.example` (IDNA 2008 by way of UTS 46). The
    local part keeps its case, as the receiver may tell them apart; compare by `key_of`. A local
    part outside ASCII needs SMTPUTF8 (RFC 6531), which few receivers take: it is refused and said.

    Raises:
        AddressRefused: it is none, or one that mail cannot be sent to.

    """
    text = typed.strip()
    local, at, domain = text.rpartition("@")
    if not at:
        raise AddressRefused(f"{_shown(text)} has no @.")
    if not local.isascii():
        raise AddressRefused(
            f"{_shown(text)}: letters other than a to z before the @ cannot be delivered yet."
        )
    if len(local) > LONGEST_LOCAL or not LOCAL.match(local):
        raise AddressRefused(f"{_shown(text)}: what stands before the @ is no mailbox.")
    host = _host(domain, text)
    if len(local) + 1 + len(host) > LONGEST:
        raise AddressRefused(f"{_shown(text)} is longer than {LONGEST} characters.")
    return f"{local}@{host}"


def key_of(address: str) -> str:
    """By what two spellings of one address are known to be the same: lower case."""
    return address.lower()


def domain_of(address: str) -> str:
    """The part after the @: who receives, and sets the pace."""
    return address.rpartition("@")[2]


def _host(domain: str, text: str) -> str:
    try:
        host = domain.lower() if domain.isascii() else _in_ascii(domain)
    except UnicodeError as error:
        raise AddressRefused(f"{_shown(text)}: what stands after the @ is no host.") from error
    labels = host.split(".")
    if len(labels) == 1 and host != "localhost":
        raise AddressRefused(f"{_shown(text)}: what stands after the @ is no host.")
    if any(len(label) > LONGEST_LABEL or not LABEL.match(label) for label in labels):
        raise AddressRefused(f"{_shown(text)}: what stands after the @ is no host.")
    return host


def _in_ascii(domain: str) -> str:
    return idna.encode(domain, uts46=True).decode("ascii")


def _shown(text: str) -> str:
    return repr(text if len(text) <= LONGEST else f"{text[:LONGEST]}…")
