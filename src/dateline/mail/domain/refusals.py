"""Why a mail was refused for good, by what the mail server said (RFC 3463)."""

import re
from enum import StrEnum

ENHANCED = re.compile(r"[0-9]{3} [245]\.([0-9]{1,3})\.([0-9]{1,3})\b(?!\.)")


class Refusal(StrEnum):
    """What kind of refusal it was."""

    NOBODY = "nobody"  # there is no such mailbox, or it takes mail no more
    FULL = "full"
    SIZE = "size"
    POLICY = "policy"  # the receiver does not want mail like this, or from us
    HOST = "host"  # its domain takes no mail, or could not be reached for a day
    OTHER = "other"


CODES = {
    (1, 1): Refusal.NOBODY, (1, 3): Refusal.NOBODY, (1, 6): Refusal.NOBODY,
    (1, 0): Refusal.NOBODY, (2, 1): Refusal.NOBODY,
    (2, 2): Refusal.FULL, (3, 1): Refusal.FULL,
    (2, 3): Refusal.SIZE, (3, 4): Refusal.SIZE,
    (1, 2): Refusal.HOST, (1, 10): Refusal.HOST,
}  # fmt: skip
SUBJECTS = {4: Refusal.HOST, 6: Refusal.POLICY, 7: Refusal.POLICY}
# Of servers without enhanced codes: the reply's own (RFC 5321, 4.2.3).
PLAIN = {"552": Refusal.FULL, "554": Refusal.POLICY, "556": Refusal.HOST, "421": Refusal.HOST}


def refusal_of(told: str) -> Refusal:
    """What kind of refusal an answer is, as the ledger keeps it: `550 5.1.1 No such user`."""
    found = ENHANCED.match(told)
    if found is None:
        return PLAIN.get(told[:3], Refusal.OTHER)
    subject, detail = int(found[1]), int(found[2])
    return CODES.get((subject, detail)) or SUBJECTS.get(subject, Refusal.OTHER)
