"""What somebody was shown when they agreed, and where: the part of a proof that a page tells."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The words that stood there, at which address, and from which network address they acted.

    `ip` is kept as a keyed hash only. `by` names who acted where it was not the reader.
    """

    shown: str
    where: str
    ip: str = ""
    by: str = ""
