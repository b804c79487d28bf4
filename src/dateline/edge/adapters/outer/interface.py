"""What every outer cache can do for us: forget pages by tag."""

from collections.abc import Sequence
from typing import Protocol


class NotPurged(Exception):
    """An outer cache did not confirm a purge. The text names the cache and what it said."""


class TagCache(Protocol):
    """One cache in front of this machine.

    Tags are those of `keys.wire_purge`.
    """

    @property
    def name(self) -> str:
        """What an operator calls it."""
        ...

    @property
    def most_tags(self) -> int:
        """How many tags it takes in one call. The sender keeps to it."""
        ...

    @property
    def every_s(self) -> float:
        """How many seconds lie between two calls at least. The sender keeps to it."""
        ...

    def purge(self, tags: Sequence[str], *, soft: bool, standing: str = "") -> None:
        """Forget every page that carries one of `tags`; return once that is confirmed.

        After a hard purge the old page is not served again. After a soft one it may be shown while
        a new one is fetched. A tag that nothing carries is no error, and twice is once. A cache
        that can compare keeps nothing from now on that was answered before `standing`.

        Raises:
            NotPurged: the cache cannot be reached, or refused.

        """
        ...
