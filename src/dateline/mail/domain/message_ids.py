"""The Message-ID of a mailing's mail: known before it leaves, so that it can be asked for after."""

import re

MADE = re.compile(r"<?m([0-9]{1,18})\.([0-9]{1,18})@[^<>\s]+>?\Z")


def message_id(mailing_id: int, number: int, host: str) -> str:
    """Return it without its angle brackets (RFC 5322, 3.6.4); `host` is the network's domain."""
    return f"m{mailing_id}.{number}@{host}"


def whose(text: str) -> tuple[int, int] | None:
    """Mailing and number of a Message-ID made here, with or without brackets; none for others."""
    match = MADE.match(text)
    return (int(match[1]), int(match[2])) if match else None
