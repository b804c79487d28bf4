"""Whether a mail is from whom it says, by what the own mail server found out (RFC 8601)."""

import re
from collections.abc import Collection
from email import policy
from email.parser import BytesHeaderParser
from email.utils import getaddresses

_PASSED = re.compile(r"(?:^|;)\s*dmarc\s*=\s*pass\b", re.IGNORECASE)
_COMMENT = re.compile(r"\([^()]*\)")


def refusal_of(data: bytes, *, senders: Collection[str], checked_by: str) -> str:
    """Why a mail must not be read, in a sentence for an editor; empty where its sender is proved.

    `senders` are addresses, or domains with an @ before them. `checked_by` is the name with which
    the own server signs its findings; findings under any other name are a stranger's words. The
    server's own finding stands above all others (RFC 8601, 5): only the first counts.
    """
    headers = BytesHeaderParser(policy=policy.compat32).parsebytes(data)
    froms = [a.lower() for _, a in getaddresses(map(str, headers.get_all("from", []))) if a]
    if len(froms) != 1:
        return f"It names {len(froms) or 'no'} senders. Nobody can prove who wrote it."
    sender = froms[0]
    allowed = {one.strip().lower() for one in senders}
    if sender not in allowed and f"@{sender.rpartition('@')[2]}" not in allowed:
        return f"It is from {sender}, who is none of this provider's senders."
    found = str((headers.get_all("authentication-results") or [""])[0])
    return _doubt(_COMMENT.sub("", " ".join(found.split())), sender, checked_by)


def _doubt(found: str, sender: str, checked_by: str) -> str:
    name, _, results = found.partition(";")
    if name.strip().split(" ")[0].lower() != checked_by.lower():
        return f"{checked_by} has not checked whether it is from {sender}."
    if not _PASSED.search(f";{results}"):
        return f"{checked_by} could not prove that it is from {sender}: no dmarc=pass."
    return ""
