"""Links of mails that act for whoever received them: short, signed, and good for one thing."""

import base64
import hashlib
import hmac
from collections.abc import Sequence

PROOF_BYTES = 15  # 120 bits: no padding, and nobody guesses it
PROOF = PROOF_BYTES * 8 // 6  # characters
LONGEST = 200


class TokenRefused(ValueError):
    """The link was changed, cut short, or made for something else."""


def signed(key: bytes, purpose: str, numbers: Sequence[int]) -> str:
    """Return the text of a link for `purpose` that carries `numbers` (each 0 to 2⁶³-1).

    HMAC-SHA256 over purpose and numbers, cut to 120 bits; letters that no mail client breaks.
    """
    told = "-".join(_base36(number) for number in numbers)
    return f"{told}-{_proof(key, purpose, told)}"


def read(key: bytes, purpose: str, token: str) -> tuple[int, ...]:
    """Return the numbers of a link made by `signed` with the same key for the same purpose.

    Raises:
        TokenRefused: it was not.

    """
    # A proof may itself hold a dash: it is as long as it always is.
    told, dash, proof = token[: -PROOF - 1], token[-PROOF - 1 : -PROOF], token[-PROOF:]
    good = dash == "-" and token.isascii() and len(token) <= LONGEST
    if not good or not hmac.compare_digest(proof, _proof(key, purpose, told)):
        raise TokenRefused("The link is not one of ours, or was changed on its way.")
    return tuple(int(part, 36) for part in told.split("-"))


def _proof(key: bytes, purpose: str, told: str) -> str:
    digest = hmac.digest(key, f"{purpose}\0{told}".encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(digest[:PROOF_BYTES]).decode("ascii")


def _base36(number: int) -> str:
    digits = "0123456789abcdefghijklmnopqrstuvwxyz"
    text = ""
    while number >= len(digits):
        number, rest = divmod(number, len(digits))
        text = digits[rest] + text
    return digits[number] + text
