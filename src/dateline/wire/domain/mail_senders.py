"""Whether a mail is from whom it says, by what the own mail server found out (RFC 8601)."""

import re
from collections.abc import Collection, Iterator
from email import policy
from email.parser import BytesHeaderParser
from email.utils import getaddresses

LONGEST_FROM = 2000  # characters
QUOTED = "\0"  # stands for a quoted string: whatever it says, it is no finding
_DMARC = re.compile(r"dmarc\s*(?:/\s*1\s*)?=\s*([\w-]+)(?=\s|$)", re.IGNORECASE)
_FROM = re.compile(r"(?<!\S)header\s*\.\s*from\s*=\s*(\S+)", re.IGNORECASE)


class _Broken(ValueError):
    """A finding whose brackets or quotes do not end."""


def refusal_of(data: bytes, *, senders: Collection[str], checked_by: str) -> str:
    """Why a mail must not be read, in a sentence for an editor; empty where its sender is proved.

    `senders` are addresses, or domains with an @ before them. `checked_by` is the name with which
    the own server signs its findings; findings under any other name are a stranger's words. The
    server's own finding stands above all others (RFC 8601, 5): only the first counts.
    """
    headers = BytesHeaderParser(policy=policy.compat32).parsebytes(data)
    try:
        froms = _froms([str(one) for one in headers.get_all("from", [])])
    except (RecursionError, ValueError, IndexError, TypeError):
        return "Its From line cannot be read."
    if len(froms) != 1:
        return f"It names {len(froms) or 'no'} senders. Nobody can prove who wrote it."
    sender = froms[0]
    allowed = {one.strip().lower() for one in senders}
    if sender not in allowed and f"@{sender.rpartition('@')[2]}" not in allowed:
        return f"It is from {sender}, who is none of this provider's senders."
    found = str((headers.get_all("authentication-results") or [""])[0])
    return _doubt(found, sender, checked_by)


def _froms(lines: list[str]) -> list[str]:
    if sum(map(len, lines)) > LONGEST_FROM:
        raise ValueError("too long")
    return [address.lower() for _, address in getaddresses(lines) if address]


def _doubt(found: str, sender: str, checked_by: str) -> str:
    try:
        name, *results = "".join(_bare(found)).split(";")
    except _Broken:
        return f"What {checked_by} found cannot be read: a bracket or quote does not end."
    if name.strip().split(" ")[0].lower() != checked_by.lower():
        return f"{checked_by} has not checked whether it is from {sender}."
    of_dmarc = [one.strip() for one in results if re.match(r"\s*dmarc\b", one, re.IGNORECASE)]
    passed = [_DMARC.match(one) for one in of_dmarc]
    if len(passed) != 1 or not passed[0] or passed[0][1].lower() != "pass":
        return f"{checked_by} could not prove that it is from {sender}: no dmarc=pass."
    proved = {one.rstrip(".").lower() for one in _FROM.findall(of_dmarc[0])}
    if proved - {sender.rpartition("@")[2]}:
        return f"{checked_by} proved another sender than {sender}."
    return ""


def _bare(found: str) -> Iterator[str]:
    """Read sign by sign (RFC 5322, 3.2): no comments, and a mark for each quoted string."""
    signs, depth = iter(found), 0
    for sign in signs:
        if sign == "\\":
            next(signs, "")  # what follows means nothing
        elif sign == "(":
            depth += 1
        elif sign == ")" and depth:
            depth -= 1
            yield " "
        elif depth:
            continue
        elif sign == '"':
            _pass_over(signs)
            yield QUOTED
        else:
            yield " " if sign.isspace() else sign
    if depth:
        raise _Broken


def _pass_over(signs: Iterator[str]) -> None:
    """Go on behind the end of a quoted string."""
    for sign in signs:
        if sign == "\\":
            next(signs, "")
        elif sign == '"':
            return
    raise _Broken
