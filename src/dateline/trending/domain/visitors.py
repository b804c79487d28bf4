"""Tell two readers apart for one day on one site, and know nothing else about them."""

from hashlib import blake2b

SALT_BYTES = 32
VISITOR_BYTES = 8


class Visitors:
    """Names readers by the salt of one day.

    `salt` is 32 random bytes, changes each day and is thrown away: without it nothing leads back.
    """

    __slots__ = ("_keyed",)

    def __init__(self, salt: bytes) -> None:
        self._keyed = blake2b(digest_size=VISITOR_BYTES, key=salt)

    def of(self, site: int, address: str, agent: bytes) -> int:
        """64 bits for whoever reads `site` from `address` with the browser `agent`.

        The site is part of what is hashed, so that no two sites can find out that they share a
        reader.
        """
        hashed = self._keyed.copy()
        hashed.update(b"%d\x00%b\x00%b" % (site, address.encode(), agent))
        return int.from_bytes(hashed.digest(), "little")
